/**
 * Speaking unasked (自动): a question to nobody, which nobody answered, and which the archive answers for certain.
 *
 * In: everything said in rooms where it is switched on. Out: the questions that are due for an answer, after a minute.
 */
import type { IncomingMessage, Room } from '../chat/chat.js';
import { withoutQuoted } from './mention.js';

/** How long people have to answer first, ms. */
export const PEOPLE_FIRST = 60_000;
/** Unasked answers a day in a room. */
export const UNASKED_A_DAY = 5;
const ASKS = /[?？]\s*$|(怎么|怎样|如何|什么|哪|谁|多少|多大|为什么|有没有|能不能)[^。！!]*$/;
/** UTF-16 units: shorter ones ("真的吗？") ask about what was just said. */
const SHORTEST = 6;
/** Nor is a whole article a question to anybody. */
const LONGEST = 300;

export interface UnaskedOptions {
  readonly isOn: (room: Room) => boolean;
  /** Called when nobody has answered for {@link PEOPLE_FIRST}. */
  readonly due: (message: IncomingMessage & { readonly room: Room }) => void;
  /** Calls back after so many ms, unless what it returns is called first. */
  readonly later: (ms: number, call: () => void) => () => void;
}

/** Whoever else says something in the room is taken to answer: wrongly silent is better than wrongly speaking. */
export function createUnasked({ isOn, due, later }: UnaskedOptions): (message: IncomingMessage) => void {
  const open = new Map<string, { readonly asker: string; readonly cancel: () => void }>();

  return (message) => {
    const { room } = message;
    if (room === undefined || !isOn(room)) return;
    const current = open.get(room.id);
    if (current !== undefined && current.asker !== message.sender.id) {
      current.cancel();
      open.delete(room.id);
    }
    if (message.self || open.has(room.id) || !asksAnybody(message)) return;
    const cancel = later(PEOPLE_FIRST, () => {
      open.delete(room.id);
      due({ ...message, room });
    });
    open.set(room.id, { asker: message.sender.id, cancel });
  };
}

/** A question in plain words, to nobody in particular and about no quoted message. */
function asksAnybody({ kind, text }: IncomingMessage): boolean {
  const said = text.trim();
  if (kind !== 'text' || said.length < SHORTEST || said.length > LONGEST || /[@＠]/.test(said) || withoutQuoted(text) !== text)
    return false;
  return asks(said);
}

/** Whether a text ends as questions do. */
export function asks(text: string): boolean {
  return ASKS.test(text.slice(-LONGEST));
}
