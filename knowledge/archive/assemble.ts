/**
 * Entries of all files -> the archive in memory: Messages in time order, with speakers, doubles folded and replies linked.
 *
 * Pure. In: entries by file, what an admin stated about names, and an earlier result, of which whatever still holds is taken
 * over. Out: messages (dense `index`), speakers; the same with and without an earlier result.
 */
import { learnPeople, type People } from '../people/people.js';
import type { Message } from '../types.js';
import { type Group, kindOfGroup } from './doubles.js';
import { sumOfPairs } from './name-pairs.js';
import type { Entry } from './read.js';
import { quotationsIn, replyLinks } from './reply-links.js';
import { type RoomPart, roomPart } from './spans.js';

export interface Assembled {
  readonly messages: readonly Message[];
  /** The copies behind each message. */
  readonly groups: readonly Pick<Group, 'entry' | 'copies'>[];
  readonly people: People;
  /** Copies that were folded into another message. */
  readonly doubles: number;
  readonly rooms: ReadonlyMap<string, RoomPart>;
}

export function assemble(
  files: readonly (readonly Entry[])[],
  stated: readonly (readonly string[])[],
  before?: Assembled,
): Assembled {
  const rooms = roomsOf(files, before);
  const parts = [...rooms.values()];
  const spans = parts.flatMap((part) => part.spans);
  const groups = merged(
    parts.map((part) => part.groups),
    (group) => group.entry.at,
  );
  const entries = parts.reduce((sum, part) => sum + part.entries.length, 0);
  const quotations = quotationsIn(parts);
  const { people, speakerOf } = learnPeople({
    voices: merged(
      parts.map((part) => part.spans.flatMap((span) => span.voices)),
      (voice) => voice.entry.at,
    ),
    rooms: parts,
    quotations,
    pairs: sumOfPairs(parts.map((part) => part.pairs)),
    merged: new Set(spans.flatMap((span) => [...span.comparison.merged])),
    exporters: new Map(spans.flatMap((span) => [...span.folded.exporters])),
    stated,
  });

  const link = replyLinks(quotations, people);
  const earlier = before && earlierMessages(before);
  const namesMeanTheSame = before !== undefined && areSame(before.people.speakerOf, people.speakerOf);
  const messages: Message[] = [];
  for (const group of groups) {
    const { entry, voice, copies } = group;
    const index = messages.length;
    const speaker = speakerOf.get(voice) as number;
    const replyTo = link(group, messages);
    const known = earlier?.(group);
    const mentions = known && namesMeanTheSame ? known.mentions : people.mentions(entry.text);
    if (known?.index === index && known.speaker === speaker && known.replyTo === replyTo && areEqual(known.mentions, mentions)) {
      messages.push(known);
      continue;
    }
    messages.push({
      index,
      room: entry.room,
      file: entry.file,
      line: entry.line,
      copies: copies.length === 0 ? NONE : copies.map(({ file, line }) => ({ file, line })),
      at: entry.at,
      speaker,
      name: entry.name,
      text: entry.text,
      kind: kindOfGroup(group),
      ...(entry.quoted ? { quoted: entry.quoted } : {}),
      ...(replyTo === undefined ? {} : { replyTo }),
      mentions,
    });
  }
  return { messages, groups, people, doubles: entries - groups.length, rooms };
}

const NONE: readonly never[] = [];

/** The message that a group was before, if it was one. To be asked for groups in time order. */
function earlierMessages({ groups, messages }: Assembled): (group: Group) => Message | undefined {
  let next = 0;
  return (group) => {
    while (next < groups.length && groups[next] !== group && (groups[next] as Group).entry.at < group.entry.at) next++;
    return groups[next] === group ? messages[next++] : undefined;
  };
}

/** Also in order: a text that may mean two names means the first. */
function areSame(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  if (a.size !== b.size) return false;
  const others = b.entries();
  for (const [name, speaker] of a) {
    const [otherName, otherSpeaker] = others.next().value as [string, number];
    if (name !== otherName || speaker !== otherSpeaker) return false;
  }
  return true;
}

function roomsOf(files: readonly (readonly Entry[])[], before: Assembled | undefined): ReadonlyMap<string, RoomPart> {
  const byRoom = new Map<string, (readonly Entry[])[]>();
  for (const entries of files) {
    const room = entries[0]?.room;
    if (room === undefined) continue;
    const list = byRoom.get(room);
    if (list) list.push(entries);
    else byRoom.set(room, [entries]);
  }
  return new Map([...byRoom].map(([room, list]) => [room, roomPart(list, before?.rooms.get(room))]));
}

/** Lists in time order, merged into one; at one instant the earlier list comes first. */
function merged<Timed>(lists: readonly (readonly Timed[])[], at: (one: Timed) => number): readonly Timed[] {
  if (lists.length <= 1) return lists[0] ?? [];
  const half = Math.ceil(lists.length / 2);
  const [a, b] = [merged(lists.slice(0, half), at), merged(lists.slice(half), at)];
  const all: Timed[] = [];
  let i = 0;
  for (const one of b) {
    const until = at(one);
    while (i < a.length && at(a[i] as Timed) <= until) all.push(a[i++] as Timed);
    all.push(one);
  }
  while (i < a.length) all.push(a[i++] as Timed);
  return all;
}

function areEqual(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((one, i) => one === b[i]);
}
