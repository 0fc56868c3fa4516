/**
 * A message -> how much it says, as far as that can be told without knowing the topic.
 *
 * Red packets, sign-ins, greetings, emoji, thanks and applause say nothing; neither does what many people say alike.
 */
import { isSmallTalk } from '../text/small-talk.js';
import { asks, isPhatic } from '../text/speech.js';
import { signsOf } from '../threads/signs.js';
import type { Message } from '../types.js';

/** Words like these from so many people are a chorus: 新年快乐, 期待分享. */
const CHORUS = 3;
/** Characters; longer texts are not said alike by chance. */
const CHORUS_LENGTH = 16;

const GREETING =
  /^(?:大家|各位|同学们|朋友们|老师们|群主|你们|诸位)?(?:群?里?的?(?:同行|朋友|老师|大佬|大神|前辈|伙伴|同学)们?)?(?:早上|上午|中午|下午|晚上|新年|元旦|圣诞|节日|周末|生日|中秋|春节|国庆|端午)?(?:好|快乐|吉祥|安康|愉快)|(?:新人|小白|萌新).{0,4}(?:报[到道]|签到|一枚)|(?:很|非常)?高兴(?:能)?(?:加入|认识|进入|来到)|初来乍到|请?多多?(?:指教|关照|包涵)|^(?:热烈)?欢迎|恭喜发财|(?:新年|新春|元旦|圣诞|中秋|春节|节日|生日|周末)(?:快乐|愉快|大吉)|万事如意|^(?:谢谢|多谢|感谢)|签到|打卡|(?:抢|领|发|收).{0,6}红包|红包.{0,4}(?:呢|来|雨|走起)/;
/** A greeting has said nothing else within so many characters. */
const GREETING_LENGTH = 30;
/** Name-company-job-city: how people present themselves. */
const INTRODUCTION = /^[^\s，。？！,?!-]{1,16}(?:[-－—–_/+][^\s，。？！,?!-]{1,16}){2,4}$/;
const NOT_SAID = /@[^\s?？@]+[?？]?|\[[^[\]\n]{1,8}\]|https?:\/\/[\x21-\x7e]+|[\s\p{P}\p{S}\p{Extended_Pictographic}]+/gu;

/** By message: 0 for noise, else the natural logarithm of 1 + characters said. */
export type Substance = (message: Message) => number;

/** What is noise among these messages, all of one room and window. */
export function substanceIn(messages: readonly Message[]): Substance {
  const voices = new Map<string, Set<number>>();
  for (const { text, speaker } of messages) {
    const said = bare(text);
    if (said.length > 0 && said.length <= CHORUS_LENGTH) voices.set(said, (voices.get(said) ?? new Set()).add(speaker));
  }
  const isChorus = (said: string): boolean => (voices.get(said)?.size ?? 0) >= CHORUS;
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
  if (message.kind !== 'text' || said === '') return true;
  if (/^!\[[^\]]*\]\(/.test(message.text) || isPhatic(message.text) || isSmallTalk(message.text)) return true;
  if (said.length <= GREETING_LENGTH && !asks(message.text) && GREETING.test(message.text.replace(/^@\S+\s*/, ''))) return true;
  const { reaction, title } = signsOf(message);
  return reaction === 1 || title === 1 || INTRODUCTION.test(message.text.trim());
}

/** Letters, digits and characters alone. */
function bare(text: string): string {
  return text.replace(NOT_SAID, '').toLowerCase();
}
