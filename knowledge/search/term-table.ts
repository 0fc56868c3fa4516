/**
 * Terms <-> dense numbers. Bigrams live in an open-addressing hash table of typed arrays (a JavaScript Map of 150,000
 * large numbers takes ten times the time and memory), words in a Map.
 */
import { eachTerm, type TermSink } from '../text/terms.js';

export interface TermTable {
  /** Number of terms. */
  readonly size: () => number;
  /** Numbers of the terms of a folded text, in order; new terms are added. */
  readonly intern: (folded: string, into: number[]) => void;
  /** Numbers of those terms of a folded text that are known, in order; nothing is added. */
  readonly known: (folded: string) => readonly number[];
  /** Number of a bigram, or -1. */
  readonly bigram: (code: number) => number;
  /** Number of a word, or -1. */
  readonly word: (word: string) => number;
  readonly words: () => Iterable<readonly [word: string, term: number]>;
  /** Code of a bigram by its number, or 0 if the number is a word's. */
  readonly codeOf: (term: number) => number;
  /** Every bigram that holds this Chinese character, for questions of one character. */
  readonly bigramsWith: (character: number) => readonly number[];
  /** The same table to be added to, while this one goes on knowing only the terms that it has now. */
  readonly grown: () => TermTable;
}

/** Fibonacci hashing (Knuth, TAOCP 6.4): spreads neighbouring codes over the table. */
const GOLDEN = 0x9e3779b1;

/** `terms` are those it knows from the start, by number: codes of bigrams, and words. */
export function termTable(terms: Iterable<number | string> = []): TermTable {
  let capacity = 1 << 16;
  let keys = new Float64Array(capacity);
  let ids = new Int32Array(capacity);
  let bigrams = 0;
  let size = 0;
  const words = new Map<string, number>();
  const codes: number[] = [];

  const slotOf = (code: number): number => {
    let slot = (Math.imul(code | 0, GOLDEN) >>> 0) & (capacity - 1);
    // The low half of a code is the second character; mixing in the high half keeps common endings apart.
    slot = (slot ^ (Math.imul((code / 0x10000) | 0, 0x85ebca6b) >>> 7)) & (capacity - 1);
    while (keys[slot] !== 0 && keys[slot] !== code) slot = (slot + 1) & (capacity - 1);
    return slot;
  };
  const grow = (): void => {
    const [oldKeys, oldIds] = [keys, ids];
    capacity *= 2;
    keys = new Float64Array(capacity);
    ids = new Int32Array(capacity);
    for (let i = 0; i < oldKeys.length; i++) {
      const code = oldKeys[i] as number;
      if (code === 0) continue;
      const slot = slotOf(code);
      keys[slot] = code;
      ids[slot] = oldIds[i] as number;
    }
  };

  let target: number[] = [];
  const sink: TermSink = {
    bigram(code) {
      let slot = slotOf(code);
      if (keys[slot] === 0) {
        if (++bigrams * 2 > capacity) {
          grow();
          slot = slotOf(code);
        }
        keys[slot] = code;
        codes[size] = code;
        ids[slot] = size++;
      }
      target.push(ids[slot] as number);
    },
    word(word) {
      let id = words.get(word);
      if (id === undefined) {
        id = size++;
        words.set(word, id);
      }
      target.push(id);
    },
  };

  const bigram = (code: number): number => {
    const slot = slotOf(code);
    return keys[slot] === code ? (ids[slot] as number) : -1;
  };

  const view = (): TermTable => {
    let limit = Number.POSITIVE_INFINITY;
    const within = (id: number): number => (id < limit ? id : -1);
    const word = (text: string): number => within(words.get(text) ?? -1);
    const bigramWithin = (code: number): number => within(bigram(code));
    return {
      size: () => Math.min(size, limit),
      intern(folded, into) {
        target = into;
        eachTerm(folded, sink);
      },
      known(folded) {
        const found: number[] = [];
        const keep = (id: number): void => {
          if (id >= 0) found.push(id);
        };
        eachTerm(folded, { bigram: (code) => keep(bigramWithin(code)), word: (text) => keep(word(text)) });
        return found;
      },
      bigram: bigramWithin,
      codeOf: (term) => codes[term] ?? 0,
      word,
      *words() {
        for (const one of words) if (one[1] < limit) yield one;
      },
      bigramsWith(character) {
        const found: number[] = [];
        for (let id = 0; id < Math.min(size, limit); id++) {
          const code = codes[id] ?? 0;
          if (Math.floor(code / 0x10000) === character || code % 0x10000 === character) found.push(id);
        }
        return found;
      },
      grown() {
        limit = Math.min(limit, size);
        return view();
      },
    };
  };
  for (const term of terms) {
    if (typeof term === 'number') sink.bigram(term, 0);
    else sink.word(term);
  }
  target = [];
  return view();
}
