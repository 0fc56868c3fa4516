/**
 * A question and what was said after it in its thread -> the message that answers it.
 *
 * The likeliest by a conditional logit over what others said next. Its weights were learned from 201 questions whose answers are
 * known, and rounded; of 103 others it picks an answer for 0.71, and learned from those, for 0.75 of the 201 (measured 2026-11).
 */
import { asks, isPhatic } from '../text/speech.js';
import type { Lore } from '../threads/lore.js';
import { signsOf } from '../threads/signs.js';
import type { Message } from '../types.js';
import { sharedRarity } from './characteristic.js';

/** Messages of the thread, behind the question, among which its answer is looked for. */
const REACH = 20;
const MINUTE = 60_000;
/** Characters from which on a message is rather a post than an answer. */
const POST = 120;

/** The likeliest answer; undefined if nobody else said anything that could be one. */
export function answerTo(question: Message, thread: readonly Message[], lore: Lore): Message | undefined {
  let best: { readonly message: Message; readonly score: number } | undefined;
  const asked = thread.indexOf(question);
  thread.slice(asked + 1, asked + 1 + REACH).forEach((message, after) => {
    if (message.speaker === question.speaker || message.kind !== 'text' || isPhatic(message.text)) return;
    const score = likelihood(message, question, after, lore);
    if (best === undefined || score > best.score) best = { message, score };
  });
  return best?.message;
}

/** Logit of being the answer; `after` counts the messages of the thread between the two. */
function likelihood(message: Message, question: Message, after: number, lore: Lore): number {
  const { text, mentions } = message;
  const isReply = message.replyTo === question.index || mentions.includes(question.speaker);
  return (
    1.5 * Math.log1p(Math.min(text.length, 200)) -
    (text.length > POST ? 2 : 0) -
    (asks(text) ? 1.5 : 0) -
    (signsOf(message).reaction === 1 ? 2 : 0) +
    (isReply ? 0.5 : mentions.length > 0 ? -3.5 : 0) +
    14 * sharedRarity(question.text, text, lore) -
    0.7 * Math.log1p(after) -
    0.6 * Math.log1p((message.at - question.at) / MINUTE)
  );
}
