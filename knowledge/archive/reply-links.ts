/**
 * A reply -> the message it certainly answers: by id where the transcript has ids, else by the quoted text.
 */
import type { People, RoomTalk } from '../people/people.js';
import type { Message, QuotedMessage } from '../types.js';
import type { Group } from './doubles.js';
import type { Entry } from './read.js';

/** How far back (messages) a quotation may reach. People quote what is on their screen, or scroll up a day. */
const REACH = 6000;
/** A quotation is cut by some clients; this much of the beginning must agree (characters without white space). */
const BEGINNING = 12;
/** Places, a power of two: the few hundred quotations of an archive leave nearly all of them free. */
const SIEVE = 1 << 16;

/** What a message and its quotation have in common. */
export function quotationKey(room: string, text: string): string {
  const beginning = text
    .slice(0, 4 * BEGINNING)
    .replace(/\s+/g, '')
    .slice(0, BEGINNING);
  return `${room}\n${beginning}`;
}

/** A name is no longer; characters. */
const LONGEST_NAME = 40;

/** A printed quotation is divided at its first colon. Where the name holds one, it was meant to be divided at a later one. */
function laterDivisions({ name, text }: QuotedMessage): readonly QuotedMessage[] {
  const line = /^.*/.exec(text)?.[0] ?? '';
  return [...line.slice(0, LONGEST_NAME).matchAll(/[：:]/g)].map(({ index }) => ({
    name: `${name}${line.slice(0, index)}`,
    text: text.slice(index + 1).trim(),
  }));
}

/** A name without what a printed quotation may have changed of it. */
function bareName(name: string): string {
  return name.replace(/[\s：:]/g, '');
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
  /** 1 where a text may begin like something quoted; others may fall on the same place. */
  const wanted = new Uint8Array(SIEVE);
  for (const { entries, quoting } of rooms) {
    for (const place of quoting) {
      const { room, quoted } = entries[place] as Entry;
      if (!quoted || quoted.text === '') continue;
      for (const { text } of [quoted, ...laterDivisions(quoted)]) {
        keys.add(quotationKey(room, text));
        wanted[placeInSieve(beginningOf(text))] = 1;
      }
    }
  }
  const found: Entry[] = [];
  const keyOf = new Map<Entry, string>();
  for (const { entries, beginnings, quoting } of rooms) {
    let quotes = 0;
    for (let i = 0; i < beginnings.length; i++) {
      const isQuoting = i === quoting[quotes];
      if (isQuoting) quotes++;
      const mayBeMeant = wanted[placeInSieve(beginnings[i] as number)] === 1;
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

function placeInSieve(beginning: number): number {
  return (beginning ^ (beginning >>> 16)) & (SIEVE - 1);
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
    const { name } = entry.quoted;
    const candidates = saying(entry.quoted, entry, messages);
    const speakers = people.mentions(`@${name}`);
    const said = candidates.findLast((i) => messages[i]?.name === name || speakers.includes(messages[i]?.speaker ?? -1));
    return said ?? candidates.at(-1) ?? laterQuotedBy(entry.quoted, entry, messages);
  };
  const saying = ({ text }: QuotedMessage, { room }: Entry, messages: readonly Message[]): readonly number[] =>
    (text === '' ? [] : (byKey.get(quotationKey(room, text)) ?? [])).filter((i) => messages.length - i <= REACH);
  /** Only if the name fits, for part of a text is easily the text of somebody else. */
  const laterQuotedBy = (quoted: QuotedMessage, entry: Entry, messages: readonly Message[]): number | undefined => {
    for (const later of laterDivisions(quoted)) {
      const isMeant = (name: string | undefined): boolean => name !== undefined && bareName(name) === bareName(later.name);
      const found = saying(later, entry, messages).findLast((i) => {
        const message = messages[i];
        return isMeant(message?.name) || (people.speakers[message?.speaker ?? -1]?.names ?? []).some(isMeant);
      });
      if (found !== undefined) return found;
    }
    return undefined;
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
