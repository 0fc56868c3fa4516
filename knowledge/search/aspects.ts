/**
 * A message and one way of comparing it with the question -> its aspects: what it says itself, what was said and asked before it,
 * what comes after, and the best around it and in its thread.
 *
 * All is read within the sitting. The surroundings of a message are looked up once for all ways of comparing.
 */
import type { Evidence } from './evidence.js';
import type { PassageIndex } from './passage-index.js';
import { STRIDE } from './passages.js';

/** How far back (positions of the sitting) the question that a message answers may stand, and how far its continuation reaches. */
const BACK = 15;
export const AHEAD = 6;
const AROUND = 5;
/** How far (positions) the messages of its thread are looked at. */
const THREAD_REACH = 15;
/** Weight lost per position of distance from the message. */
const FADE = 0.03;

export const ASPECTS = ['own', 'passage', 'before', 'asked', 'after', 'top3', 'thread', 'askedInThread'] as const;
export type Aspect = (typeof ASPECTS)[number];

/** The positions around one, within its sitting. Used again for each, so that a question makes no garbage. */
export interface Surroundings {
  position: number;
  begin: number;
  end: number;
  /** Within {@link AROUND}, itself included. */
  readonly near: Positions;
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

export function emptySurroundings(): Surroundings {
  const positions = (): Positions => ({ at: new Int32Array(2 * THREAD_REACH + 1), count: 0 });
  return {
    position: 0,
    begin: 0,
    end: 0,
    near: positions(),
    asked: positions(),
    askedInThread: positions(),
    thread: positions(),
  };
}

function put(positions: Positions, position: number): void {
  positions.at[positions.count] = position;
  positions.count += 1;
}

/** `threadOf` by message index. */
export function look(index: PassageIndex, threadOf: Int32Array, position: number, around: Surroundings): void {
  const { messageAt, asks, sittingStart } = index;
  const { near, asked, askedInThread, thread } = around;
  const sitting = index.sittingAt[position] as number;
  around.position = position;
  around.begin = sittingStart[sitting] as number;
  around.end = sittingStart[sitting + 1] as number;
  near.count = asked.count = askedInThread.count = thread.count = 0;
  const own = threadOf[messageAt[position] as number];
  const end = Math.min(around.end, position + THREAD_REACH + 1);
  for (let p = Math.max(around.begin, position - THREAD_REACH); p < end; p++) {
    if (Math.abs(p - position) <= AROUND) put(near, p);
    const isMember = threadOf[messageAt[p] as number] === own;
    if (isMember) put(thread, p);
    if (p >= position || asks[p] === 0 || p < position - BACK) continue;
    put(asked, p);
    if (isMember) put(askedInThread, p);
  }
}

/** Writes the aspects, in the order of {@link ASPECTS}, into every second place from `to` on. */
export function writeAspects(
  evidence: Evidence,
  index: PassageIndex,
  around: Surroundings,
  values: Float32Array,
  to: number,
): void {
  const { messages, nothing } = evidence;
  const { position, begin, end } = around;
  let before = nothing;
  for (let p = Math.max(begin, position - BACK); p < position; p++) {
    const value = (messages[p] as number) * (1 - (position - p) * FADE);
    if (value > before) before = value;
  }
  let after = nothing;
  for (let p = position + 1; p < Math.min(end, position + AHEAD + 1); p++) {
    const value = messages[p] as number;
    if (value > after) after = value;
  }
  values[to] = messages[position] as number;
  values[to + 2] = bestPassage(index, evidence.passages, position);
  values[to + 4] = before;
  values[to + 6] = mostOf(around.asked, messages, position, nothing);
  values[to + 8] = after;
  values[to + 10] = meanOfBest3(around.near, messages, nothing);
  values[to + 12] = meanOfBest3(around.thread, messages, nothing);
  values[to + 14] = mostOf(around.askedInThread, messages, position, nothing);
}

/** The largest value of the positions, less the farther away. */
function mostOf({ at, count }: Positions, values: Float64Array, from: number, nothing: number): number {
  let most = nothing;
  for (let i = 0; i < count; i++) {
    const p = at[i] as number;
    const faded = (values[p] as number) * (1 - (from - p) * FADE);
    if (faded > most) most = faded;
  }
  return most;
}

/** The most telling of the questions before a message, the nearer ones preferred; -1 if there is none. */
export function mostAlike({ asked: { at, count }, position }: Surroundings, by: (position: number) => number): number {
  let [found, most] = [-1, -1];
  for (let i = 0; i < count; i++) {
    const p = at[i] as number;
    const value = by(p) * (1 - (position - p) * FADE);
    if (value > most) [found, most] = [p, value];
  }
  return found;
}

/** Mean of the three largest values of the positions, `nothing` standing for those that lack. */
function meanOfBest3({ at, count }: Positions, values: Float64Array, nothing: number): number {
  const lowest = Number.NEGATIVE_INFINITY;
  let [first, second, third] = [lowest, lowest, lowest];
  for (let i = 0; i < count; i++) {
    const value = values[at[i] as number] as number;
    if (value <= third) continue;
    if (value > first) {
      third = second;
      second = first;
      first = value;
    } else if (value > second) {
      third = second;
      second = value;
    } else third = value;
  }
  return ((count > 0 ? first : nothing) + (count > 1 ? second : nothing) + (count > 2 ? third : nothing)) / 3;
}

/** The best of the passages that hold a position, at most two. */
function bestPassage({ sittingAt, sittingStart, passageStart }: PassageIndex, scores: Float32Array, position: number): number {
  const sitting = sittingAt[position] as number;
  const first = passageStart[sitting] as number;
  const last = (passageStart[sitting + 1] as number) - 1;
  const half = first + Math.floor((position - (sittingStart[sitting] as number)) / STRIDE);
  return Math.max(0, scores[Math.max(first, half - 1)] as number, scores[Math.min(last, half)] as number);
}
