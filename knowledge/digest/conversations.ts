/**
 * The messages of a window -> its conversations: the threads as far as they lie in it, with what each says.
 */
import type { Library } from '../library.js';
import type { Message, Thread } from '../types.js';
import type { Substance } from './substance.js';

export interface Conversation {
  readonly thread: Thread;
  /** All of it in the window, in time order. */
  readonly messages: readonly Message[];
  /** Those that say something. */
  readonly telling: readonly Message[];
  /** People who said something. */
  readonly voices: number;
  /** Sum of what its messages say. */
  readonly substance: number;
}

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
      voices: new Set(telling.map(({ speaker }) => speaker)).size,
      substance: telling.reduce((sum, message) => sum + substance(message), 0),
    };
  });
}
