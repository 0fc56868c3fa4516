/**
 * The messages of a window -> its conversations: the threads as far as they lie in it, with what each says.
 */
import type { Library } from '../library.js';
import type { Message, Thread } from '../types.js';
import { peopleIn } from './held.js';
import type { Substance } from './substance.js';

export interface Conversation {
  readonly thread: Thread;
  /** All of it in the window, in time order. */
  readonly messages: readonly Message[];
  /** Those that say something. */
  readonly telling: readonly Message[];
  /** People who said something. */
  readonly voices: number;
  /** Those of them who said a whole sentence: remarks and jokes make a talk lively, but not worth telling. */
  readonly contributors: number;
  /** Sum of what its messages say. */
  readonly substance: number;
}

/** Characters of a sentence that says something by itself, as a {@link Substance}. */
const SENTENCE = Math.log1p(12);

export function conversationsIn(
  { threads, threadOf }: Pick<Library, 'threads' | 'threadOf'>,
  said: readonly Message[],
  substance: Substance,
): readonly Conversation[] {
  const byThread = new Map<number, Message[]>();
  for (const message of said) {
    const number = threadOf[message.index] as number;
    const list = byThread.get(number);
    if (list) list.push(message);
    else byThread.set(number, [message]);
  }
  return [...byThread].map(([number, messages]) => {
    const telling = messages.filter((message) => substance(message) > 0);
    return {
      thread: threads[number] as Thread,
      messages,
      telling,
      voices: peopleIn(telling),
      contributors: peopleIn(telling.filter((message) => substance(message) >= SENTENCE)),
      substance: telling.reduce((sum, message) => sum + substance(message), 0),
    };
  });
}

/** ms: the same people who speak again within this time go on with their talk. */
const GOES_ON = 60 * 60_000;
/** Share of the smaller conversation's people who speak in the other too. */
const SAME_PEOPLE = 2 / 3;

/**
 * Whether two threads are one talk that was divided: the second begins within an hour of the end of the first, and nearly all
 * who say something in one do so in the other. Of the pairs of topics in eight days divided by hand that this joined, four of
 * five were one talk; the words that they share told nothing (measured 2026-11).
 */
export function isOneTalk(a: Conversation, b: Conversation): boolean {
  const [earlier, later] = a.thread.id < b.thread.id ? [a, b] : [b, a];
  const gap = (later.messages[0] as Message).at - (earlier.messages.at(-1) as Message).at;
  if (a.thread.room !== b.thread.room || gap < 0 || gap > GOES_ON) return false;
  const people = peopleOf(a);
  const both = [...peopleOf(b)].filter((speaker) => people.has(speaker)).length;
  return both >= 2 && both >= SAME_PEOPLE * Math.min(a.voices, b.voices);
}

function peopleOf({ telling }: Conversation): ReadonlySet<number> {
  return new Set(telling.map(({ speaker }) => speaker));
}
