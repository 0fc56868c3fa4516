/**
 * A question and a candidate message -> the numbers by which candidates are ranked.
 *
 * A message answers for what it says, for what was asked before it and by whom, and for the talk around it; so features
 * are read off the message, its passage, and its neighbours in the sitting. All are ratios or logarithms, so that they mean
 * the same in an archive of another size. With a meaning model each lexical feature has a twin by cosine.
 */
import type { Message } from '../types.js';
import { passageRange } from './candidates.js';
import { PASSAGE, type PassageIndex, STRIDE } from './passage-index.js';
import type { Query } from './query.js';

/** How far back (positions of the sitting) the question that a message answers may stand, and how far its continuation reaches. */
const BACK = 15;
const AHEAD = 6;
const AROUND = 5;
/** Weight lost per position of distance from the message. */
const FADE = 0.03;
/** Cosine of messages too short to have a vector: that of unrelated texts. */
const NO_MEANING = 0.3;

/** Columns without a meaning model. `…Below` is the distance to the best candidate of the same question (<= 0). */
export const LEXICAL_FEATURES = [
  'own',
  'passage',
  'around',
  'before',
  'asked',
  'after',
  'top3',
  'length',
  'asks',
  'sameAsker',
  'distance',
  'sittingSize',
  'digits',
  'link',
  'mentions',
  'repliesToAsker',
  'rarest',
  'opening',
  'sittingAsks',
  'ownBelow',
  'passageBelow',
  'aroundBelow',
  'beforeBelow',
  'askedBelow',
  'top3Below',
] as const;

/** Further columns with one. */
export const MEANING_FEATURES = [
  'meaning',
  'meaningBefore',
  'meaningAsked',
  'meaningAfter',
  'meaningTop3',
  'meaningSum',
  'meaningPassage',
  'meaningMean',
  'meaningBelow',
  'meaningBeforeBelow',
  'meaningAskedBelow',
  'meaningTop3Below',
  'meaningSumBelow',
  'meaningPassageBelow',
  'meaningMeanBelow',
  'bothPassage',
  'bothOwn',
  'bothAsked',
  'bothTop3',
] as const;

export const ALL_FEATURES: readonly string[] = [...LEXICAL_FEATURES, ...MEANING_FEATURES];

const BELOW: readonly (readonly [string, string])[] = [
  ['own', 'ownBelow'],
  ['passage', 'passageBelow'],
  ['around', 'aroundBelow'],
  ['before', 'beforeBelow'],
  ['asked', 'askedBelow'],
  ['top3', 'top3Below'],
  ['meaning', 'meaningBelow'],
  ['meaningBefore', 'meaningBeforeBelow'],
  ['meaningAsked', 'meaningAskedBelow'],
  ['meaningTop3', 'meaningTop3Below'],
  ['meaningSum', 'meaningSumBelow'],
  ['meaningPassage', 'meaningPassageBelow'],
  ['meaningMean', 'meaningMeanBelow'],
];
const BELOW_COLUMNS = BELOW.map(([from, to]) => [ALL_FEATURES.indexOf(from), ALL_FEATURES.indexOf(to)] as const);

/** Words and meaning added up; trees of depth 3 approximate a sum badly. A cosine varies about a quarter as much as a share of words. */
const MEANING_WEIGHT = 4;
const BOTH_COLUMNS = [
  ['passageBelow', 'meaningPassageBelow', 'bothPassage'],
  ['ownBelow', 'meaningBelow', 'bothOwn'],
  ['askedBelow', 'meaningAskedBelow', 'bothAsked'],
  ['top3Below', 'meaningTop3Below', 'bothTop3'],
].map((names) => names.map((name) => ALL_FEATURES.indexOf(name)) as [number, number, number]);

export interface FeatureInput {
  readonly index: PassageIndex;
  readonly messages: readonly Message[];
  readonly query: Query;
  /** BM25 by passage. */
  readonly passageScores: Float32Array;
  /** Cosine with the question by message index; NaN where there is no vector. Absent without a meaning model. */
  readonly similarity?: Float32Array;
  /** Cosine by passage. */
  readonly passageSimilarity?: Float32Array;
}

export interface FeatureRows {
  readonly positions: Int32Array;
  /** Row-major, `ALL_FEATURES.length` columns; the meaning columns are 0 without a meaning model. */
  readonly values: Float32Array;
  /** For each row the position of the question it seems to answer, or -1. */
  readonly askedAt: Int32Array;
}

export function computeFeatures(positions: readonly number[], input: FeatureInput): FeatureRows {
  const { index, messages, query, passageScores, similarity, passageSimilarity } = input;
  const total = query.total || 1;
  // Dense tables, made anew for each question: a hash look-up per term was half of the time of a question.
  const weights = new Float32Array(index.table.size());
  for (const { term, weight } of query.terms) weights[term] = weight;
  const seenBy = new Int32Array(index.table.size()).fill(-1);
  const rarest = query.terms.reduce((best, one) => (one.weight > best.weight ? one : best), { term: -1, weight: 0 }).term;
  const messageAt = (position: number): Message => messages[index.messageAt[position] as number] as Message;

  const shares = new Float32Array(index.messageAt.length).fill(-1);
  /** Share of the question's weight that stands in one message. */
  const own = (position: number): number => {
    const known = shares[position] as number;
    if (known >= 0) return known;
    let sum = 0;
    for (let k = index.termStart[position] as number; k < (index.termStart[position + 1] as number); k++) {
      const term = index.terms[k] as number;
      if (seenBy[term] === position) continue;
      seenBy[term] = position;
      sum += weights[term] as number;
    }
    shares[position] = sum / total;
    return sum / total;
  };
  const meaning = (position: number): number => {
    const cosine = similarity?.[index.messageAt[position] as number];
    return cosine === undefined || Number.isNaN(cosine) ? NO_MEANING : cosine;
  };
  const holds = (position: number, term: number): boolean => {
    for (let k = index.termStart[position] as number; k < (index.termStart[position + 1] as number); k++)
      if (index.terms[k] === term) return true;
    return false;
  };

  const width = ALL_FEATURES.length;
  const values = new Float32Array(positions.length * width);
  const askedAt = new Int32Array(positions.length).fill(-1);
  positions.forEach((position, row) => {
    const sitting = index.sittingAt[position] as number;
    const begin = index.sittingStart[sitting] as number;
    const end = index.sittingStart[sitting + 1] as number;
    const message = messageAt(position);

    let [before, asked, meaningBefore, meaningAsked, bestAsked, askedPosition] = [0, 0, NO_MEANING, NO_MEANING, -1, -1];
    for (let k = position - 1; k >= Math.max(begin, position - BACK); k--) {
      const fade = 1 - (position - k) * FADE;
      const [words, sense] = [own(k) * fade, meaning(k) * fade];
      before = Math.max(before, words);
      meaningBefore = Math.max(meaningBefore, sense);
      if (!index.asks[k]) continue;
      asked = Math.max(asked, words);
      meaningAsked = Math.max(meaningAsked, sense);
      const evidence = words + (similarity ? 2 * sense : 0);
      if (evidence > bestAsked) [bestAsked, askedPosition] = [evidence, k];
    }
    let [after, meaningAfter] = [0, NO_MEANING];
    for (let k = position + 1; k < Math.min(end, position + AHEAD + 1); k++) {
      after = Math.max(after, own(k));
      meaningAfter = Math.max(meaningAfter, meaning(k));
    }
    const around: number[] = [];
    const sense: number[] = [];
    const covered = new Set<number>();
    let meaningSum = 0;
    for (let k = Math.max(begin, position - AROUND); k < Math.min(end, position + AROUND + 1); k++) {
      around.push(own(k));
      sense.push(meaning(k));
      meaningSum += Math.max(0, meaning(k) - 0.45);
      if (k < position - 4 || k > position + 3 || own(k) === 0) continue;
      for (let j = index.termStart[k] as number; j < (index.termStart[k + 1] as number); j++) {
        const term = index.terms[j] as number;
        if ((weights[term] as number) > 0) covered.add(term);
      }
    }
    let coverage = 0;
    for (const term of covered) coverage += weights[term] as number;

    const asker = askedPosition < 0 ? undefined : messageAt(askedPosition);
    askedAt[row] = askedPosition;
    const columns = [
      own(position),
      bestPassage(index, passageScores, position) / total,
      coverage / total,
      before,
      asked,
      after,
      meanOfTop3(around, 0),
      Math.log(1 + message.text.length),
      index.asks[position] as number,
      asker?.speaker === message.speaker ? 1 : 0,
      askedPosition < 0 ? 3 : Math.log(1 + position - askedPosition),
      Math.log(end - begin),
      /\d/.test(message.text) ? 1 : 0,
      message.kind === 'link' ? 1 : 0,
      message.mentions.length > 0 ? 1 : 0,
      asker && (message.replyTo === asker.index || message.mentions.includes(asker.speaker)) ? 1 : 0,
      holds(position, rarest) ? 1 : 0,
      position - begin < 3 ? 1 : 0,
      index.asks[begin] as number,
    ];
    values.set(columns, row * width);
    if (similarity) {
      const mean = sense.reduce((sum, one) => sum + one, 0) / sense.length;
      const first = row * width + LEXICAL_FEATURES.length;
      values.set(
        [
          meaning(position),
          meaningBefore,
          meaningAsked,
          meaningAfter,
          meanOfTop3(sense, NO_MEANING),
          meaningSum,
          passageSimilarity ? bestPassage(index, passageSimilarity, position) : 0,
          mean,
        ],
        first,
      );
    }
  });
  for (const [from, to] of BELOW_COLUMNS) fillBelow(values, width, from, to);
  if (similarity) for (const [words, sense, to] of BOTH_COLUMNS) fillBoth(values, width, words, sense, to);
  return { positions: Int32Array.from(positions), values, askedAt };
}

function fillBelow(values: Float32Array, width: number, from: number, to: number): void {
  let best = Number.NEGATIVE_INFINITY;
  for (let at = from; at < values.length; at += width) best = Math.max(best, values[at] as number);
  for (let at = 0; at < values.length; at += width) values[at + to] = (values[at + from] as number) - best;
}

function fillBoth(values: Float32Array, width: number, words: number, sense: number, to: number): void {
  for (let at = 0; at < values.length; at += width)
    values[at + to] = (values[at + words] as number) + MEANING_WEIGHT * (values[at + sense] as number);
}

function meanOfTop3(list: number[], missing: number): number {
  list.sort((a, b) => b - a);
  return ((list[0] ?? missing) + (list[1] ?? missing) + (list[2] ?? missing)) / 3;
}

/** Best BM25 among the passages that hold a position. */
function bestPassage(index: PassageIndex, scores: Float32Array, position: number): number {
  const sitting = index.sittingAt[position] as number;
  const first = index.passageStart[sitting] as number;
  const last = (index.passageStart[sitting + 1] as number) - 1;
  const offset = Math.floor((position - (index.sittingStart[sitting] as number)) / STRIDE);
  let best = 0;
  for (
    let passage = Math.max(first, first + offset - PASSAGE / STRIDE + 1);
    passage <= Math.min(last, first + offset);
    passage++
  ) {
    best = Math.max(best, scores[passage] as number);
  }
  return best;
}

/** Positions worth ranking: the given passages, with a little of the sitting before and after each. */
export function candidatePositions(index: PassageIndex, passages: readonly number[]): readonly number[] {
  const found = new Set<number>();
  for (const passage of passages) {
    const sitting = index.sittingOfPassage[passage] as number;
    const [from, to] = passageRange(index, passage);
    const begin = Math.max(from - 3, index.sittingStart[sitting] as number);
    const end = Math.min(to + AHEAD, index.sittingStart[sitting + 1] as number);
    for (let position = begin; position < end; position++) found.add(position);
  }
  return [...found];
}
