/**
 * A reply -> the message it certainly answers: by id where the transcript has ids, else by the quoted text.
 */
import type { People } from '../people/people.js';
import type { Message } from '../types.js';
import type { Entry } from './read.js';

/** How far back (messages) a quotation may reach. People quote what is on their screen, or scroll up a day. */
const REACH = 6000;
/** A quotation is cut by some clients; this much of the beginning must agree (characters without white space). */
const BEGINNING = 12;

/** What a message and its quotation have in common. */
export function quotationKey(room: string, text: string): string {
  const beginning = text
    .slice(0, 4 * BEGINNING)
    .replace(/\s+/g, '')
    .slice(0, BEGINNING);
  return `${room}\n${beginning}`;
}

/** Texts that stand in a quotation somewhere: only those need be remembered. */
export function quotedKeys(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(entries.flatMap(({ room, quoted }) => (quoted && quoted.text !== '' ? [quotationKey(room, quoted.text)] : [])));
}

/**
 * The function must be called for every group of copies in time order, with the messages before it; it returns the index
 * of the message that the group replies to, the latest if several could be meant.
 */
export function replyLinks(
  entries: readonly Entry[],
  people: People,
): (group: readonly Entry[], messages: readonly Message[]) => number | undefined {
  const wanted = quotedKeys(entries);
  const byId = new Map<string, number>();
  const byKey = new Map<string, number[]>();

  const quotedBy = (entry: Entry, messages: readonly Message[]): number | undefined => {
    if (!entry.quoted || entry.quoted.text === '') return undefined;
    const { name, text } = entry.quoted;
    const candidates = (byKey.get(quotationKey(entry.room, text)) ?? []).filter((i) => messages.length - i <= REACH);
    const speakers = people.mentions(`@${name}`);
    return (
      candidates.findLast((i) => messages[i]?.name === name || speakers.includes(messages[i]?.speaker ?? -1)) ?? candidates.at(-1)
    );
  };

  return (group, messages) => {
    let target: number | undefined;
    for (const copy of group) {
      target ??= copy.replyTo === undefined ? undefined : byId.get(`${copy.room}\n${copy.replyTo}`);
      target ??= quotedBy(copy, messages);
    }
    for (const { room, id } of group) if (id !== undefined) byId.set(`${room}\n${id}`, messages.length);
    const first = group[0];
    const key = first && wanted.size > 0 ? quotationKey(first.room, first.text) : '';
    if (wanted.has(key)) {
      const list = byKey.get(key);
      if (list) list.push(messages.length);
      else byKey.set(key, [messages.length]);
    }
    return target;
  };
}
