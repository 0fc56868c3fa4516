/**
 * Replies on their way out: one at a time, in order, not too fast.
 *
 * In: the bubbles of one reply and where they belong. Out: a promise that is fulfilled when all of them are sent or given up.
 */
import type { Logger } from 'pino';
import { reasonOf } from '../reason.js';
import { createTurns } from '../turns.js';
import type { Chat, Destination } from './chat.js';

export interface OutboxOptions {
  readonly send: Chat['send'];
  /** Waits before the next text may go out. WeChat refuses accounts that type faster than people. */
  readonly pause: () => Promise<void>;
  readonly log: Logger;
}

/** A reply that cannot be sent is logged and its remaining bubbles dropped: a thread with a hole would mislead. */
export function createOutbox({
  send,
  pause,
  log,
}: OutboxOptions): (to: Destination, bubbles: readonly string[]) => Promise<void> {
  const inTurn = createTurns();
  return (to, bubbles) =>
    inTurn(async () => {
      for (const [i, bubble] of bubbles.entries()) {
        try {
          await send(to, bubble);
        } catch (error) {
          log.error({ to, reason: reasonOf(error), dropped: bubbles.length - i }, 'a reply could not be sent');
          return;
        }
        await pause();
      }
    });
}
