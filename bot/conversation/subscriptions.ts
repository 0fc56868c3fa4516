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
        if (answer?.answered && first && answers(first, one) && subscriptions.remove(one.id)) await tell(room, one, answer);
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

/**
 * Whether an excerpt answers, and does not only ask the same again: somebody else says something after a question in it, or
 * in the words of this one.
 */
function answers({ quotes }: Excerpt, { name, question }: Subscription): boolean {
  return quotes.some(
    ({ text, speaker }, i) =>
      speaker !== name && !asks(text) && (quotes.slice(0, i).some((before) => asks(before.text)) || sharesWords(text, question)),
  );
}

/** Two pairs of neighbouring characters in common are more than chance. */
function sharesWords(text: string, question: string): boolean {
  const letters = question.replace(/[^\p{L}\p{N}]/gu, '');
  const pairs = new Set(Array.from(letters.slice(1), (next, i) => `${letters[i]}${next}`));
  return [...pairs].filter((pair) => text.includes(pair)).length >= 2;
}
