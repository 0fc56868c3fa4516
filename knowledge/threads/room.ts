/**
 * What a room remembers of its conversations while it goes on: the threads that somebody may still answer.
 *
 * In: messages, in time order, each with the thread it was put into. Out: the open threads, latest first.
 */
import type { Said } from './said.js';

export interface Participant {
  readonly messages: number;
  readonly at: number;
}

export interface OpenThread {
  /** Place of its first message in the stretch. */
  readonly label: number;
  readonly opening: Said;
  readonly size: number;
  /** Newest last; at most {@link RECENT}. */
  readonly recent: readonly Said[];
  readonly speakers: ReadonlyMap<number, Participant>;
  /** Whom somebody addressed here, and as which message of the thread. */
  readonly addressed: ReadonlyMap<number, number>;
  /** Which message of the thread (from 0) said a term last. */
  readonly terms: ReadonlyMap<number, number>;
  /** How many messages might have belonged to another open thread just as well, by its label. */
  readonly shared: ReadonlyMap<number, number>;
}

type Growing = { -readonly [K in keyof OpenThread]: OpenThread[K] } & {
  recent: Said[];
  speakers: Map<number, Participant>;
  addressed: Map<number, number>;
  terms: Map<number, number>;
  shared: Map<number, number>;
};

export interface Room {
  /** Latest activity first. */
  readonly threads: readonly OpenThread[];
  readonly previous: Said | undefined;
  /** Messages so far. */
  readonly order: number;
  /** Where and when a speaker was last heard. */
  readonly heard: ReadonlyMap<number, { readonly label: number; readonly at: number }>;
}

export interface GrowingRoom extends Room {
  /** Puts a message into the thread `label`, which is opened (again) if it is not open. */
  put(said: Said, label: number): void;
  /** Notes that `by` of a message (0..1) might belong to either thread, and says how much that is by now. */
  share(one: number, other: number, by: number): number;
  /** Makes the thread `gone` a part of `kept`, which began earlier. */
  join(kept: number, gone: number): void;
}

/** Threads that stay open in a room. */
const OPEN = 4;
/** Messages of a thread that are looked at one by one. */
export const RECENT = 6;

export function emptyRoom(): GrowingRoom {
  let threads: Growing[] = [];
  let previous: Said | undefined;
  let order = 0;
  const heard = new Map<number, { readonly label: number; readonly at: number }>();
  const find = (label: number): Growing | undefined => threads.find((thread) => thread.label === label);
  return {
    get threads() {
      return threads;
    },
    get previous() {
      return previous;
    },
    get order() {
      return order;
    },
    heard,
    put(said, label) {
      const { message } = said;
      previous = said;
      order++;
      heard.set(message.speaker, { label, at: message.at });
      const thread = find(label) ?? newThread(label, said);
      append(thread, said);
      threads = [thread, ...threads.filter((other) => other !== thread)].slice(0, OPEN);
    },
    share(one, other, by) {
      const thread = find(Math.max(one, other));
      const label = Math.min(one, other);
      const sum = (thread?.shared.get(label) ?? 0) + by;
      thread?.shared.set(label, sum);
      return sum;
    },
    join(kept, gone) {
      for (const [speaker, { label, at }] of heard) if (label === gone) heard.set(speaker, { label: kept, at });
      const earlier = find(kept);
      const later = find(gone);
      if (!later) return;
      if (earlier) {
        absorb(earlier, later);
        threads = threads.filter((thread) => thread !== later);
      } else later.label = kept;
    },
  };
}

function newThread(label: number, opening: Said): Growing {
  return {
    label,
    opening,
    size: 0,
    recent: [],
    speakers: new Map(),
    addressed: new Map(),
    terms: new Map(),
    shared: new Map(),
  };
}

function append(thread: Growing, said: Said): void {
  const { message, terms } = said;
  for (const term of terms) thread.terms.set(term, thread.size);
  for (const speaker of message.mentions) thread.addressed.set(speaker, thread.size);
  thread.addressed.delete(message.speaker);
  thread.speakers.set(message.speaker, {
    messages: (thread.speakers.get(message.speaker)?.messages ?? 0) + 1,
    at: message.at,
  });
  thread.recent = [...thread.recent, said].slice(-RECENT);
  thread.size++;
}

function absorb(kept: Growing, gone: Growing): void {
  for (const [term, at] of gone.terms) kept.terms.set(term, kept.size + at);
  for (const [speaker, at] of gone.addressed) kept.addressed.set(speaker, kept.size + at);
  for (const [speaker, { messages, at }] of gone.speakers) {
    const before = kept.speakers.get(speaker);
    kept.speakers.set(speaker, { messages: messages + (before?.messages ?? 0), at: Math.max(at, before?.at ?? at) });
  }
  for (const [label, by] of gone.shared) if (label !== kept.label) kept.shared.set(label, by + (kept.shared.get(label) ?? 0));
  kept.recent = [...kept.recent, ...gone.recent].sort((a, b) => a.order - b.order).slice(-RECENT);
  kept.size += gone.size;
}

/** Natural logarithm of 1 + the seconds from one instant to another. */
export function logGap(from: number, to: number): number {
  return Math.log1p(Math.max(0, to - from) / 1000);
}
