/**
 * A question and a message -> its traits: how much of the question is said in and around it, what kind of message it is, and
 * whether it answers the person who asked.
 */
import type { Message } from '../types.js';
import type { PassageIndex } from './passage-index.js';
import type { Query, QueryTerm } from './query.js';

export const TRAITS = [
  'coverage',
  'length',
  'asks',
  'sameAsker',
  'distance',
  'sittingSize',
  'digits',
  'link',
  'mentions',
  'repliesToAsker',
  'rarest',
  'opening',
  'sittingAsks',
] as const;

/** Positions looked at for what is said around a message: half a passage back, and the rest of one from the message on. */
const AROUND = 4;

/** Writes the traits, in their order, from `to` on. `asked` is the position of the question that the message seems to answer, or -1. */
export type WriteTraits = (position: number, asked: number, values: Float32Array, to: number) => void;

export function traitsOf(index: PassageIndex, messages: readonly Message[], { terms, total }: Query): WriteTraits {
  const { messageAt, sittingAt, sittingStart, asks } = index;
  const { first, next, which } = index.counter().held(terms);
  const weights = Float64Array.from(terms, ({ weight }) => weight);
  /** By number of the term: the message around which it was met last. */
  const metBy = new Int32Array(terms.length).fill(-1);
  const rarest = heaviest(terms);
  const messageOf = (position: number): Message => messages[messageAt[position] as number] as Message;

  const coverage = (position: number, begin: number, end: number): number => {
    let sum = 0;
    const last = Math.min(end, position + AROUND);
    for (let p = Math.max(begin, position - AROUND); p < last; p++) {
      for (let link = first[p] as number; link !== 0; link = next[link] as number) {
        const term = which[link] as number;
        if (metBy[term] === position) continue;
        metBy[term] = position;
        sum += weights[term] as number;
      }
    }
    return sum / (total || 1);
  };
  const holds = (position: number, term: number): boolean => {
    for (let link = first[position] as number; link !== 0; link = next[link] as number) if (which[link] === term) return true;
    return false;
  };
  return (position, asked, values, to) => {
    const sitting = sittingAt[position] as number;
    const begin = sittingStart[sitting] as number;
    const end = sittingStart[sitting + 1] as number;
    const message = messageOf(position);
    const asker = asked < 0 ? undefined : messageOf(asked);
    values[to] = coverage(position, begin, end);
    values[to + 1] = Math.log(1 + message.text.length);
    values[to + 2] = asks[position] as number;
    values[to + 3] = asker?.speaker === message.speaker ? 1 : 0;
    values[to + 4] = asked < 0 ? 3 : Math.log(1 + position - asked);
    values[to + 5] = Math.log(end - begin);
    values[to + 6] = /\d/.test(message.text) ? 1 : 0;
    values[to + 7] = message.kind === 'link' ? 1 : 0;
    values[to + 8] = message.mentions.length > 0 ? 1 : 0;
    values[to + 9] = asker && (message.replyTo === asker.index || message.mentions.includes(asker.speaker)) ? 1 : 0;
    values[to + 10] = holds(position, rarest) ? 1 : 0;
    values[to + 11] = position - begin < 3 ? 1 : 0;
    values[to + 12] = asks[begin] as number;
  };
}

/** The number of the term that weighs most, the first of equals; -1 if there is none. */
function heaviest(terms: readonly QueryTerm[]): number {
  return terms.reduce((best, { weight }, i) => (weight > (terms[best]?.weight ?? 0) ? i : best), -1);
}
