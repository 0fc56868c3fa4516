/**
 * Weighted terms -> the passages that hold them, by BM25.
 */
import { PASSAGE, type PassageIndex, STRIDE } from './passage-index.js';
import type { Query } from './query.js';

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

/** BM25 score of every passage; 0 where no term occurs. */
export function scorePassages(index: PassageIndex, query: Query): Float32Array {
  const passages = index.sittingOfPassage.length;
  const scores = new Float32Array(passages);
  // Passages overlap by half, so that together they hold nearly every term twice.
  const average = (index.terms.length * 2) / Math.max(1, passages);
  const frequency = new Int32Array(passages);
  const touched = new Int32Array(passages);
  for (const { term, weight } of query.terms) {
    let n = 0;
    for (let k = index.postingStart[term] as number; k < (index.postingStart[term + 1] as number); k++) {
      const position = index.postings[k] as number;
      const sitting = index.sittingAt[position] as number;
      const first = index.passageStart[sitting] as number;
      const last = (index.passageStart[sitting + 1] as number) - 1;
      const offset = Math.floor((position - (index.sittingStart[sitting] as number)) / STRIDE);
      const upper = Math.min(first + offset, last);
      const lower = Math.max(first, first + offset - (PASSAGE / STRIDE - 1));
      for (let passage = lower; passage <= upper; passage++) {
        if (frequency[passage] === 0) touched[n++] = passage;
        frequency[passage] = (frequency[passage] as number) + 1;
      }
    }
    for (let i = 0; i < n; i++) {
      const passage = touched[i] as number;
      const tf = frequency[passage] as number;
      frequency[passage] = 0;
      const [from, to] = passageRange(index, passage);
      const length = (index.termStart[to] as number) - (index.termStart[from] as number);
      scores[passage] = (scores[passage] as number) + (weight * tf * (K1 + 1)) / (tf + K1 * (1 - B + (B * length) / average));
    }
  }
  return scores;
}

/** The best `limit` passages that `admit` lets through, best first. */
export function bestPassages(scores: Float32Array, limit: number, admit: (passage: number) => boolean): readonly Candidate[] {
  const found: number[] = [];
  for (let passage = 0; passage < scores.length; passage++) if ((scores[passage] as number) > 0) found.push(passage);
  found.sort((a, b) => (scores[b] as number) - (scores[a] as number) || b - a);
  const best: Candidate[] = [];
  for (const passage of found) {
    if (!admit(passage)) continue;
    best.push({ passage, score: scores[passage] as number });
    if (best.length === limit) break;
  }
  return best;
}
