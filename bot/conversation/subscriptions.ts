/**
 * Waits for answers to questions that found none.
 *
 * In: every room where something was said. Out: each subscription once, with the answer, when the talk since then gives one.
 */
import type { Answer, Excerpt } from '../../knowledge/index.js';
import type { Room } from '../chat/chat.js';
import { createRecent } from '../recent.js';
import type { Subscription, Subscriptions } from '../state/state.js';
import { asks } from './unasked.js';

/** Subscriptions of one person. */
export const PER_PERSON = 5;
const LIFETIME = 30 * 86_400_000;
/** A question is looked up when nobody has spoken for so long, ms, but not put off longer than this. */
export const QUIET = 60_000;
export const PUT_OFF_AT_MOST = 5 * 60_000;
/** The same question is not looked up again within this time, ms. */
const SEEN_LATELY = 3 * 60_000;
const CAPACITY = 1_000;

/** Nobody waits longer than a month. */
export function lives({ since }: Subscription, now: number): boolean {
  return Math.abs(now - since) < LIFETIME;
}

export interface SubscriptionWatchOptions {
  readonly subscriptions: Subscriptions;
  /** Answers from what was said since; undefined where nothing may be said now. */
  readonly ask: (room: Room, subscription: Subscription) => Promise<Answer | undefined>;
  /** Tells the asker; called once for a subscription. */
  readonly tell: (room: Room, subscription: Subscription, answer: Answer) => Promise<void>;
  readonly onFault: (error: unknown) => void;
  /** Calls back after so many ms, unless what it returns is called first. */
  readonly later: (ms: number, call: () => void) => () => void;
  /** UTC instant, ms. */
  readonly clock: () => number;
}

/** @returns to be called whenever something was said in a room */
export function watchSubscriptions(options: SubscriptionWatchOptions): (room: Room) => void {
  const { subscriptions, ask, tell, onFault, later, clock } = options;
  const seen = createRecent<true>({ capacity: CAPACITY, lifetime: SEEN_LATELY, clock });
  const waiting = new Map<string, { readonly since: number; readonly cancel: () => void }>();
  const of = ({ topic }: Room) => subscriptions.all().filter(({ room }) => room === topic);

  const lookUp = async (room: Room): Promise<void> => {
    waiting.delete(room.id);
    for (const one of of(room)) {
      if (!lives(one, clock())) subscriptions.remove(one.id);
      else if (!seen.get(String(one.id))) {
        seen.put(String(one.id), true);
        const answer = await ask(room, one);
        const [first] = answer?.excerpts ?? [];
        if (answer?.answered && first && saysSomething(first, one) && subscriptions.remove(one.id)) await tell(room, one, answer);
      }
    }
  };

  return (room) => {
    const before = waiting.get(room.id);
    if (before === undefined && of(room).length === 0) return;
    const since = before?.since ?? clock();
    before?.cancel();
    const left = Math.max(0, Math.min(QUIET, since + PUT_OFF_AT_MOST - clock()));
    waiting.set(room.id, { since, cancel: later(left, () => void lookUp(room).catch(onFault)) });
  };
}

/** Whoever only asks the same again, or is the one who waits, has not answered. */
function saysSomething({ quotes }: Excerpt, { name }: Subscription): boolean {
  return quotes.some(({ text, speaker }) => speaker !== name && !asks(text));
}
