/**
 * Threads <-> the keys by which the world outside names them.
 *
 * A key says when the thread's first message was said, and is checked by its room and text: so it means the same thread after a
 * reload, after a restart, when people go on talking and when a second export of the same day comes in.
 */
import type { Library } from './library.js';
import { markOf, printOf } from './marks.js';
import type { Message, Thread } from './types.js';

export function keyOfThread({ archive: { messages } }: Library, thread: Thread): string {
  const first = messages[thread.messages[0] as number] as Message;
  const alike = alikeInTheirInstant(messages, first.at, printOf(first));
  const place = alike.indexOf(first);
  return `${markOf(first)}${place > 0 ? `-${place}` : ''}`;
}

/** The thread of the message that a key names, even if it is no longer the first one; undefined if no message is meant. */
export function threadOfKey(library: Library, key: string): Thread | undefined {
  const [, mark = '', place] = /^([^-]*-[^-]*)(?:-([1-9]\d{0,4}))?$/.exec(key) ?? [];
  const message = messagesOfMark(library, mark)[Number(place ?? 0)];
  return message && library.threads[library.threadOf[message.index] as number];
}

/** The messages that a mark names: none, or one as a rule. */
export function messagesOfMark({ archive: { messages } }: Library, mark: string): readonly Message[] {
  const [, at, print = ''] = /^([0-9a-z]{1,10})-([0-9a-z]{1,7})$/.exec(mark) ?? [];
  return at === undefined ? [] : alikeInTheirInstant(messages, Number.parseInt(at, 36), print);
}

/** Messages of one instant with one print, in order: as a rule there is one. */
function alikeInTheirInstant(messages: readonly Message[], at: number, print: string): readonly Message[] {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle] as Message).at < at) low = middle + 1;
    else high = middle;
  }
  const alike: Message[] = [];
  for (let i = low; messages[i]?.at === at; i++)
    if (printOf(messages[i] as Message) === print) alike.push(messages[i] as Message);
  return alike;
}
