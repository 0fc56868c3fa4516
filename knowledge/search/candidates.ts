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

/** Steps into which the range of scores is divided, to tell without sorting from which score on passages are among the best. */
const STEPS = 512;

/** The best `limit` passages that `admit` lets through, best first; of equals the later one. */
export function bestPassages(scores: Float32Array, limit: number, admit: (passage: number) => boolean): readonly Candidate[] {
  // Loops by number, for every question passes through every passage.
  let highest = 0;
  for (let passage = 0; passage < scores.length; passage++) highest = Math.max(highest, scores[passage] as number);
  if (highest === 0) return [];
  const perStep = STEPS / highest;
  const counts = new Int32Array(STEPS + 1);
  for (let passage = 0; passage < scores.length; passage++) {
    const score = scores[passage] as number;
    if (score <= 0) continue;
    const step = (score * perStep) | 0;
    counts[step] = (counts[step] as number) + 1;
  }
  const best: Candidate[] = [];
  // From the highest step down, as many at once as hold what is still wanted; more only where some are not let through.
  for (let above = STEPS + 1; above > 0 && best.length < limit; ) {
    let from = above;
    for (let held = best.length; from > 0 && held < limit; ) held += counts[--from] as number;
    const fresh: Candidate[] = [];
    for (let passage = 0; passage < scores.length; passage++) {
      const score = scores[passage] as number;
      if (score <= 0) continue;
      const step = (score * perStep) | 0;
      if (step >= from && step < above && admit(passage)) fresh.push({ passage, score });
    }
    best.push(...fresh.sort((a, b) => b.score - a.score || b.passage - a.passage));
    above = from;
  }
  return best.slice(0, limit);
}
