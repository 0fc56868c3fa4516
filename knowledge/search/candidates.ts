/**
 * Weighted terms -> the passages that hold them, by BM25.
 */
import { PASSAGE, type PassageIndex, STRIDE } from './passage-index.js';

/** BM25's saturation and length normalisation (Robertson and Zaragoza 2009, eq. 3.15); short passages need little of the latter. */
const K1 = 0.9;
const B = 0.5;

export interface Candidate {
  readonly passage: number;
  readonly score: number;
}

/** Position range of a passage: [from, to). */
export function passageRange(index: PassageIndex, passage: number): readonly [number, number] {
  const sitting = index.sittingOfPassage[passage] as number;
  const from = (index.sittingStart[sitting] as number) + (passage - (index.passageStart[sitting] as number)) * STRIDE;
  return [from, Math.min(from + PASSAGE, index.sittingStart[sitting + 1] as number)];
}

/** What is looked for: one term, or several that count as one. */
export type Wanted = { readonly weight: number } & ({ readonly term: number } | { readonly terms: readonly number[] });

/** BM25 score of every passage; 0 where no term occurs. */
export function scorePassages(index: PassageIndex, wanted: readonly Wanted[]): Float32Array {
  const passages = index.sittingOfPassage.length;
  const scores = new Float32Array(passages);
  // Passages overlap by half, so that together they hold nearly every term twice.
  const average = (index.terms.length * 2) / Math.max(1, passages);
  const frequency = new Int32Array(passages);
  const touched = new Int32Array(passages);
  for (const one of wanted) {
    let n = 0;
    for (const term of 'term' in one ? [one.term] : one.terms) n = count(index, term, frequency, touched, n);
    for (let i = 0; i < n; i++) {
      const passage = touched[i] as number;
      const tf = frequency[passage] as number;
      frequency[passage] = 0;
      const [from, to] = passageRange(index, passage);
      const length = (index.termStart[to] as number) - (index.termStart[from] as number);
      scores[passage] = (scores[passage] as number) + (one.weight * tf * (K1 + 1)) / (tf + K1 * (1 - B + (B * length) / average));
    }
  }
  return scores;
}

/** Adds the occurrences of a term to the passages' frequencies; those touched for the first time are noted from `n` on. */
function count(index: PassageIndex, term: number, frequency: Int32Array, touched: Int32Array, n: number): number {
  let end = n;
  for (let k = index.postingStart[term] as number; k < (index.postingStart[term + 1] as number); k++) {
    const position = index.postings[k] as number;
    const sitting = index.sittingAt[position] as number;
    const first = index.passageStart[sitting] as number;
    const last = (index.passageStart[sitting + 1] as number) - 1;
    const offset = Math.floor((position - (index.sittingStart[sitting] as number)) / STRIDE);
    const upper = Math.min(first + offset, last);
    const lower = Math.max(first, first + offset - (PASSAGE / STRIDE - 1));
    for (let passage = lower; passage <= upper; passage++) {
      if (frequency[passage] === 0) touched[end++] = passage;
      frequency[passage] = (frequency[passage] as number) + 1;
    }
  }
  return end;
}

/** The best `limit` passages that `admit` lets through, best first; of equals the later one. */
export function bestPassages(scores: Float32Array, limit: number, admit: (passage: number) => boolean): readonly Candidate[] {
  let best: number[] = [];
  let worst = 0;
  const better = (a: number, b: number): number => (scores[b] as number) - (scores[a] as number) || b - a;
  const cut = (): void => {
    best = best.sort(better).slice(0, limit);
    if (best.length === limit) worst = scores[best[limit - 1] as number] as number;
  };
  // Nearly all passages are worse than the best so far, and are passed over for the price of one comparison.
  for (let passage = 0; passage < scores.length; passage++) {
    const score = scores[passage] as number;
    if (score <= 0 || score < worst || !admit(passage)) continue;
    best.push(passage);
    if (best.length >= 4 * limit) cut();
  }
  cut();
  return best.map((passage) => ({ passage, score: scores[passage] as number }));
}
