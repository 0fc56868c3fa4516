/**
 * What a message does in a conversation, judged by its words alone: does it ask, does it only greet, thank or cheer?
 * Only words of everyday Chinese; nothing of one industry.
 */
const ASKS =
  /[?？]|吗|怎么|怎样|什么|如何|哪[个些家里种位儿款]|多少|多久|多大|多高|有没有|有无|是不是|能不能|可不可以|会不会|要不要|行不行|请教|请问|求[助教问]|为啥|为什么|咋|几[个天种次年月]|谁|呢[。~\s]*$|[问请]一?下[各大]?|有人(?:知道|用过|做过|了解)|哪位/;
const THANKS =
  /^(?:好的?|嗯+|哦+|噢|ok|okay|收到|明白了?|懂了|了解了?|谢+|多谢|感谢|谢谢.{0,8}|感谢.{0,8}|辛苦了?|赞|厉害了?|牛逼?|哈+|呵+|嘿+|\+1|1|欢迎.{0,6}|恭喜.{0,6}|早上?好?|晚安|是的|对的?|对对+|好吧|原来如此|学习了|签到|666+)[的了啊呀哈吧呢！!。.~，,\s]*$/i;
const MARKS = /\[[^[\]\n]{1,8}\]|@\S+|[\s\p{P}\p{S}\p{Extended_Pictographic}]+/gu;

/** True for a text that asks something. Lenient: a rhetorical question asks too. */
export function asks(text: string): boolean {
  return ASKS.test(text);
}

/** True for thanks, greetings, cheers, sign-ins and bare agreement: words that carry no matter of their own. */
export function isPhatic(text: string): boolean {
  const bare = text.replace(MARKS, '');
  return bare === '' || (bare.length <= 12 && THANKS.test(bare));
}
