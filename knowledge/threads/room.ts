/**
 * What a room remembers of its conversations while it goes on: the threads that somebody may still answer.
 *
 * In: messages, in time order, each with the thread it was put into. Out: the open threads, latest first, and the pace of the room.
 */
import type { Message } from '../types.js';
import type { Signs } from './signs.js';

/** A message as the threads see it. */
export interface Said {
  readonly message: Message;
  readonly signs: Signs;
  readonly terms: readonly number[];
  /** How rare each of `terms` is, in nats. */
  readonly rarities: readonly number[];
  /** How much its words are those that break a silence. */
  readonly opening: number;
  /** Its place in the room, counted from 0. */
  readonly order: number;
}

export interface Participant {
  readonly messages: number;
  readonly at: number;
}

export interface OpenThread {
  /** Index of its first message. */
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
  /** Usual logarithm of the seconds between its messages. */
  readonly pace: number;
}

type Growing = { -readonly [K in keyof OpenThread]: OpenThread[K] } & {
  recent: Said[];
  speakers: Map<number, Participant>;
  addressed: Map<number, number>;
  terms: Map<number, number>;
};

export interface Room {
  /** Latest activity first. */
  readonly threads: readonly OpenThread[];
  readonly previous: Said | undefined;
  /** Messages so far. */
  readonly order: number;
  /** Usual logarithm of 1 + the seconds between two messages. */
  readonly pace: number;
  /** Where and when a speaker was last heard. */
  readonly heard: ReadonlyMap<number, { readonly label: number; readonly at: number }>;
}

export interface GrowingRoom extends Room {
  /** Puts a message into the thread `label`, which is opened (again) if it is not open. */
  put(said: Said, label: number): void;
  /** Makes one thread of two; it goes on under the lower label. */
  join(one: number, other: number): void;
  /** The same room, to try something out. */
  copy(): GrowingRoom;
}

/** Threads that stay open in a room. */
export const OPEN = 4;
/** Messages of a thread that are looked at one by one. */
export const RECENT = 6;
/** How fast the pace follows: the share of the newest gap. */
const PACE_SHARE = 0.2;
/** Logarithm of the gap at which a thread or room is taken to begin: about two minutes. */
const FIRST_PACE = 4.8;

export function emptyRoom(): GrowingRoom {
  return roomOf({ threads: [], previous: undefined, order: 0, pace: FIRST_PACE, heard: new Map() });
}

interface State {
  threads: Growing[];
  previous: Said | undefined;
  order: number;
  pace: number;
  readonly heard: Map<number, { readonly label: number; readonly at: number }>;
}

function roomOf(state: State): GrowingRoom {
  return {
    get threads() {
      return state.threads;
    },
    get previous() {
      return state.previous;
    },
    get order() {
      return state.order;
    },
    get pace() {
      return state.pace;
    },
    heard: state.heard,
    put(said, label) {
      const { message } = said;
      if (state.previous) state.pace += PACE_SHARE * (logGap(state.previous.message.at, message.at) - state.pace);
      state.previous = said;
      state.order++;
      state.heard.set(message.speaker, { label, at: message.at });
      const thread = state.threads.find((open) => open.label === label) ?? newThread(label, said);
      append(thread, said);
      state.threads = [thread, ...state.threads.filter((other) => other !== thread)].slice(0, OPEN);
    },
    join(one, other) {
      const [first, second] = [Math.min(one, other), Math.max(one, other)];
      for (const [speaker, { label, at }] of state.heard) if (label === second) state.heard.set(speaker, { label: first, at });
      const kept = state.threads.find((thread) => thread.label === first);
      const gone = state.threads.find((thread) => thread.label === second);
      if (!gone) return;
      gone.label = first;
      if (!kept) return;
      absorb(kept, gone);
      state.threads = state.threads.filter((thread) => thread !== gone);
    },
    copy: () => roomOf({ ...state, threads: state.threads.map(copyThread), heard: new Map(state.heard) }),
  };
}

function copyThread(thread: Growing): Growing {
  return {
    ...thread,
    speakers: new Map(thread.speakers),
    addressed: new Map(thread.addressed),
    terms: new Map(thread.terms),
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
    pace: FIRST_PACE,
  };
}

function append(thread: Growing, said: Said): void {
  const { message, terms } = said;
  const last = thread.recent.at(-1);
  if (last) thread.pace += PACE_SHARE * (logGap(last.message.at, message.at) - thread.pace);
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
  kept.recent = [...kept.recent, ...gone.recent].sort((a, b) => a.order - b.order).slice(-RECENT);
  kept.size += gone.size;
}

/** Natural logarithm of 1 + the seconds from one instant to another. */
export function logGap(from: number, to: number): number {
  return Math.log1p(Math.max(0, to - from) / 1000);
}
