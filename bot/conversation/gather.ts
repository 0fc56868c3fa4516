/**
 * People write one question in several messages: "@群史 问一下", "PETG 拉丝怎么调？".
 *
 * In: messages in the order of arrival. Out: the same messages handed on; those of one person that belong together as one.
 */
import type { IncomingMessage } from '../chat/chat.js';
import { createRecent } from '../recent.js';
import { announces, asksSomething } from './asking.js';
import { maybeMisspoken } from './commands/misspoken.js';
import { commandIn } from './commands/table.js';
import { calledWith, withoutQuoted } from './mention.js';

/** How long a call that asks nothing yet waits for the rest, ms. */
export const GATHERED_WITHIN = 8_000;

/** One message, or several that were made one. */
export interface Gathered {
  readonly message: IncomingMessage;
  /** As they came. */
  readonly parts: readonly IncomingMessage[];
}

export interface GatherOptions {
  readonly hand: (gathered: Gathered) => Promise<void>;
  /** Calls back after so many ms, unless what it returns is called first. */
  readonly later: (ms: number, call: () => void) => () => void;
  /** UTC instant, ms. */
  readonly clock: () => number;
}

/** People whose last question is remembered. */
const ASKERS = 1_000;

export interface Gather {
  /** Fulfilled when the message was dealt with, or waits for more. */
  take(message: IncomingMessage): Promise<void>;
  /** Hands on whatever still waits. */
  flush(): void;
}

export function createGather({ hand, later, clock }: GatherOptions): Gather {
  const waiting = new Map<string, Gathered & { readonly cancel: () => void }>();
  const justAsked = createRecent<IncomingMessage>({ capacity: ASKERS, lifetime: GATHERED_WITHIN, clock });

  const release = async (key: string): Promise<void> => {
    const held = waiting.get(key);
    if (held === undefined) return;
    waiting.delete(key);
    held.cancel();
    await hand({ message: held.message, parts: held.parts });
  };

  return {
    async take(message) {
      const key = JSON.stringify([message.room?.id, message.sender.id]);
      const held = waiting.get(key);
      if (held !== undefined && goesOn(message)) {
        const joined = join(held.message, message);
        waiting.set(key, { message: joined, parts: [...held.parts, message], cancel: held.cancel });
        return isUnfinished(joined) ? undefined : release(key);
      }
      // What does not belong to it ends the question; it goes first, for it was said first.
      const before = release(key);
      if (isUnfinished(message)) {
        // Asked first and called then, or delivered in that order: a call takes the client longer to read.
        const question = justAsked.get(key);
        justAsked.drop(key);
        if (question !== undefined) return hand({ message: join(message, question), parts: [message] });
        const cancel = later(GATHERED_WITHIN, () => void release(key));
        waiting.set(key, { message, parts: [message], cancel });
        return before;
      }
      if (asksNobody(message)) justAsked.put(key, message);
      await Promise.all([before, hand({ message, parts: [message] })]);
    },
    flush() {
      for (const key of [...waiting.keys()]) void release(key);
    },
  };
}

function join(call: IncomingMessage, more: IncomingMessage): IncomingMessage {
  return { ...call, text: `${call.text}\n${more.text}` };
}

const GOES_ON = /[，,、：:…]$/;

/** Whether this calls the bot without a question that could be answered yet. */
function isUnfinished(message: IncomingMessage): boolean {
  if (message.self || message.room === undefined || message.kind !== 'text') return false;
  const said = calledWith(message.text, message.botNames)?.trim();
  if (said === undefined || commandIn(said) !== undefined || maybeMisspoken(said)) return false;
  return !asksSomething(said) || announces(said) || GOES_ON.test(said);
}

/** Whether this may be the rest of a question: plain words to nobody else. */
function goesOn(message: IncomingMessage): boolean {
  if (message.self || message.kind !== 'text' || withoutQuoted(message.text) !== message.text) return false;
  const said = calledWith(message.text, message.botNames) ?? message.text;
  return commandIn(said) === undefined && !/[@＠]\S/.test(said);
}

function asksNobody(message: IncomingMessage): boolean {
  return message.room !== undefined && goesOn(message) && asksSomething(message.text) && !calls(message);
}

function calls(message: IncomingMessage): boolean {
  return calledWith(message.text, message.botNames) !== undefined;
}
