/**
 * Messages -> Threads.
 */
import type { Message } from '../types.js';

/** Thread label of every message, by message index: the index of the thread's first message. `messages` in time order. */
export function findThreads(messages: readonly Message[]): Int32Array {
  const labels = new Int32Array(messages.length);
  const last = new Map<string, { label: number; at: number }>();
  for (const message of messages) {
    const open = last.get(message.room);
    const label = open && message.at - open.at <= 20 * 60_000 ? open.label : message.index;
    labels[message.index] = label;
    last.set(message.room, { label, at: message.at });
  }
  return labels;
}
