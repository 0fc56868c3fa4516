/**
 * A reply -> the message it certainly answers: by id where the transcript has ids, else by the quoted text.
 */
import type { People, RoomTalk } from '../people/people.js';
import type { Message } from '../types.js';
import type { Group } from './doubles.js';
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

/** What quotes and what may be meant: all that need be looked at for quotations. */
export interface Quotations {
  /** Room by room, each room's in time order. */
  readonly entries: readonly Entry[];
  /** The {@link quotationKey} of the entries that may be meant. */
  readonly keyOf: ReadonlyMap<Entry, string>;
}

/** Few messages are quoted; all others cost no more than a look at their beginnings. */
export function quotationsIn(rooms: readonly Pick<RoomTalk, 'entries' | 'beginnings' | 'quoting'>[]): Quotations {
  const keys = new Set<string>();
  const wanted = new Set<number>();
  for (const { entries, quoting } of rooms) {
    for (const place of quoting) {
      const { room, quoted } = entries[place] as Entry;
      if (!quoted || quoted.text === '') continue;
      keys.add(quotationKey(room, quoted.text));
      wanted.add(beginningOf(quoted.text));
    }
  }
  const found: Entry[] = [];
  const keyOf = new Map<Entry, string>();
  for (const { entries, beginnings, quoting } of rooms) {
    let quotes = 0;
    for (let i = 0; i < beginnings.length; i++) {
      const isQuoting = i === quoting[quotes];
      if (isQuoting) quotes++;
      const mayBeMeant = wanted.has(beginnings[i] as number);
      if (!isQuoting && !mayBeMeant) continue;
      const entry = entries[i] as Entry;
      const key = mayBeMeant ? quotationKey(entry.room, entry.text) : '';
      const isQuoted = keys.has(key);
      if (isQuoted) keyOf.set(entry, key);
      if (isQuoted || isQuoting) found.push(entry);
    }
  }
  return { entries: found, keyOf };
}

/** The first two characters of a tidied text, white space aside, as a number of 32 bits. */
export function beginningOf(text: string): number {
  let second = 1;
  while (text.charCodeAt(second) === 32 || text.charCodeAt(second) === 10) second++;
  return (text.charCodeAt(0) << 16) | text.charCodeAt(second);
}

/**
 * The function must be called for every group of copies in time order, with the messages before it; it returns the index
 * of the message that the group replies to, the latest if several could be meant.
 */
export function replyLinks(
  { keyOf }: Quotations,
  people: People,
): (group: Group, messages: readonly Message[]) => number | undefined {
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

  const link = (entry: Entry, messages: readonly Message[]): number | undefined =>
    (entry.replyTo === undefined ? undefined : byId.get(`${entry.room}\n${entry.replyTo}`)) ?? quotedBy(entry, messages);
  const note = ({ room, id }: Entry, index: number): void => {
    if (id !== undefined) byId.set(`${room}\n${id}`, index);
  };

  return ({ entry, copies }, messages) => {
    let target = link(entry, messages);
    for (const copy of copies) target ??= link(copy, messages);
    note(entry, messages.length);
    for (const copy of copies) note(copy, messages.length);
    const key = keyOf.get(entry);
    if (key !== undefined) {
      const list = byKey.get(key);
      if (list) list.push(messages.length);
      else byKey.set(key, [messages.length]);
    }
    return target;
  };
}
