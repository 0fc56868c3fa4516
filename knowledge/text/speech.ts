/**
 * What a message does in a conversation, judged by its words alone: does it ask, does it only greet, thank or cheer?
 * Only words of everyday Chinese; nothing of one industry.
 */
import { ADDRESS } from './fold.js';

/** What asks, with what stands around the same characters where they do not: 这几天, 没什么, 谁都知道, 申请下来. */
const ASKS = new RegExp(
  [
    '[?？]|吗|咋|为啥|为什么|(?<!着)呢[。~\\s]*$',
    '(?<!不|无论|不管)怎[么样](?![都也])|(?<!没|没有)什么(?![都也])|(?<!无论|不管)如何|谁(?![都也])',
    '(?<!哪里)哪[个些里种位儿款家](?!哪里|都|也)|(?<![没不])多(?:久|大(?!点)|高)|(?<![没不])多少(?![有会都])',
    '(?<![这那好前后过近第上十])几[个天种次年月]',
    '有没有|有无|是不是|能不能|可不可以|会不会|要不要|行不行|有人(?:知道|用过|做过|了解)',
    '(?<!申)请[教问]|(?<![要需追])求[助教问]|(?<![我去来再])问一?下|问一?下[大各]',
  ].join('|'),
);
const THANKS =
  /^(?:好的?|嗯+|哦+|噢|ok|okay|收到|明白了?|懂了|了解了?|谢+|多谢|感谢|谢谢.{0,8}|感谢.{0,8}|辛苦了?|赞|厉害了?|牛逼?|哈+|呵+|嘿+|\+1|1|欢迎.{0,6}|恭喜.{0,6}|早上?好?|晚安|是的|对的?|对对+|好吧|原来如此|学习了|签到|666+)[的了啊呀哈吧呢！!。.~，,\s]*$/i;
/** Exports print the space behind a mention as `?`: @名字?对. Where nothing follows, it may be the name or a sentence glued to it. */
const MENTION = /@[^\s?]{1,80}(?:\?(?=\S)|\s)/g;
const LAST_MENTION = /@[^\s?]{1,80}$/;
const MARKS = /\[[^[\]\n]{1,8}\]|[\s\p{P}\p{S}\p{Extended_Pictographic}]+/gu;

/** True for a text that asks something. Lenient: a rhetorical question asks too. */
export function asks(text: string): boolean {
  // Neither the question marks of web addresses ask, nor those behind mentions; nor what lost emoji left behind thanks.
  let said = text.includes('://') ? text.replace(ADDRESS, ' ') : text;
  if (said.includes('@')) said = said.replace(MENTION, ' ');
  return ASKS.test(said) && !isBare(said);
}

/** True for thanks, greetings, cheers, sign-ins and bare agreement: words that carry no matter of their own. */
export function isPhatic(text: string): boolean {
  return isBare(text.replace(MENTION, '').replace(LAST_MENTION, ''));
}

function isBare(text: string): boolean {
  const bare = text.replace(MARKS, '');
  return bare === '' || (bare.length <= 12 && THANKS.test(bare));
}
