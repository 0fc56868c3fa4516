/**
 * Messages -> Threads: who talks with whom about what, interleaved conversations kept apart.
 */
import type { Message } from '../types.js';
import { type ThreadFinder, threadFinder } from './finder.js';
import { bestRow, SHIPPED, scoreBy } from './model.js';

/** Thread label of every message, by message index: the index of the thread's first message. `messages` in time order. */
export function findThreads(messages: readonly Message[]): Int32Array {
  const threads = growingThreads();
  for (const message of messages) threads.add(message);
  return threads.labels();
}

/** Threads that grow as people talk: after any number of messages they are those that {@link findThreads} finds in them. */
export function growingThreads(): ThreadFinder {
  const score = scoreBy(SHIPPED);
  return threadFinder((rows) => bestRow(rows, score));
}
