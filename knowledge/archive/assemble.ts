/**
 * Entries of all files -> the archive in memory: Messages in time order, with speakers, doubles folded and replies linked.
 *
 * Pure. In: entries by file, what an admin stated about names. Out: messages (dense `index`), speakers.
 */
import { learnPeople, type People } from '../people/people.js';
import type { Message } from '../types.js';
import { type Doubles, findDoubles } from './doubles.js';
import { inWrittenOrder } from './order.js';
import type { Entry } from './read.js';
import { replyLinks } from './reply-links.js';

export interface Assembled {
  readonly messages: readonly Message[];
  readonly people: People;
  /** Copies that were folded into another message. */
  readonly doubles: number;
}

export function assemble(files: readonly (readonly Entry[])[], stated: readonly (readonly string[])[]): Assembled {
  const rooms = new Map<string, Entry[]>();
  for (const entries of files) {
    for (const entry of entries) {
      const room = rooms.get(entry.room);
      if (room) room.push(entry);
      else rooms.set(entry.room, [entry]);
    }
  }
  const found = [...rooms.values()].map((entries) => {
    const ordered = inWrittenOrder(entries);
    return { entries: ordered, doubles: findDoubles(ordered) };
  });
  const all = found.flatMap((part) => part.entries).sort((a, b) => a.at - b.at);
  const people = learnPeople({
    entries: all,
    pairs: mergePairs(found.map((part) => part.doubles.pairs)),
    merged: new Set(found.flatMap((part) => [...part.doubles.merged])),
    exporters: new Map(found.flatMap((part) => [...part.doubles.exporters])),
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
  const link = replyLinks(all, people);
  for (const group of ordered) {
    const entry = group[0] as Entry;
    const index = messages.length;
    const replyTo = link(group, messages);
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
