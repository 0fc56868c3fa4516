/**
 * The terms of an index -> where each single character stands, read off the bigrams.
 *
 * Out: by character, the positions that hold it, ascending, one for each bigram it is part of: between two others a character is
 * in two. The bigrams of one character are thousands, each with a few postings all over the index, and to gather them for every
 * question took a third of its time; this takes 10 MB and 50 ms, once, for 100,000 messages.
 */
import type { PassageIndex } from './passage-index.js';

/** Positions by the code of a character. */
export type Characters = (code: number) => Int32Array;

const CODES = 0x10000;

export function charactersIn({
  table,
  terms,
  termStart,
  postingStart,
}: Pick<PassageIndex, 'table' | 'terms' | 'termStart' | 'postingStart'>): Characters {
  const numbers = postingStart.length - 1;
  /** By term; 0 where there is none. What stands twice in a bigram counts once. */
  const first = new Uint16Array(numbers);
  const second = new Uint16Array(numbers);
  const start = new Int32Array(CODES + 1);
  for (let term = 0; term < numbers; term++) {
    const code = table.codeOf(term);
    const [a, b] = [Math.floor(code / CODES), code % CODES];
    const occurrences = (postingStart[term + 1] as number) - (postingStart[term] as number);
    first[term] = a;
    if (a !== 0) start[a + 1] = (start[a + 1] as number) + occurrences;
    if (b === 0 || b === a) continue;
    second[term] = b;
    start[b + 1] = (start[b + 1] as number) + occurrences;
  }
  for (let code = 0; code < CODES; code++) start[code + 1] = (start[code + 1] as number) + (start[code] as number);
  const positions = new Int32Array(start[CODES] as number);
  const fill = start.slice();
  const put = (code: number, position: number): void => {
    if (code === 0) return;
    const at = fill[code] as number;
    positions[at] = position;
    fill[code] = at + 1;
  };
  for (let position = 0; position + 1 < termStart.length; position++) {
    for (let k = termStart[position] as number; k < (termStart[position + 1] as number); k++) {
      const term = terms[k] as number;
      put(first[term] as number, position);
      put(second[term] as number, position);
    }
  }
  return (code) => positions.subarray(start[code], start[code + 1]);
}
