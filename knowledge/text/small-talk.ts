/**
 * Is a text talk with the bot itself (greeting, thanks, who are you, sing me a song) rather than a question to the group?
 * Everyday Chinese only. Such a text never has an answer in an archive, however many words it shares with it.
 */
import { asks } from './speech.js';

/** A greeting is a word of its own: not in 喂料, hive or 收到货. */
const GREETING =
  /^(?:(?:(?:在吗|在不在|在么|有人吗|你好|您好|嗨|哈喽|早上好|早安|上午好|中午好|下午好|晚上好|晚安|谢谢|多谢|感谢|辛苦)|(?:早|喂|再见|拜拜|好的|收到|hi|hello|hey)(?![\p{L}\p{N}]))[了啦呀啊你您大家各位\s\p{P}\p{S}]*)+/iu;
/** What may follow a greeting that is all there is: 新的一天加油. */
const MOST_AFTER_GREETING = 8;
const SMALL_TALK: readonly RegExp[] = [
  /^(?:请|麻烦)?你(?:到底)?(?:是(?:谁|什么|不是|真人|机器|人工|ai)|叫什么|几岁|多大|喜欢|爱|觉得我|怎么这么|会(?:不会)?(?:唱|聊|说话|做什么|什么)|能(?:做什么|干什么|干嘛|陪)|有(?:没有)?(?:对象|感情|名字|.{0,2}朋友)|[真好太](?:笨|傻|棒|聪明|厉害|可爱|牛)|在(?:吗|干)|吃(?:了|饭))/i,
  /你是谁|谁(?:做|造|开发|写)(?:出来)?的?你|把你(?:做|造|开发)/,
  /(?:讲|说|来)一?个?(?:笑话|故事|段子)(?![\p{L}]{0,2}(?:网|器|系统))|(?:唱|来)(?:一?首|一?个|支)歌|写(?:一?首|一?个|一?篇|段).{0,12}(?:诗|歌|作文|情书)|陪我(?:聊|说|玩)/u,
  /(?:今天|明天|外面)天气|天气(?:怎么样|如何|好[吗不啊呀])|要不要带伞|会下雨/,
  /^(?:我(?:今天|现在|最近)?|今天)(?:好|很|真|有点)?(?:心情|无聊|难过|开心(?!网)|累|想哭)/,
];

export function isSmallTalk(text: string): boolean {
  const bare = text.trim();
  if (bare.length > 30) return false;
  const rest = bare.replace(GREETING, '');
  if (rest !== bare && (rest === '' || (rest.length <= MOST_AFTER_GREETING && !/[a-z0-9]/i.test(rest) && !asks(rest))))
    return true;
  return SMALL_TALK.some((pattern) => pattern.test(rest));
}
