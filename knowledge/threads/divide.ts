/**
 * A stretch of talk -> its threads.
 *
 * In: messages in time order, and how likely each candidate is. Out: the label of every message. A message is put somewhere by
 * what was said before it, and stays there: what comes after it never moves it to another thread. Only whole threads may still
 * become one, when it turns out that their messages belong to both.
 */
import { rowWriter } from './features.js';
import { emptyRoom, type GrowingRoom, type OpenThread, type Room } from './room.js';
import type { Said } from './said.js';

/** Probability of each row: those of the open threads, then that of a new thread. The rows are lent for the call. */
export type Weigh = (rows: readonly Float64Array[], said: Said, room: Room) => readonly number[];

/**
 * Two threads are one when this many messages (as a sum of probabilities) could have belonged to either. Below 2.5 conversations
 * melt together; without it threads hold 0.005 fewer of the answers, cross-validated.
 */
const SHARED = 3;

/** Label of every message of a stretch: the place of the first message of its thread. */
export function divide(stretch: readonly Said[], weigh: Weigh): Int32Array {
  const room = emptyRoom();
  const rowsOf = rowWriter();
  const labels: number[] = [];
  /** Label of a thread that became part of another -> that thread's label, which is lower. */
  const joined = new Map<number, number>();
  const current = (label: number): number => {
    let last = label;
    for (let next = joined.get(last); next !== undefined; next = joined.get(last)) last = next;
    return last;
  };
  for (const said of stretch) {
    const { threads } = room;
    const likely = weigh(rowsOf(said, room), said, room);
    // What is certain needs no model, and would be too rare to teach it.
    const label =
      said.quotes === undefined
        ? (threads[likely.indexOf(Math.max(...likely))]?.label ?? said.order)
        : current(labels[said.quotes] ?? said.order);
    labels.push(label);
    room.put(said, label);
    const pair = inseparable(room, threads, likely);
    if (pair) {
      room.join(...pair);
      joined.set(pair[1], pair[0]);
    }
  }
  return Int32Array.from(labels, current);
}

/** Two threads that have shared too many messages by now, this one (by its probabilities) included. */
function inseparable(
  room: GrowingRoom,
  threads: Room['threads'],
  likely: readonly number[],
): readonly [number, number] | undefined {
  let found: readonly [number, number] | undefined;
  for (let i = 0; i < threads.length; i++) {
    for (let j = i + 1; j < threads.length; j++) {
      const one = (threads[i] as OpenThread).label;
      const other = (threads[j] as OpenThread).label;
      const sum = room.share(one, other, Math.min(likely[i] as number, likely[j] as number));
      if (sum > SHARED) found ??= [Math.min(one, other), Math.max(one, other)];
    }
  }
  return found;
}
