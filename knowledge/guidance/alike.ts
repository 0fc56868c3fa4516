/**
 * Two questions -> how alike they are.
 *
 * In: questions as they were asked, and the index of an archive, which knows how rare their terms are. Out: 0 (no term in common)
 * to 1 (the same terms).
 */
import type { PassageIndex } from '../search/passage-index.js';
import { eachTerm } from '../text/terms.js';

/** What is asked, by term: how rare it is. Terms that the archive does not hold are in it too, as the rarest. */
export type WeighedTerms = ReadonlyMap<number | string, number>;

/** Weights as BM25's inverse document frequency, occurrences standing for documents: a question says a word once. */
export function weighTerms(question: string, { table, postingStart, messageAt, spell }: PassageIndex): WeighedTerms {
  const weights = new Map<number | string, number>();
  const weightOf = (term: number): number => {
    const occurrences = term < 0 ? 0 : (postingStart[term + 1] as number) - (postingStart[term] as number);
    return Math.log(1 + (messageAt.length + 0.5) / (occurrences + 0.5));
  };
  eachTerm(spell(question), {
    bigram: (code) => weights.set(code, weightOf(table.bigram(code))),
    word: (word) => weights.set(word, weightOf(table.word(word))),
  });
  return weights;
}

/**
 * The weight of the terms in common over that of all terms: the weighted Jaccard similarity (Ioffe 2010, "Improved consistent
 * sampling, weighted minhash and L1 sketching", section 1), a term having one weight in both.
 */
export function alikeness(a: WeighedTerms, b: WeighedTerms): number {
  let common = 0;
  let all = 0;
  for (const [term, weight] of a) {
    all += weight;
    if (b.has(term)) common += weight;
  }
  for (const [term, weight] of b) if (!a.has(term)) all += weight;
  return all === 0 ? 0 : common / all;
}
