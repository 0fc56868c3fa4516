/**
 * A message -> how much it says, as far as that can be told without knowing the topic.
 *
 * Red packets, sign-ins, greetings, emoji, thanks and applause say nothing; neither does what many people say alike.
 */
import { isSmallTalk } from '../text/small-talk.js';
import { asks, isPhatic } from '../text/speech.js';
import { signsOf } from '../threads/signs.js';
import type { Message } from '../types.js';

/** Characters up to which words that several people say alike are a chorus: 新年快乐, 期待分享. */
const CHORUS_LENGTH = 16;
/** People who say the same; of words below five characters three, for two may agree by chance. */
const CHORUS = 2;
const SHORT_CHORUS = 3;
const SHORT = 5;

const GREETING =
  /^(?:大家|各位|同学们|朋友们|老师们|群主|你们|诸位)?(?:群?里?的?(?:同行|朋友|老师|大佬|大神|前辈|伙伴|同学)们?)?(?:早上|上午|中午|下午|晚上|新年|元旦|圣诞|节日|周末|生日|中秋|春节|国庆|端午)?(?:好|快乐|吉祥|安康|愉快)|祝(?:大家|各位|群友|你们|诸位|福)|^.{0,8}(?:早上|上午|中午|下午|晚上)好|^(?:感谢|谢谢|多谢).{0,14}$|^已?(?:赞赏|打赏|点赞|报名|转发|收藏|关注|改好?)[了啦]?$|(?:新人|小白|萌新).{0,4}(?:报[到道]|签到|一枚)|(?:很|非常)?高兴(?:能)?(?:加入|认识|进入|来到)|初来乍到|请?多多?(?:交流|指教|关照|包涵)|期待.{0,12}(?:学到|学习|交流)|[，,。！!~～\s](?:感谢|谢谢|多谢)(?:大家|各位|老师|大[神佬牛咖]|分享|了)*$|^(?:热烈)?欢迎|恭喜发财|(?:新年|新春|元旦|圣诞|中秋|春节|节日|生日|周末)(?:快乐|愉快|大吉)|万事如意|签到|打卡|^微信红包|^(?:已|昵称已|名片已)改|(?:抢|领|发|收).{0,6}红包|红包.{0,4}(?:呢|来|雨|走起)/;
/** A greeting has said nothing else within so many characters. */
const GREETING_LENGTH = 30;
/** Name-company-job-city: how people present themselves. */
const INTRODUCTION = /^[^\s，。？！,?!-]{1,16}(?:[-－—–_/+][^\s，。？！,?!-]{1,16}){2,4}$/;
/** What exports print for a lost emoji or the end of a name asks nothing. */
const MARK_WITHIN = /\?(?=\S)/g;
/** Beside names, codes, addresses and marks: the number by which somebody joins in, +2. */
const NOT_SAID =
  /[\s\p{P}\p{S}]*\+\d{1,2}(?!\d)|@[^\s?？@]+[?？]?|\[[^[\]\n]{1,8}\]|https?:\/\/[\x21-\x7e]+|[\s\p{P}\p{S}\p{Extended_Pictographic}]+/gu;

const PICTURE = /^!\[[^\]]*\]\(/;

/** By message: 0 for noise, else the natural logarithm of 1 + characters said. */
export type Substance = (message: Message) => number;

/** What is noise among these messages, all of one room and window. */
export function substanceIn(messages: readonly Message[]): Substance {
  const voices = new Map<string, Set<number>>();
  for (const { text, speaker } of messages) {
    const said = bare(text);
    if (said.length > 0 && said.length <= CHORUS_LENGTH) voices.set(said, (voices.get(said) ?? new Set()).add(speaker));
  }
  const isChorus = (said: string): boolean => (voices.get(said)?.size ?? 0) >= (said.length < SHORT ? SHORT_CHORUS : CHORUS);
  const known = new Map<Message, number>();
  return (message) => {
    const before = known.get(message);
    if (before !== undefined) return before;
    const said = bare(message.text);
    const substance = saysNothing(message, said) || isChorus(said) ? 0 : Math.log1p(said.length);
    known.set(message, substance);
    return substance;
  };
}

function saysNothing(message: Message, said: string): boolean {
  if (message.kind !== 'text' || said === '' || PICTURE.test(message.text)) return true;
  return isPhatic(message.text) || isSmallTalk(message.text) || isCeremony(message) || signsOf(message).reaction === 1;
}

/** Whether it is a red packet, a sign-in, a greeting or a presentation of oneself. */
export function isCeremony({ kind, text }: Message): boolean {
  if (kind === 'redpacket') return true;
  if (kind !== 'text') return false;
  const words = text
    .replace(/^@\S+\s*/, '')
    .replace(/\?{2,}|\[[^[\]\n]{1,8}\]/g, '')
    .trim();
  return (
    INTRODUCTION.test(words) ||
    (bare(words).length <= GREETING_LENGTH && GREETING.test(words) && !asks(words.replace(MARK_WITHIN, ' ')))
  );
}

/** Letters, digits and characters alone. */
function bare(text: string): string {
  return text.replace(NOT_SAID, '').toLowerCase();
}
