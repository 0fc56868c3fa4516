/**
 * An index -> the words that this archive uses and no general dictionary holds: names of products, terms of a trade.
 *
 * New words are found by cohesion and freedom: the parts of a word stand together far more often than apart, and what
 * stands beside it varies. Both are read off the bigrams in the index, so a text is not read a second time.
 */
import { bigramCode } from '../text/terms.js';
import type { PassageIndex } from './passage-index.js';

export interface Lexicon {
  /** Words of 3 to 5 Chinese characters, with how often they occur. */
  readonly learned: readonly (readonly [word: string, count: number])[];
  /** Whether the archive could hold this word at all: all its bigrams occur. */
  readonly mayHold: (word: string) => boolean;
}

/** Occurrences from which on a sequence can be a word. */
const OFTEN = 6;
/** Occurrences together, by the geometric mean of the parts' own (cohesion). */
const COHESION = 0.3;
/** If one longer sequence makes up this share of a sequence's occurrences, only the longer one is a word (freedom). */
const BOUND = 0.75;
const LONGEST = 5;

export function lexiconOf(index: PassageIndex): Lexicon {
  const { table } = index;
  return {
    learned: learnedWords(index),
    mayHold(word) {
      for (let i = 0; i + 1 < word.length; i++) {
        if (table.bigram(bigramCode(word.charCodeAt(i), word.charCodeAt(i + 1))) < 0) return false;
      }
      return true;
    },
  };
}

/** Sequences of one length, by number: how often each occurs, and the two overlapping shorter sequences it consists of. */
interface Sequences {
  readonly counts: Int32Array;
  readonly textOf: (sequence: number) => string;
}

interface Found {
  readonly word: string;
  readonly count: number;
  bound: boolean;
}

function learnedWords({ table, terms, termStart, postingStart, messageAt }: PassageIndex): Lexicon['learned'] {
  const codes = new Float64Array(table.size());
  for (let term = 0; term < codes.length; term++) codes[term] = table.codeOf(term);
  /** By term of the archive: the sequence that begins there, -1 if there is none. First the bigrams themselves. */
  let starting = terms.map((term) => (((codes[term] as number) & 0xffff) === 0 ? -1 : term));
  let known: Sequences = {
    counts: postingStart.slice(1).map((end, term) => end - (postingStart[term] as number)),
    textOf: (term) => String.fromCharCode((codes[term] as number) / 0x10000, (codes[term] as number) & 0xffff),
  };
  const found: Found[] = [];
  let shorter = new Map<number, Found>();
  for (let length = 3; length <= LONGEST; length++) {
    const { counts, textOf } = known;
    const pairs = pairNumbers();
    const next = new Int32Array(terms.length).fill(-1);
    for (let position = 0; position < messageAt.length; position++) {
      const end = (termStart[position + 1] as number) - 1;
      for (let i = termStart[position] as number; i < end; i++) {
        const [a, b] = [starting[i] as number, starting[i + 1] as number];
        if (a < 0 || b < 0 || (counts[a] as number) < OFTEN || (counts[b] as number) < OFTEN) continue;
        // Bigrams of one message may stand apart; longer sequences that follow each other overlap.
        if (length === 3 && ((codes[a] as number) & 0xffff) !== Math.floor((codes[b] as number) / 0x10000)) continue;
        next[i] = pairs.count(a, b);
      }
    }
    const { firsts, seconds } = pairs;
    const text = (sequence: number): string => textOf(firsts[sequence] as number) + textOf(seconds[sequence] as number).slice(-1);
    const longer = new Map<number, Found>();
    pairs.counts.forEach((count, sequence) => {
      if (count < OFTEN) return;
      const [a, b] = [firsts[sequence] as number, seconds[sequence] as number];
      for (const part of [a, b]) {
        const word = shorter.get(part);
        if (word && count >= BOUND * word.count) word.bound = true;
      }
      if (count < COHESION * Math.sqrt((counts[a] as number) * (counts[b] as number))) return;
      const word = text(sequence);
      if (hasFunctionWordAtEdge(word)) return;
      const one = { word, count, bound: false };
      longer.set(sequence, one);
      found.push(one);
    });
    [starting, known, shorter] = [next, { counts: Int32Array.from(pairs.counts), textOf: text }, longer];
  }
  return found.filter((one) => !one.bound).map(({ word, count }) => [word, count] as const);
}

interface PairNumbers {
  readonly firsts: readonly number[];
  readonly seconds: readonly number[];
  readonly counts: number[];
  /** Counts a pair once more; its number, dense from 0. */
  readonly count: (first: number, second: number) => number;
}

/** An open-addressing table: a Map keyed by both numbers takes four times the time. */
function pairNumbers(): PairNumbers {
  const firsts: number[] = [];
  const seconds: number[] = [];
  const counts: number[] = [];
  let slots = new Int32Array(1 << 16).fill(-1);
  const slotOf = (first: number, second: number): number => {
    const mask = slots.length - 1;
    let slot = (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> 7;
    for (slot &= mask; ; slot = (slot + 1) & mask) {
      const number = slots[slot] as number;
      if (number < 0 || (firsts[number] === first && seconds[number] === second)) return slot;
    }
  };
  return {
    firsts,
    seconds,
    counts,
    count(first, second) {
      const slot = slotOf(first, second);
      let number = slots[slot] as number;
      if (number >= 0) {
        counts[number] = (counts[number] as number) + 1;
        return number;
      }
      number = firsts.length;
      firsts.push(first);
      seconds.push(second);
      counts.push(1);
      slots[slot] = number;
      if (firsts.length * 2 > slots.length) {
        slots = new Int32Array(slots.length * 2).fill(-1);
        for (let i = 0; i < firsts.length; i++) slots[slotOf(firsts[i] as number, seconds[i] as number)] = i;
      }
      return number;
    },
  };
}

/** Everyday Chinese function words of one character: no term of a trade begins or ends with them. */
const FUNCTION_WORDS = new Set(
  '的了着过是在和我你他她它们不有这那个就也都要会能可吗呢吧啊呀哦与及或被把给对从到为很还没说看去来么所以之其于而但',
);

function hasFunctionWordAtEdge(word: string): boolean {
  return FUNCTION_WORDS.has(word[0] as string) || FUNCTION_WORDS.has(word[word.length - 1] as string);
}
