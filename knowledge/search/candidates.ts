/**
 * Passages -> where they stand, and by their scores the best of them.
 */
import type { PassageIndex } from './passage-index.js';
import { PASSAGE, STRIDE } from './passages.js';

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
