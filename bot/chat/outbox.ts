/**
 * Replies on their way out: one at a time, in order, not too fast, not too many.
 *
 * In: the bubbles of one reply and where they belong. Out: a promise that is fulfilled when all of them are sent or given up.
 * Nothing is ever sent twice: only what certainly never left is tried again.
 */
import type { Logger } from 'pino';
import { reasonOf } from '../reason.js';
import { BUBBLE_LENGTH } from '../reply/bubble.js';
import { splitAtLines } from '../reply/clip.js';
import { createTurns } from '../turns.js';
import { type Chat, type Content, type Destination, SendError } from './chat.js';

export interface OutboxOptions {
  readonly send: Chat['send'];
  /** Waits before the next text may go out. WeChat refuses accounts that type faster than people. */
  readonly pause: () => Promise<void>;
  /** Waits so many ms. */
  readonly wait: (ms: number) => Promise<void>;
  /** UTC instant, ms. */
  readonly clock: () => number;
  /** Whether one more may be sent today; counts it. */
  readonly spend: () => boolean;
  /** Called for everything that was accepted. */
  readonly onSent?: (to: Destination, content: Content) => void;
  /** The platform wants less: nothing goes out for so many ms. */
  readonly onRest?: (ms: number) => void;
  readonly log: Logger;
}

/** What became of a reply, judged by its first bubble. `unsure`: nobody knows whether it arrived. */
export type Outcome = 'sent' | 'unsent' | 'unsure';

export interface Outbox {
  /**
   * @param begin asked in the very moment before the first bubble leaves; false: nothing is sent. With it nothing is tried
   * again here, for whoever keeps account of sending must hear of each try.
   */
  post(to: Destination, bubbles: readonly Content[], begin?: () => boolean): Promise<Outcome>;
  /** Replies that wait or are being sent. */
  waiting(): number;
  /** The platform complained outside of a send. */
  rest(): void;
}

/** Tried again after so many ms, if the server could not be reached. */
const RETRIES = [2_000, 8_000, 20_000];
/** A reply later than this answers what nobody remembers asking, ms. */
const STALE = 5 * 60_000;
/** The first rest, ms; each that follows within {@link FORGIVEN} is twice as long, at most {@link LONGEST_REST}. */
const FIRST_REST = 60_000;
const LONGEST_REST = 60 * 60_000;
const FORGIVEN = 2 * 60 * 60_000;

/** A reply that cannot be sent is logged and its remaining bubbles dropped: a thread with a hole would mislead. */
export function createOutbox({ send, pause, wait, clock, spend, onSent, onRest, log }: OutboxOptions): Outbox {
  const inTurn = createTurns();
  let waiting = 0;
  let resting = { until: Number.NEGATIVE_INFINITY, ms: 0 };

  /** ms. A clock that was set back before the rest began ends it, or it would last as long as the clock lags. */
  const restLeft = () => {
    const left = resting.until - clock();
    return left > resting.ms ? 0 : left;
  };
  const rest = () => {
    // Several complaints about the same burst are one.
    if (restLeft() > 0) return;
    const ms = clock() - resting.until > FORGIVEN ? FIRST_REST : Math.min(resting.ms * 2, LONGEST_REST);
    resting = { until: clock() + ms, ms };
    onRest?.(ms);
  };

  const deliver = async (to: Destination, content: Content, retries: readonly number[]): Promise<void> => {
    for (const delay of [...retries, undefined]) {
      try {
        return await send(to, content);
      } catch (error) {
        if (!(error instanceof SendError) || error.kind !== 'unreached' || delay === undefined) throw error;
        await wait(delay);
      }
    }
  };

  const sendReply = async (
    to: Destination,
    parts: readonly Content[],
    since: number,
    begin?: () => boolean,
  ): Promise<Outcome> => {
    for (const [i, part] of parts.entries()) {
      const dropped = parts.length - i;
      const drop = (why: string): Outcome => {
        log.warn({ to, dropped }, why);
        return i === 0 ? 'unsent' : 'sent';
      };
      while (restLeft() > 0) await wait(restLeft());
      if (clock() - since > STALE) return drop('a reply waited too long and was dropped');
      if (!spend()) return drop('DAILY_CAP is reached, a reply was dropped');
      if (i === 0 && begin?.() === false) return 'unsent';
      try {
        await deliver(to, part, begin ? [] : RETRIES);
      } catch (error) {
        log.error({ to, reason: reasonOf(error), dropped }, 'a reply could not be sent');
        const kind = error instanceof SendError ? error.kind : 'other';
        if (kind === 'restricted') rest();
        if (i > 0) return 'sent';
        return kind === 'other' ? 'unsure' : 'unsent';
      }
      onSent?.(to, part);
      await pause();
    }
    return 'sent';
  };

  return {
    async post(to, bubbles, begin) {
      const since = clock();
      waiting += 1;
      try {
        return await inTurn(() => sendReply(to, bubbles.flatMap(parts), since, begin));
      } finally {
        waiting -= 1;
      }
    },
    waiting: () => waiting,
    rest,
  };
}

/** Bytes in UTF-8 that WeChat certainly takes as one text. A digest uses them all. */
const BUBBLE_BYTES = 2_048;

/** Whatever the reply is made of, no message is empty (WeChat would send it) or longer than a bubble. */
function parts(content: Content): readonly Content[] {
  if (typeof content !== 'string') return [content];
  const texts = Buffer.byteLength(content) <= BUBBLE_BYTES ? [content] : splitAtLines(content, BUBBLE_LENGTH);
  return texts.filter((text) => text.trim() !== '');
}
