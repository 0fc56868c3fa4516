/**
 * A question and a candidate message -> the numbers by which candidates are ranked.
 *
 * A message answers for what it says, for what was asked before it and by whom, and for the talk around it; so features
 * are read off the message, its passage, its neighbours in the sitting and those in its thread, for each way of comparing them
 * with the question; of each there is the distance to the best candidate too (`…Below`, <= 0). All are ratios or logarithms, so
 * that they mean the same in an archive of another size.
 */
import type { Message } from '../types.js';
import { AHEAD, ASPECTS, type Aspect, emptySurroundings, look, mostAlike, writeAspects } from './aspects.js';
import { passageRange } from './candidates.js';
import type { Evidence } from './evidence.js';
import type { PassageIndex } from './passage-index.js';
import type { Query } from './query.js';
import { TRAITS, traitsOf } from './traits.js';

const KINDS = ['words', 'characters', 'meaning'] as const;
type Kind = (typeof KINDS)[number];

/** A cosine varies about a quarter as much as a share of words. */
const MEANING_WEIGHT = 4;

/** What several kinds say together: trees of depth 3 approximate a sum badly. */
const SUMS: readonly { readonly name: string; readonly of: readonly (readonly [Kind, number])[] }[] = [
  {
    name: 'text',
    of: [
      ['words', 1],
      ['characters', 1],
    ],
  },
  {
    name: 'all',
    of: [
      ['words', 1],
      ['characters', 1],
      ['meaning', MEANING_WEIGHT],
    ],
  },
];
const SUMMED: readonly Aspect[] = ['own', 'passage', 'asked', 'top3', 'thread'];

const columnsOf = (kind: Kind): readonly string[] => ASPECTS.flatMap((aspect) => [`${kind}.${aspect}`, `${kind}.${aspect}Below`]);
const sumsOf = (name: string): readonly string[] => SUMMED.map((aspect) => `${name}.${aspect}`);

/** Columns without a meaning model, and the further ones with it. */
export const LEXICAL_FEATURES: readonly string[] = [
  ...TRAITS,
  ...columnsOf('words'),
  ...columnsOf('characters'),
  ...sumsOf('text'),
];
export const MEANING_FEATURES: readonly string[] = [...columnsOf('meaning'), ...sumsOf('all')];
export const ALL_FEATURES: readonly string[] = [...LEXICAL_FEATURES, ...MEANING_FEATURES];

export interface FeatureInput {
  readonly index: PassageIndex;
  readonly messages: readonly Message[];
  /** Thread by message index. */
  readonly threadOf: Int32Array;
  readonly query: Query;
  readonly words: Evidence;
  readonly characters: Evidence;
  /** Absent without a meaning model. */
  readonly meaning?: Evidence;
}

export interface FeatureRows {
  readonly positions: Int32Array;
  /** Row-major, `ALL_FEATURES.length` columns; the meaning columns are 0 without a meaning model. */
  readonly values: Float32Array;
  /** For each row the position of the question it seems to answer, or -1. */
  readonly askedAt: Int32Array;
}

const WIDTH = ALL_FEATURES.length;
const place = (name: string): number => ALL_FEATURES.indexOf(name);
const ASPECT_COLUMNS = new Map(KINDS.map((kind) => [kind, ASPECTS.map((aspect) => place(`${kind}.${aspect}`))]));
const SUM_COLUMNS = SUMS.flatMap(({ name, of }) =>
  SUMMED.map((aspect) => ({
    to: place(`${name}.${aspect}`),
    from: of.map(([kind]) => place(`${kind}.${aspect}Below`)),
    weights: of.map(([, weight]) => weight),
    needsMeaning: of.some(([kind]) => kind === 'meaning'),
  })),
);

export function computeFeatures(positions: readonly number[], input: FeatureInput): FeatureRows {
  const { index, threadOf, words, characters, meaning } = input;
  const values = new Float32Array(positions.length * WIDTH);
  const askedAt = new Int32Array(positions.length).fill(-1);
  const kinds: readonly (readonly [Kind, Evidence])[] = [
    ['words', words],
    ['characters', characters],
    ...(meaning ? [['meaning', meaning] as const] : []),
  ];
  const ways = kinds.map(([kind, evidence]) => ({ evidence, columns: ASPECT_COLUMNS.get(kind) as readonly number[] }));
  const toldBy = (position: number): number =>
    (words.messages[position] as number) +
    (characters.messages[position] as number) +
    (meaning ? MEANING_WEIGHT * (meaning.messages[position] as number) : 0);
  const writeTraits = traitsOf(index, input.messages, input.query);
  const around = emptySurroundings();
  for (let row = 0; row < positions.length; row++) {
    const position = positions[row] as number;
    look(index, threadOf, position, around);
    for (const { evidence, columns } of ways) writeAspects(evidence, index, around, values, row * WIDTH + (columns[0] as number));
    const asked = mostAlike(around, toldBy);
    askedAt[row] = asked;
    writeTraits(position, asked, values, row * WIDTH);
  }
  for (const { columns } of ways) for (const column of columns) fillBelow(values, column, column + 1);
  for (const { to, from, weights, needsMeaning } of SUM_COLUMNS) if (meaning || !needsMeaning) fillSum(values, to, from, weights);
  return { positions: Int32Array.from(positions), values, askedAt };
}

function fillBelow(values: Float32Array, from: number, to: number): void {
  let best = Number.NEGATIVE_INFINITY;
  for (let at = from; at < values.length; at += WIDTH) best = Math.max(best, values[at] as number);
  for (let at = 0; at < values.length; at += WIDTH) values[at + to] = (values[at + from] as number) - best;
}

function fillSum(values: Float32Array, to: number, from: readonly number[], weights: readonly number[]): void {
  for (let at = 0; at < values.length; at += WIDTH) {
    let sum = 0;
    for (let i = 0; i < from.length; i++) sum += (weights[i] as number) * (values[at + (from[i] as number)] as number);
    values[at + to] = sum;
  }
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
