/**
 * A question's words -> weighted terms of an index.
 *
 * Which bigrams of the question lie inside one word and which cross a word border is what the segmenter knows; a crossing
 * bigram says little (weight {@link CROSSING}) but saves the words that were segmented wrongly.
 */
import type { Segmenter } from '../text/segment.js';
import { eachTerm } from '../text/terms.js';
import type { Wanted } from './counter.js';
import { holdersOf, type PassageIndex } from './passage-index.js';
import type { Respeller } from './respeller.js';

/** Measured by `npm run eval`: flat between 0.2 and 0.6. */
const CROSSING = 0.35;

/** Inverse document frequency from which on a single character tells anything: it stands in less than about every eighth message. */
const TELLING = 2;

/** Of a question of single characters so many are looked up: each costs a look at every bigram of the archive. */
const LONE_LOOKED_UP = 20;

/** Weight of a word that may have been meant, against one that was typed. */
const MEANT = 0.7;

/** Its weight is multiplied by the inverse document frequency. */
export interface QueryTerm extends Wanted {
  readonly term: number;
}

export interface Query {
  readonly terms: readonly QueryTerm[];
  /**
   * Chinese characters of the question, and its Latin and digit words. They weigh the square of the inverse document frequency:
   * characters are common, and only the rarer ones tell anything.
   */
  readonly characters: readonly Wanted[];
  /** Sum of the weights of all terms of the question, also of those that the archive does not hold. */
  readonly total: number;
  /** `total` in units of a word that the archive does not hold: how much is asked, the same in an archive of any size. */
  readonly matter: number;
  /** Messages that were looked through. */
  readonly among: number;
  /** How many words of the question stand nowhere in the archive, and how many of these are Latin or numbers: names, mostly. */
  readonly unknown: { readonly words: number; readonly latin: number };
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
  const wordAt = lengthsInside(words);
  let lone = true;
  eachTerm(folded, {
    bigram(code, at) {
      const alone = code % 0x10000 === 0;
      lone &&= alone;
      const length = alone ? undefined : wordAt.get(at);
      // A long word is several bigrams, yet not as many times as telling.
      add(index.table.bigram(code), length === undefined ? CROSSING : 1 / Math.sqrt(length - 1));
    },
    word(word) {
      lone = false;
      add(index.table.word(word), 1);
    },
  });
  if (lone) {
    const characters = new Set(folded.replace(/[^\u3400-\u9fff]/g, ''));
    for (const character of [...characters].slice(0, LONE_LOOKED_UP)) {
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
    terms: [...weights].map(([term, weight]) => ({ term, weight, at: holdersOf(index, term) })),
    characters: charactersOf(folded, index),
    total,
    matter: total / inverseFrequency(index, -1),
    among: index.messageAt.length,
    unknown: unknownAmong(words, index),
  };
}

const LATIN = /^[a-z0-9]+$/;

function unknownAmong(words: readonly string[], { table }: PassageIndex): Query['unknown'] {
  const unknown = [...new Set(words)].filter((word) => !holdsAll(table, word));
  return { words: unknown.length, latin: unknown.filter((word) => LATIN.test(word)).length };
}

/** A word may be known though each of its terms stands elsewhere; that is rare, and costs nothing. */
function holdsAll(table: PassageIndex['table'], word: string): boolean {
  let missing = false;
  eachTerm(word, {
    bigram(code) {
      // A character alone always stands somewhere.
      if (code % 0x10000 !== 0) missing ||= table.bigram(code) < 0;
    },
    word(one) {
      missing ||= table.word(one) < 0;
    },
  });
  return !missing;
}

function inverseFrequency(index: PassageIndex, term: number): number {
  return inverseOf(index, term < 0 ? 0 : messagesHolding(index, term));
}

/** BM25's inverse document frequency (Robertson and Zaragoza 2009, eq. 3.3 with the +1 that keeps it positive), over messages. */
function inverseOf({ messageAt }: PassageIndex, holding: number): number {
  return Math.log(1 + (messageAt.length - holding + 0.5) / (holding + 0.5));
}

/** A message that says a word several times stands among its holders as often, side by side. */
function messagesHolding(index: PassageIndex, term: number): number {
  let holding = 0;
  let last = -1;
  for (const position of holdersOf(index, term)) {
    if (position !== last) holding++;
    last = position;
  }
  return holding;
}

/** Offsets at which a character and its successor lie in one word -> the characters of that word. */
function lengthsInside(words: readonly string[]): ReadonlyMap<number, number> {
  const inside = new Map<number, number>();
  let at = 0;
  for (const word of words) {
    for (let i = 0; i + 1 < word.length; i++) inside.set(at + i, word.length);
    at += word.length;
  }
  return inside;
}

function charactersOf(folded: string, index: PassageIndex): readonly Wanted[] {
  const { table, messageAt } = index;
  const positions = new Map<string, Int32Array>();
  eachTerm(folded, {
    bigram(code) {
      for (const character of [Math.floor(code / 0x10000), code % 0x10000])
        if (character !== 0) positions.set(String.fromCharCode(character), index.characters()(character));
    },
    word(word) {
      const term = table.word(word);
      positions.set(word, term < 0 ? new Int32Array(0) : holdersOf(index, term));
    },
  });
  return [...positions].flatMap(([key, at]) => {
    // Between two others a character is in two bigrams.
    const holding = Math.min(messageAt.length, key.length === 1 ? at.length / 2 : at.length);
    const inverse = inverseOf(index, holding);
    return inverse < TELLING ? [] : [{ at, weight: inverse * inverse }];
  });
}
