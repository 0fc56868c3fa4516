/**
 * A question's words -> weighted terms of an index.
 *
 * Which bigrams of the question lie inside one word and which cross a word border is what the segmenter knows; a crossing
 * bigram says little (weight {@link CROSSING}) but saves the words that were segmented wrongly.
 */
import { fold } from '../text/fold.js';
import type { Segmenter } from '../text/segment.js';
import { bigramCode, isChinese } from '../text/terms.js';
import type { PassageIndex } from './passage-index.js';

/** Measured by `npm run eval`: flat between 0.2 and 0.6. */
const CROSSING = 0.35;

export interface QueryTerm {
  readonly term: number;
  /** Weight times inverse document frequency. */
  readonly weight: number;
}

export interface Query {
  readonly terms: readonly QueryTerm[];
  /** Sum of the weights of all terms of the question, also of those that the archive does not hold. */
  readonly total: number;
  /** `total` in units of a word that the archive does not hold: how much is asked, the same in an archive of any size. */
  readonly matter: number;
}

export function weigh(question: string, index: PassageIndex, segment: Segmenter): Query {
  const folded = fold(question);
  const weights = new Map<number, number>();
  let total = 0;
  const add = (term: number, weight: number): void => {
    const inverse = inverseFrequency(index, term);
    const before = weights.get(term) ?? 0;
    if (term < 0) total += weight * inverse;
    else if (weight > before) {
      weights.set(term, weight);
      total += (weight - before) * inverse;
    }
  };
  const inWord = bordersOf(segment.words(folded));
  let lone = true;
  for (const run of folded.matchAll(/[\u3400-\u9fff]+|[a-z0-9\u00c0-\u1fff]+/g)) {
    const text = run[0];
    if (!isChinese(text.charCodeAt(0))) {
      add(index.table.word(text), 1);
      lone = false;
      continue;
    }
    for (let i = 0; i + 1 < text.length; i++) {
      lone = false;
      add(index.table.bigram(bigramCode(text.charCodeAt(i), text.charCodeAt(i + 1))), inWord.has(run.index + i) ? 1 : CROSSING);
    }
    if (text.length === 1) add(index.table.bigram(bigramCode(text.charCodeAt(0), 0)), CROSSING);
  }
  if (lone) {
    for (const character of folded.replace(/[^\u3400-\u9fff]/g, '')) {
      for (const term of index.table.bigramsWith(character.charCodeAt(0))) add(term, 1);
    }
  }
  return {
    terms: [...weights].map(([term, weight]) => ({ term, weight: weight * inverseFrequency(index, term) })),
    total,
    matter: total / inverseFrequency(index, -1),
  };
}

/** BM25's inverse document frequency (Robertson and Zaragoza 2009, eq. 3.3 with the +1 that keeps it positive), over messages. */
function inverseFrequency(index: PassageIndex, term: number): number {
  const documents = index.messageAt.length;
  const holding = term < 0 ? 0 : (index.postingStart[term + 1] as number) - (index.postingStart[term] as number);
  return Math.log(1 + (documents - holding + 0.5) / (holding + 0.5));
}

/** Offsets at which a character and its successor lie in one word. */
function bordersOf(words: readonly string[]): ReadonlySet<number> {
  const inside = new Set<number>();
  let at = 0;
  for (const word of words) {
    for (let i = 0; i + 1 < word.length; i++) inside.add(at + i);
    at += word.length;
  }
  return inside;
}
