/**
 * A question's words -> weighted terms of an index.
 *
 * Which bigrams of the question lie inside one word and which cross a word border is what the segmenter knows; a crossing
 * bigram says little (weight {@link CROSSING}) but saves the words that were segmented wrongly.
 */
import type { Segmenter } from '../text/segment.js';
import { eachTerm } from '../text/terms.js';
import type { PassageIndex } from './passage-index.js';
import type { Respeller } from './respeller.js';

/** Measured by `npm run eval`: flat between 0.2 and 0.6. */
const CROSSING = 0.35;

/** Weight of a word that may have been meant, against one that was typed. */
const MEANT = 0.7;

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
  /** Messages that were looked through. */
  readonly among: number;
}

export function weigh(question: string, index: PassageIndex, segment: Segmenter, respell: Respeller): Query {
  const folded = index.spell(question);
  const weights = new Map<number, number>();
  let total = 0;
  const inverses = new Map<number, number>();
  const add = (term: number, share: number): void => {
    const inverse = inverses.get(term) ?? inverseFrequency(index, term);
    inverses.set(term, inverse);
    const weight = share * inverse;
    const before = term < 0 ? 0 : (weights.get(term) ?? 0);
    if (weight <= before) return;
    if (term >= 0) weights.set(term, weight);
    total += weight - before;
  };
  const words = segment.words(folded);
  const inWord = bordersOf(words);
  let lone = true;
  eachTerm(folded, {
    bigram(code, at) {
      const alone = code % 0x10000 === 0;
      lone &&= alone;
      add(index.table.bigram(code), !alone && inWord.has(at) ? 1 : CROSSING);
    },
    word(word) {
      lone = false;
      add(index.table.word(word), 1);
    },
  });
  if (lone) {
    for (const character of folded.replace(/[^\u3400-\u9fff]/g, '')) {
      for (const term of index.table.bigramsWith(character.charCodeAt(0))) add(term, 1);
    }
  }
  // What may have been meant is looked for too, but is not missed where it does not stand.
  for (const { word, similarity } of respell(words)) {
    for (const term of index.table.known(word)) {
      weights.set(term, Math.max(weights.get(term) ?? 0, MEANT * similarity * inverseFrequency(index, term)));
    }
  }
  return {
    terms: [...weights].map(([term, weight]) => ({ term, weight })),
    total,
    matter: total / inverseFrequency(index, -1),
    among: index.messageAt.length,
  };
}

/** BM25's inverse document frequency (Robertson and Zaragoza 2009, eq. 3.3 with the +1 that keeps it positive), over messages. */
function inverseFrequency(index: PassageIndex, term: number): number {
  const documents = index.messageAt.length;
  const holding = term < 0 ? 0 : messagesHolding(index, term);
  return Math.log(1 + (documents - holding + 0.5) / (holding + 0.5));
}

/** A message that says a word several times stands in its postings as often, side by side. */
function messagesHolding({ postings, postingStart }: PassageIndex, term: number): number {
  let holding = 0;
  let last = -1;
  for (let k = postingStart[term] as number; k < (postingStart[term + 1] as number); k++) {
    if (postings[k] === last) continue;
    last = postings[k] as number;
    holding++;
  }
  return holding;
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
