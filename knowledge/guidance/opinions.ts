/**
 * What people thought of earlier answers -> what of it is about a question like this one.
 */
import type { PassageIndex } from '../search/passage-index.js';
import type { Judgement } from '../types.js';
import { alikeness, type WeighedTerms, weighTerms } from './alike.js';

/**
 * Alikeness from which on a judgement on one question counts for another. Of 57,207 pairs of questions with no answer in common one
 * reaches it; with any two of its words left out a question nearly always does (0.997). From 0.2 to 0.4 `npm run eval -- --feedback`
 * measures the same; at 0.1 questions that were not judged lose (2026-11).
 */
const ALIKE = 0.3;

/** The judgements on questions like the one asked. What was judged is weighed once, when first asked. */
export type Opinions = (question: string) => readonly Judgement[];

export function opinionsOf(judgements: readonly Judgement[], index: PassageIndex): Opinions {
  if (judgements.length === 0) return () => [];
  let weighed: ReadonlyMap<string, WeighedTerms> | undefined;
  return (question) => {
    weighed ??= new Map(judgements.map((judgement) => [judgement.question, weighTerms(judgement.question, index)]));
    const asked = weighTerms(question, index);
    const alike = new Set([...weighed].filter(([, terms]) => alikeness(asked, terms) >= ALIKE).map(([judged]) => judged));
    return judgements.filter((judgement) => alike.has(judgement.question));
  };
}
