/**
 * A question and what was said after it in its thread -> the message that answers it.
 */
import { asks, isPhatic } from '../text/speech.js';
import type { Message } from '../types.js';

/** Messages of the thread, behind the question, among which its answer is looked for. */
const REACH = 15;

/** The likeliest answer; undefined if nobody else said anything that could be one. */
export function answerTo(question: Message, thread: readonly Message[]): Message | undefined {
  let best: { readonly message: Message; readonly score: number } | undefined;
  const asked = thread.indexOf(question);
  const after = thread.slice(asked + 1, asked + 1 + REACH);
  after.forEach((message, i) => {
    if (message.speaker === question.speaker || message.kind !== 'text' || isPhatic(message.text)) return;
    const isReply = message.replyTo === question.index || message.mentions.includes(question.speaker);
    const score =
      Math.log1p(Math.min(message.text.length, 120)) + (isReply ? 1.5 : 0) - (asks(message.text) ? 1.5 : 0) - 0.12 * i;
    if (!best || score > best.score) best = { message, score };
  });
  return best?.message;
}
