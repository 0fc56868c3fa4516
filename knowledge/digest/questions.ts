/**
 * A message -> the question that it puts, in its own words, if it puts one that can be understood on the next morning.
 *
 * Strict, where text/speech.ts is lenient: a rhetorical question, one that takes up the talk before it, and a mere call for
 * attention (请教大家个问题) ask nothing that a reader could answer.
 */
import { SENTENCE_BORDER } from '../answer/clip.js';
import { asks, isPhatic } from '../text/speech.js';
import { signsOf } from '../threads/signs.js';
import type { Message, Speaker } from '../types.js';

export interface Question {
  /** The words that ask, verbatim, without the call for attention around them. */
  readonly text: string;
  /** Whether it turns to the whole group in words: 请教, 有没有人, 哪位. */
  readonly isAppeal: boolean;
  /** Whether nothing follows it: what goes on behind a question has as a rule its answer, as headlines have. */
  readonly isAll: boolean;
}

/** Characters; a longer text is a post that asks its reader to think. */
const LONGEST = 400;
/** Characters that a question has without its call for attention: 怎么办 alone asks nothing. */
const SHORTEST = 7;
/** Characters from which on a question says by itself what it is about; a shorter one is told with the sentence before it. */
const TELLING = 20;

/** What exports print in the place of emoji, and codes of emoji, at the edges of a text. */
const LOST_EMOJI = /^(?:\s|\?{2,}|\[[^[\]\n]{1,8}\])+|(?:\s|\?{2,}|\[[^[\]\n]{1,8}\])+$/g;

const PEOPLE =
  '(?:各位|诸位|大家伙?|大[神佬咖牛侠虾]|同学|朋友|老师|老?师傅|专家|前辈|兄弟|小?伙伴|同行|同仁|同事|群友|亲|高手|老铁|人)';
const CALL_WORDS =
  '(?:请教|请问|咨询|求教|求助|求解|想?问|打扰|不好意思|麻烦|劳烦|大家好|你好|您好|早上好|下午好|晚上好|hi|hello|@所有人)';
const FILLER = `(?:${PEOPLE}|们|群里?|里面|各行业?的?|的|一下|下|[个一]+个?|[\\p{L}]{0,4}问题|个事儿?|事情|想|弱弱地?|再|还|我|也|来|向|跟|和|可以|能|有|啊|哈|呀|哦|呢)`;
/** What calls for attention in front of a question, up to the mark behind it. */
const CALL = new RegExp(
  `^(?:${FILLER}{0,6}(?:${CALL_WORDS}|${PEOPLE})(?:${CALL_WORDS}|${FILLER}){0,8}(?:[,，:：。.!！~～…\\s]+|$))+`,
  'iu',
);
/** The same where nothing divides it from the question: 请问, 想问一下. */
const CALL_GLUED = /^(?:弱弱地?|我?想?再?)(?:请问|请教|咨询|问)(?:一?下)?(?:大家|各位)?[,，:：\s]*/;
/** Somebody who knows is looked for: 有做风控的朋友吗. */
const SOUGHT = new RegExp(
  `(?:有|有没有|谁|哪).{0,16}${PEOPLE}.{0,8}(?:吗|么|没|[?？])|谁(?:有|知道|用过|做过|能|那|手)|求(?:推荐|分享|资料|一份|个)`,
  'u',
);
const RHETORICAL =
  /[!！][?？]|能问|什么的(?![?？])|几个?(?:小时|分钟|天|月|年|次)[^?？吗么]{4,}$|如何[^，,。?？]{2,16}(?:是|很|非常|需要)[^?？]{4,}$|二是|有谁(?:会|愿|敢|能)|难道|(?:要靠|取决于|全靠)|有(?:什么|啥).{0,3}(?:想|要|需要).{0,4}(?:问|说|了解|交流)|我(?:先|来)?(?:讲|说|介绍|分享)一?下|(?:以下|如下|下面|后面)几|不(?:应该|会)是?.{0,12}[吗么]|谁(?:那么|会)|看.{0,12}(?:是不是|怎么|有没有|什么)|不就是|何必|何苦|凭什么|怎么可能|怎么会|哪[有来]的|哪有(?:那么|这么)|不是.{0,20}[吗么嘛]|谁(?:知道呢|让|叫|敢|说|信)|有[什啥]么?(?:用|意思|区别吗)|算[什啥]|(?:对|是|好|懂|行)[吧嘛]|对[吗么]|至于[吗么]|什么鬼|怎么(?:就|都|还)?没人|[有感]兴趣|有(?:什么|任何)?问题(?:请|可|都|的话|随时|再|下班|联系|欢迎)|不知道|不晓得|无论|不管|不论/;
/** It takes up what was said right before. */
const TAKEN_UP =
  /^(?:我(?:说|问|是说|的意思)|你是?说|上面|前面|刚[才刚]|这|那|他|她|它|所以|但|可是|不过|而且|然后|或者|哈|呵|嘿|哦|噢|嗯|额|呃|啊|唉|哎|咦|其实|不是|就是|也|还[有是]|又|都|原来|我去|我靠|卧槽|楼上|可以|不|没|对[哦啊呀的，]|可能|包括|除了|再|其[他它]|另外)/;
/** A short question with this in it asks about something that was shown or told before. */
const POINTS = /这(?:样的?|种|个|些|类)|那样的?/;
/** So does a short question that begins with what it asks for. */
const ABRUPT = /^(?:为什么|为啥|怎么|什么|啥|谁|哪|你|您|是|能不能)/;
/** A name up to where the phone ended it, which exports print as ?. */
const NAME_WITH_SPACES = /^@([^@?？,，。！!\n]{1,30})\?(?=[^?\s])/;
/** What a name is followed by in a group in which company and job belong to it. */
const GOES_ON = /^[-－—–_/+·][^\s?？@，,。]*/;
/** The mark that an export printed behind a name in the midst of a text asks nothing. */
const MARK_BEHIND_NAME = /(@[^\s?？@，,。]+)\?(?!$)/g;
/** Which of two things, where somebody says that he asks: 问一下，用A还是B. */
const OFFERS_CHOICE = /(?:问|请教|咨询).{2,60}还是.{2,40}$/;
const ENDS_ASKING = /[?？吗么呢][\s?？!！]*$/;
/** How a sentence ends that asks, or what asks wherever it stands. */
const ASKING = /[?？]|[吗么嘛呢][。~～!！\s]*$|有没有|有无|是不是|能不能|可不可以|会不会|要不要|可否|能否/;
/** What asks nothing by itself: words that only announce a question, and a ? that an export printed for something else. */
const NO_QUESTION = /呢[。~～\s]*$|请[教问]|求[助教]|问一?下|咨询|(?<=[。，,！!；;：:…])\?+|\?{2,}/g;

/** Undefined for a message that asks nothing. */
export type QuestionReader = (message: Message) => Question | undefined;

/** Reads the messages of an archive with these people; whom they address is no part of their question. */
export function questionReader(speakers: readonly Speaker[]): QuestionReader {
  return (message) => {
    if (message.kind !== 'text' || message.text.length > LONGEST) return undefined;
    const text = withoutMarksOfNames(unaddressed(message, speakers)).replace(LOST_EMOJI, '');
    const offersChoice = OFFERS_CHOICE.test(text);
    if (!(asks(text) || offersChoice) || isPhatic(text) || isHeadline(message)) return undefined;
    const sentences = text
      .split(SENTENCE_BORDER)
      .map((sentence) => withoutCall(sentence.trim()))
      .filter((sentence) => sentence !== '');
    const asking = sentences.filter((sentence) => isAsking(sentence) || (offersChoice && sentence.includes('还是')));
    const opening = asking.find((sentence) => sentence.length >= SHORTEST);
    if (opening === undefined) return undefined;
    const first = sentences.indexOf(opening);
    const last = sentences.lastIndexOf(asking.at(-1) as string);
    const begin = opening.length < TELLING ? Math.max(0, first - 1) : first;
    const told = text.slice(placeOf(text, sentences, begin), placeOf(text, sentences, last) + (sentences[last] as string).length);
    return { text: told, isAppeal: signsOf(message).appeal === 1 || SOUGHT.test(text), isAll: last === sentences.length - 1 };
  };
}

/** What somebody shares under its title may look like a question; such a title has no mark as a rule. */
function isHeadline(message: Message): boolean {
  return signsOf(message).title === 1 && !ENDS_ASKING.test(message.text);
}

function withoutMarksOfNames(text: string): string {
  return text.replace(MARK_BEHIND_NAME, (whole, name: string) => (asks(name) ? whole : `${name} `));
}

/** Whether it begins as one does who goes on with what was said right before. */
export function takesUp(text: string): boolean {
  return TAKEN_UP.test(text);
}

/** Whether nobody needs the talk before it to understand it. */
export function standsAlone({ replyTo }: Message, { text, isAppeal }: Question): boolean {
  if (replyTo !== undefined || takesUp(text) || (text.length < TELLING && POINTS.test(text))) return false;
  return isAppeal || text.length >= TELLING || !ABRUPT.test(text);
}

/**
 * A text without the @names in front of it and behind it; those in its midst belong to what is said. Names hold spaces, so that
 * only those who know them see where one ends.
 */
export function unaddressed({ text, mentions }: Message, speakers: readonly Speaker[]): string {
  const names = mentions.flatMap((speaker) => speakers[speaker]?.names ?? []).sort((a, b) => b.length - a.length);
  let rest = text.trim();
  while (rest.startsWith('@')) rest = rest.slice(lengthOfMention(rest, names)).trimStart();
  for (let at = rest.lastIndexOf('@'); at > 0; at = rest.lastIndexOf('@')) {
    if (at + lengthOfMention(rest.slice(at), names) < rest.length) break;
    rest = rest.slice(0, at).trimEnd();
  }
  return rest;
}

/** Of a text that begins with @, up to and with the mark that the export printed behind the name. */
function lengthOfMention(text: string, names: readonly string[]): number {
  const known = names
    .map((name) => (text.startsWith(name, 1) ? name + (GOES_ON.exec(text.slice(1 + name.length))?.[0] ?? '') : undefined))
    .find((name) => name !== undefined);
  const spaced = NAME_WITH_SPACES.exec(text)?.[1];
  const name = known ?? (spaced !== undefined && !asks(spaced) ? spaced : (/^[^\s?？@，,。]*/.exec(text.slice(1))?.[0] ?? ''));
  return 1 + name.length + (/^[?？]?/.exec(text.slice(1 + name.length))?.[0].length ?? 0);
}

/** Where one of its sentences stands in a text. */
function placeOf(text: string, sentences: readonly string[], which: number): number {
  return sentences.slice(0, which + 1).reduce((place, sentence) => text.indexOf(sentence, place), 0);
}

function isAsking(sentence: string): boolean {
  const said = sentence.replace(NO_QUESTION, ' ');
  if (!(asks(said) || SOUGHT.test(said)) || RHETORICAL.test(said)) return false;
  // A word such as 怎么 in front of another clause rather reports than asks: 看怎么谈，我们是一成五.
  return ASKING.test(said) || SOUGHT.test(said) || asks(said.split(/[，,；;]/).at(-1) as string);
}

/** What is left of a text without the call for attention in front of it: 请教大家, 各位大神. */
export function withoutCall(sentence: string): string {
  return sentence.replace(CALL, '').replace(CALL_GLUED, '').trim();
}
