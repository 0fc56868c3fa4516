/**
 * A message -> the question that it puts to the group, in its own words, if it puts one.
 *
 * Strict, where text/speech.ts is lenient: a rhetorical question, one within the flow of a talk, and a mere call for attention
 * ("请教大家个问题") ask nothing that a reader of the next morning could answer.
 */
import { SENTENCE_BORDER } from '../answer/clip.js';
import { asks, isPhatic } from '../text/speech.js';
import { signsOf } from '../threads/signs.js';
import type { Message } from '../types.js';

/** Characters; a longer text is a post that asks its reader to think. */
const LONGEST = 300;
/** Characters that a question has without its call for attention: 怎么办 alone asks nothing. */
const SHORTEST = 6;

/** What calls for attention before or behind a question. */
const ADDRESSED =
  '(?:下|一下|教|问|[个一]+个?问题|个事儿?|大家伙?|各位|诸位|群里?|里面|有|没有|同学|朋友|老师|专家|前辈|大[神佬咖牛侠虾]|兄弟|伙伴|同行|小伙伴|群友|亲们?|高手|们|的|啊|哈|呢|想|弱弱地?|再|还|我|也|来|向|跟|和|麻烦|打扰|不好意思|hi|hello|你?好)*';
const CALL = new RegExp(
  `^(?:${ADDRESSED}(?:请教|请问|咨询|求教|求助|问|大家|各位|诸位|大[神佬咖牛侠虾]|同学|朋友|老师|打扰|不好意思|你?好|hi|hello)${ADDRESSED}(?:[,，:：。.!！~～…\\s]+|$))+`,
  'i',
);
const MENTIONS = /@[^\s?？@]+[?？]?\s*/g;
const RHETORICAL =
  /难道|不是[吗么][?？]?$|不就是|何必|何苦|凭什么|怎么可能|怎么会|哪[有来]的?|谁知道|谁让|谁叫|谁敢|谁说|有什么用|有啥用|算什么|算个|对[吧吗么]|是[吧]|好[吧]|懂[吗么吧]|知道[吗么不]?[?？]*$|有意思[吗么]|至于[吗么]|什么鬼|(?:你|您)(?:是|说|问|这|们|的|要|想|在|怎么|为什么|觉得)|^(?:啥|什么|谁|怎么了|哪里|哪个|为什么|为啥|真的|是吗|有吗)[?？!！~～\s]*$/;
/** It takes up what was said right before. */
const TAKEN_UP =
  /^(?:这|那|他|她|它|所以|但|可是|不过|而且|然后|难道|哈|呵|嘿|哦|噢|嗯|额|呃|啊|唉|哎|咦|其实|是不是|不是|就是|也|还|又|都|原来|我去|我靠|卧槽|楼上)/;

/** What a message asks, its call for attention left out; verbatim. Undefined if it asks nothing. */
export function questionIn(message: Message): string | undefined {
  const { text, kind } = message;
  if (kind !== 'text' || text.length > LONGEST || !asks(text) || isPhatic(text)) return undefined;
  const sentences = withoutCall(text.replace(MENTIONS, '').trim())
    .split(SENTENCE_BORDER)
    .map((sentence) => sentence.trim());
  const first = sentences.findIndex((sentence) => asks(sentence) && withoutCall(sentence).length >= SHORTEST);
  if (first < 0) return undefined;
  return withoutCall(sentences[first] as string);
}

/** Whether it is a question of its own, that nobody needs the talk before it to understand. */
export function standsAlone(message: Message, question: string): boolean {
  return message.replyTo === undefined && !TAKEN_UP.test(question) && !RHETORICAL.test(question);
}

/** Whether it turns to the whole group rather than to somebody. */
export function isToAll(message: Message): boolean {
  return message.replyTo === undefined && !message.text.includes('@') && signsOf(message).continuation === 0;
}

function withoutCall(text: string): string {
  const rest = text.replace(CALL, '').trim();
  return rest === '' ? text : rest;
}
