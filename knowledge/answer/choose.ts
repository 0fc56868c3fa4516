/**
 * A group of messages that answer -> the few to be quoted: the question as it was asked, then what answers it, in time order.
 */
import type { Group } from '../search/rank.js';
import { asks, isPhatic } from '../text/speech.js';
import type { Message } from '../types.js';

/** Quotes of one excerpt; a reader sees no more of it in a chat. */
export const QUOTES = 4;
/** An answer this much less likely than the best one is left out, unless nothing else is there. */
const WEAK = 0.12;
/** The asked question may stand this many positions before the first answer; farther back it asked something else. */
const QUESTION_REACH = 15;

/** Positions to quote, ascending; at least one. `messageAt` gives the message at a position. */
export function chooseQuotes(group: Group, messageAt: (position: number) => Message): readonly number[] {
  const best = group.members[0];
  if (!best) return [];
  const worthy = group.members.filter(
    ({ position, probability }, i) => i === 0 || (probability >= WEAK * best.probability && !isPhatic(messageAt(position).text)),
  );
  const chosen = worthy.slice(0, QUOTES).map((member) => member.position);
  const asked = group.askedAt;
  const first = Math.min(...chosen);
  const needsQuestion =
    asked >= 0 &&
    asked < first &&
    first - asked <= QUESTION_REACH &&
    !chosen.some((position) => asks(messageAt(position).text) && position <= first);
  if (needsQuestion) {
    if (chosen.length === QUOTES) chosen.pop();
    chosen.push(asked);
  }
  return chosen.sort((a, b) => a - b);
}
