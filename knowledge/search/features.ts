/**
 * A question and a candidate message -> the numbers by which candidates are ranked.
 *
 * A message answers for what it says, for what was asked before it and by whom, and for the talk around it; so features
 * are read off the message, its passage, its neighbours in the sitting and those in its thread, for each way of comparing them
 * with the question. All are ratios or logarithms, so that they mean the same in an archive of another size.
 */
import type { Message } from '../types.js';
import { passageRange } from './candidates.js';
import type { Evidence } from './evidence.js';
import { PASSAGE, type PassageIndex, STRIDE } from './passage-index.js';
import type { Query } from './query.js';

/** How far back (positions of the sitting) the question that a message answers may stand, and how far its continuation reaches. */
const BACK = 15;
const AHEAD = 6;
const AROUND = 5;
/** How far (positions) the messages of its thread are looked at. */
const THREAD_REACH = 15;
/** Weight lost per position of distance from the message. */
const FADE = 0.03;

/** What is read off each evidence. `…Below` is the distance to the best candidate of the same question (<= 0). */
const ASPECTS = ['own', 'passage', 'before', 'asked', 'after', 'top3', 'thread', 'askedInThread'] as const;
type Aspect = (typeof ASPECTS)[number];

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

const OTHER = [
  'coverage',
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
] as const;

const columnsOf = (kind: Kind): readonly string[] => ASPECTS.flatMap((aspect) => [`${kind}.${aspect}`, `${kind}.${aspect}Below`]);
const sumsOf = (name: string): readonly string[] => SUMMED.map((aspect) => `${name}.${aspect}`);

/** Columns without a meaning model, and the further ones with it. */
export const LEXICAL_FEATURES: readonly string[] = [
  ...OTHER,
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
    of: of.map(([kind, weight]) => [place(`${kind}.${aspect}Below`), weight] as const),
    needs: of.map(([kind]) => kind),
  })),
);

export function computeFeatures(positions: readonly number[], input: FeatureInput): FeatureRows {
  const { index, meaning } = input;
  const values = new Float32Array(positions.length * WIDTH);
  const askedAt = new Int32Array(positions.length).fill(-1);
  const kinds: readonly (readonly [Kind, Evidence])[] = [
    ['words', input.words],
    ['characters', input.characters],
    ...(meaning ? [['meaning', meaning] as const] : []),
  ];
  const askedBy = (position: number): number =>
    input.words.at(position) + input.characters.at(position) + (meaning ? MEANING_WEIGHT * meaning.at(position) : 0);
  const writeOther = otherFeatures(input);
  const around = emptySurroundings();
  for (let row = 0; row < positions.length; row++) {
    const position = positions[row] as number;
    look(index, input.threadOf, position, around);
    for (const [kind, evidence] of kinds)
      writeAspects(evidence, index, around, values, row * WIDTH + (ASPECT_COLUMNS.get(kind)?.[0] as number));
    const asked = mostAlike(around.asked, askedBy, position);
    askedAt[row] = asked;
    writeOther(position, asked, values, row * WIDTH);
  }
  for (const [kind] of kinds) {
    for (const column of ASPECT_COLUMNS.get(kind) as readonly number[]) fillBelow(values, column, column + 1);
  }
  for (const { to, of, needs } of SUM_COLUMNS) {
    if (!meaning && needs.includes('meaning')) continue;
    for (let at = 0; at < values.length; at += WIDTH)
      values[at + to] = of.reduce((sum, [from, weight]) => sum + weight * (values[at + from] as number), 0);
  }
  return { positions: Int32Array.from(positions), values, askedAt };
}

/** The positions around one, within its sitting. Used again for each, so that a question makes no garbage. */
interface Surroundings {
  position: number;
  begin: number;
  end: number;
  /** Earlier questions within {@link BACK}, and which of them are of the thread. */
  readonly asked: Positions;
  readonly askedInThread: Positions;
  /** Of the thread within {@link THREAD_REACH}, itself included. */
  readonly thread: Positions;
}

interface Positions {
  readonly at: Int32Array;
  count: number;
}

function emptySurroundings(): Surroundings {
  const positions = (): Positions => ({ at: new Int32Array(2 * THREAD_REACH + 1), count: 0 });
  return { position: 0, begin: 0, end: 0, asked: positions(), askedInThread: positions(), thread: positions() };
}

function put(positions: Positions, position: number): void {
  positions.at[positions.count] = position;
  positions.count += 1;
}

function look(index: PassageIndex, threadOf: Int32Array, position: number, around: Surroundings): void {
  const sitting = index.sittingAt[position] as number;
  const { asked, askedInThread, thread } = around;
  around.position = position;
  around.begin = index.sittingStart[sitting] as number;
  around.end = index.sittingStart[sitting + 1] as number;
  asked.count = askedInThread.count = thread.count = 0;
  const own = threadOf[index.messageAt[position] as number];
  const end = Math.min(around.end, position + THREAD_REACH + 1);
  for (let p = Math.max(around.begin, position - THREAD_REACH); p < end; p++) {
    const isMember = threadOf[index.messageAt[p] as number] === own;
    if (isMember) put(thread, p);
    if (p >= position || index.asks[p] === 0 || p < position - BACK) continue;
    put(asked, p);
    if (isMember) put(askedInThread, p);
  }
}

/** Writes the aspects, in the order of {@link ASPECTS}, into every second column from `to` on. */
function writeAspects(evidence: Evidence, index: PassageIndex, around: Surroundings, values: Float32Array, to: number): void {
  const { at, nothing } = evidence;
  const { position, begin, end } = around;
  let before = nothing;
  for (let p = Math.max(begin, position - BACK); p < position; p++) {
    const value = at(p) * (1 - (position - p) * FADE);
    if (value > before) before = value;
  }
  let after = nothing;
  for (let p = position + 1; p < Math.min(end, position + AHEAD + 1); p++) {
    const value = at(p);
    if (value > after) after = value;
  }
  const near = top3(nothing);
  for (let p = Math.max(begin, position - AROUND); p < Math.min(end, position + AROUND + 1); p++) near.take(at(p));
  const thread = top3(nothing);
  for (let i = 0; i < around.thread.count; i++) thread.take(at(around.thread.at[i] as number));
  values[to] = at(position);
  values[to + 2] = bestPassage(index, evidence.passages, position);
  values[to + 4] = before;
  values[to + 6] = mostOf(around.asked, at, position, nothing);
  values[to + 8] = after;
  values[to + 10] = near.mean();
  values[to + 12] = thread.mean();
  values[to + 14] = mostOf(around.askedInThread, at, position, nothing);
}

function mostOf({ at, count }: Positions, value: (position: number) => number, from: number, nothing: number): number {
  let most = nothing;
  for (let i = 0; i < count; i++) {
    const p = at[i] as number;
    const faded = value(p) * (1 - (from - p) * FADE);
    if (faded > most) most = faded;
  }
  return most;
}

/** The most telling of the positions, the nearer ones preferred; -1 if there is none. */
function mostAlike({ at, count }: Positions, by: (position: number) => number, from: number): number {
  let [found, most] = [-1, -1];
  for (let i = 0; i < count; i++) {
    const p = at[i] as number;
    const value = by(p) * (1 - (from - p) * FADE);
    if (value > most) [found, most] = [p, value];
  }
  return found;
}

/** Mean of the three largest numbers taken, `nothing` standing for those that lack. */
function top3(nothing: number): { readonly take: (value: number) => void; readonly mean: () => number } {
  let [first, second, third] = [nothing, nothing, nothing];
  let count = 0;
  return {
    take(value) {
      count++;
      if (count === 1) first = value;
      else if (count === 2) {
        second = Math.min(first, value);
        first = Math.max(first, value);
      } else if (value > first) {
        third = second;
        second = first;
        first = value;
      } else if (value > second) {
        third = second;
        second = value;
      } else if (count === 3 || value > third) third = value;
    },
    mean: () => (first + second + third) / 3,
  };
}

/** Writes the columns of {@link OTHER}, in their order, from `to` on. */
function otherFeatures(input: FeatureInput): (position: number, asked: number, values: Float32Array, to: number) => void {
  const { index, messages, query } = input;
  const weights = new Float32Array(index.table.size());
  for (const { term, weight } of query.terms) weights[term] = weight;
  /** The row that met a term last. */
  const metBy = new Int32Array(weights.length).fill(-1);
  const rarest = query.terms.reduce((best, one) => (one.weight > best.weight ? one : best), { term: -1, weight: 0 }).term;
  const messageAt = (p: number): Message => messages[index.messageAt[p] as number] as Message;
  const coverage = (position: number, begin: number, end: number): number => {
    let sum = 0;
    for (let p = Math.max(begin, position - 4); p < Math.min(end, position + 4); p++) {
      if (input.words.at(p) === 0) continue;
      for (let k = index.termStart[p] as number; k < (index.termStart[p + 1] as number); k++) {
        const term = index.terms[k] as number;
        if (weights[term] === 0 || metBy[term] === position) continue;
        metBy[term] = position;
        sum += weights[term] as number;
      }
    }
    return sum / (query.total || 1);
  };
  const holds = (position: number, term: number): boolean => {
    for (let k = index.termStart[position] as number; k < (index.termStart[position + 1] as number); k++)
      if (index.terms[k] === term) return true;
    return false;
  };
  return (position, asked, values, to) => {
    const sitting = index.sittingAt[position] as number;
    const begin = index.sittingStart[sitting] as number;
    const end = index.sittingStart[sitting + 1] as number;
    const message = messageAt(position);
    const asker = asked < 0 ? undefined : messageAt(asked);
    values[to] = coverage(position, begin, end);
    values[to + 1] = Math.log(1 + message.text.length);
    values[to + 2] = index.asks[position] as number;
    values[to + 3] = asker?.speaker === message.speaker ? 1 : 0;
    values[to + 4] = asked < 0 ? 3 : Math.log(1 + position - asked);
    values[to + 5] = Math.log(end - begin);
    values[to + 6] = /\d/.test(message.text) ? 1 : 0;
    values[to + 7] = message.kind === 'link' ? 1 : 0;
    values[to + 8] = message.mentions.length > 0 ? 1 : 0;
    values[to + 9] = asker && (message.replyTo === asker.index || message.mentions.includes(asker.speaker)) ? 1 : 0;
    values[to + 10] = holds(position, rarest) ? 1 : 0;
    values[to + 11] = position - begin < 3 ? 1 : 0;
    values[to + 12] = index.asks[begin] as number;
  };
}

function fillBelow(values: Float32Array, from: number, to: number): void {
  let best = Number.NEGATIVE_INFINITY;
  for (let at = from; at < values.length; at += WIDTH) best = Math.max(best, values[at] as number);
  for (let at = 0; at < values.length; at += WIDTH) values[at + to] = (values[at + from] as number) - best;
}

/** The best of the passages that hold a position. */
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
