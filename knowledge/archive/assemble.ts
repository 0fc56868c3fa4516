/**
 * Entries of all files -> the archive in memory: Messages in time order, with speakers, doubles folded and replies linked.
 *
 * Pure. In: entries by file, what an admin stated about names. Out: messages (dense `index`), speakers.
 */
import { learnPeople, type People } from '../people/people.js';
import type { Message } from '../types.js';
import { findDoubles, type Doubles } from './doubles.js';
import type { Entry } from './read.js';

export interface Assembled {
  readonly messages: readonly Message[];
  readonly people: People;
  /** Copies that were folded into another message. */
  readonly doubles: number;
}

/** How far back (messages of the room) a quotation may reach. People quote what is on their screen, or scroll up a day. */
const QUOTE_REACH = 6000;
/** A quotation is cut by some clients; this much of the beginning must agree (characters without white space). */
const QUOTE_PREFIX = 12;

export function assemble(files: readonly (readonly Entry[])[], stated: readonly (readonly string[])[]): Assembled {
  const rooms = new Map<string, Entry[]>();
  for (const entries of files) {
    for (const entry of entries) {
      const room = rooms.get(entry.room);
      if (room) room.push(entry);
      else rooms.set(entry.room, [entry]);
    }
  }
  const found = [...rooms].map(([room, entries]) => {
    // The sort is stable: within one second the order of the transcript stays.
    entries.sort((a, b) => a.at - b.at);
    return { room, entries, doubles: findDoubles(entries) };
  });
  const all = found.flatMap((part) => part.entries).sort((a, b) => a.at - b.at);
  const people = learnPeople({
    entries: all,
    pairs: mergePairs(found.map((part) => part.doubles.pairs)),
    merged: new Set(found.flatMap((part) => [...part.doubles.merged])),
    stated,
  });

  const messages: Message[] = [];
  let copies = 0;
  const parts = found.map(({ entries, doubles }) => {
    const groups = groupCopies(entries, doubles);
    copies += entries.length - groups.length;
    return groups;
  });
  const ordered = parts.flat().sort((a, b) => (a[0] as Entry).at - (b[0] as Entry).at);
  const link = replyLinks();
  for (const group of ordered) {
    const entry = group[0] as Entry;
    const index = messages.length;
    const replyTo = link(entry, group, index, messages);
    messages.push({
      index,
      room: entry.room,
      file: entry.file,
      line: entry.line,
      copies: group.slice(1).map(({ file, line }) => ({ file, line })),
      at: entry.at,
      speaker: people.of(entry),
      name: entry.name,
      text: entry.text,
      kind: entry.kind,
      ...(entry.quoted ? { quoted: entry.quoted } : {}),
      ...(replyTo === undefined ? {} : { replyTo }),
      mentions: people.mentions(entry.text),
    });
  }
  return { messages, people, doubles: copies };
}

function groupCopies(entries: readonly Entry[], doubles: Doubles): Entry[][] {
  const groups: Entry[][] = [];
  const groupOf = new Map<number, Entry[]>();
  entries.forEach((entry, i) => {
    const leader = doubles.leader[i] as number;
    if (leader === i) {
      const group = [entry];
      groups.push(group);
      groupOf.set(i, group);
    } else groupOf.get(leader)?.push(entry);
  });
  return groups;
}

function mergePairs(parts: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>();
  for (const part of parts) for (const [pair, n] of part) sum.set(pair, (sum.get(pair) ?? 0) + n);
  return sum;
}

/** Finds the message that a reply quotes: by id where the transcript has ids, else by the quoted text, latest first. */
function replyLinks(): (entry: Entry, group: readonly Entry[], index: number, messages: readonly Message[]) => number | undefined {
  const byId = new Map<string, number>();
  const byStart = new Map<string, number[]>();
  const start = (room: string, text: string): string => `${room}\n${text.replace(/\s+/g, '').slice(0, QUOTE_PREFIX)}`;
  return (entry, group, index, messages) => {
    let target = entry.replyTo === undefined ? undefined : byId.get(`${entry.room}\n${entry.replyTo}`);
    if (target === undefined && entry.quoted && entry.quoted.text.trim() !== '') {
      const candidates = byStart.get(start(entry.room, entry.quoted.text)) ?? [];
      const named = candidates.findLast((i) => messages[i]?.name === entry.quoted?.name);
      const nearest = named ?? candidates.at(-1);
      if (nearest !== undefined && index - nearest <= QUOTE_REACH) target = nearest;
    }
    for (const copy of group) if (copy.id !== undefined) byId.set(`${copy.room}\n${copy.id}`, index);
    const key = start(entry.room, entry.text);
    const list = byStart.get(key);
    if (list) list.push(index);
    else byStart.set(key, [index]);
    return target;
  };
}
