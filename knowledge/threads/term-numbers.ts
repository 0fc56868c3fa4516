/**
 * Topic terms <-> dense numbers, in the order in which they were added.
 *
 * Pairs of characters, which nearly all of them are, live in an open-addressing table of typed arrays: a Map of 150,000 takes
 * several times as long.
 */
import type { TopicTerm } from './topic-terms.js';

export interface TermNumbers {
  readonly get: (term: TopicTerm) => number | undefined;
  readonly has: (term: TopicTerm) => boolean;
  /** By number. */
  readonly keys: () => readonly TopicTerm[];
}

export interface GrowingNumbers extends TermNumbers {
  /** The number of a term, the next one if it had none. */
  readonly add: (term: TopicTerm) => number;
}

/** Fibonacci hashing (Knuth, TAOCP 6.4): spreads neighbouring pairs over the table. */
const GOLDEN = 0x9e3779b1;

/** `capacity` is a power of two. */
export function termNumbers(capacity = 1 << 14): GrowingNumbers {
  let slots = capacity;
  /** By slot: a pair + 1, 0 where it is free; and its number. */
  let pairs = new Int32Array(slots);
  let numbers = new Int32Array(slots);
  let filled = 0;
  const words = new Map<string, number>();
  const terms: TopicTerm[] = [];

  const slotOf = (pair: number): number => {
    const hash = Math.imul(pair, GOLDEN);
    let slot = (hash ^ (hash >>> 15)) & (slots - 1);
    while (pairs[slot] !== 0 && pairs[slot] !== pair + 1) slot = (slot + 1) & (slots - 1);
    return slot;
  };
  const put = (pair: number, number: number): void => {
    const slot = slotOf(pair);
    pairs[slot] = pair + 1;
    numbers[slot] = number;
  };
  const grow = (): void => {
    const [earlier, earlierNumbers] = [pairs, numbers];
    slots *= 2;
    pairs = new Int32Array(slots);
    numbers = new Int32Array(slots);
    for (let slot = 0; slot < earlier.length; slot++)
      if (earlier[slot] !== 0) put((earlier[slot] as number) - 1, earlierNumbers[slot] as number);
  };
  const get = (term: TopicTerm): number | undefined => {
    if (typeof term === 'string') return words.get(term);
    const slot = slotOf(term);
    return pairs[slot] === 0 ? undefined : numbers[slot];
  };

  return {
    get,
    has: (term) => get(term) !== undefined,
    keys: () => terms,
    add(term) {
      const known = get(term);
      if (known !== undefined) return known;
      const number = terms.length;
      terms.push(term);
      if (typeof term === 'string') words.set(term, number);
      else {
        if (++filled * 2 > slots) grow();
        put(term, number);
      }
      return number;
    },
  };
}
