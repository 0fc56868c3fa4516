/**
 * Who spoke where, and under which ids of the chat: what a live person's names and id are compared with.
 *
 * In: a loaded archive. Out: speakers by number, and whom somebody's names and ids mean.
 */
import type { LoadedArchive } from '../archive/load.js';
import { bareId, loginOf } from '../people/logins.js';
import { EXPORTER, plainName } from '../people/names.js';
import { tidyName } from '../text/clean.js';
import type { Forgotten, KnownPerson, Message } from '../types.js';

export interface Roll {
  readonly archive: LoadedArchive;
  /** By room: 1 at the numbers of the speakers who spoke there. */
  readonly spokeIn: ReadonlyMap<string, Uint8Array>;
  /** By the id as the chat gave it. */
  readonly recordedUnder: ReadonlyMap<string, Recorded>;
  /** By login: the speakers who were recorded while it lasted. */
  readonly recordedIn: ReadonlyMap<string, ReadonlySet<number>>;
}

interface Recorded {
  readonly speakers: Set<number>;
  readonly logins: Set<string>;
}

export function rollOf(archive: LoadedArchive): Roll {
  const spokeIn = new Map<string, Uint8Array>();
  const recordedUnder = new Map<string, Recorded>();
  const recordedIn = new Map<string, Set<number>>();
  const note = (sender: string, speaker: number): void => {
    const id = bareId(sender);
    const recorded = recordedUnder.get(id) ?? { speakers: new Set(), logins: new Set() };
    recordedUnder.set(id, recorded);
    recorded.speakers.add(speaker);
    const login = loginOf(sender);
    if (login === undefined) return;
    recorded.logins.add(login);
    recordedIn.set(login, (recordedIn.get(login) ?? new Set()).add(speaker));
  };
  archive.messages.forEach(({ room, speaker }, i) => {
    let spoke = spokeIn.get(room);
    if (!spoke) {
      spoke = new Uint8Array(archive.people.speakers.length);
      spokeIn.set(room, spoke);
    }
    spoke[speaker] = 1;
    const { entry, copies } = archive.groups[i] as LoadedArchive['groups'][number];
    if (entry.sender !== undefined) note(entry.sender, speaker);
    for (const { sender } of copies) if (sender !== undefined) note(sender, speaker);
  });
  return { archive, spokeIn, recordedUnder, recordedIn };
}

/**
 * Numbers of the speakers who are meant: whoever was recorded under one of the ids, and whoever carries one of the names, if he
 * spoke in one of the rooms. Of those who carry a name nobody is meant who was heard under another id while one of these ids was:
 * two people may have one name.
 */
export function speakersMeant({ archive, spokeIn, recordedUnder, recordedIn }: Roll, who: Forgotten): ReadonlySet<number> {
  const recorded = (who.senders ?? []).flatMap((id) => recordedUnder.get(id) ?? []);
  const byId = new Set(recorded.flatMap(({ speakers }) => [...speakers]));
  const others = new Set(recorded.flatMap(({ logins }) => [...logins].flatMap((login) => [...(recordedIn.get(login) ?? [])])));
  const names = new Set(who.names.map(nameKey).filter((name) => name !== '' && name !== EXPORTER));
  const spoke = who.rooms?.flatMap((room) => spokeIn.get(room) ?? []);
  const isThere = (id: number): boolean => spoke === undefined || spoke.some((speakers) => speakers[id] === 1);
  const isNamed = (carried: readonly string[]): boolean => carried.some((name) => names.has(nameKey(name)));
  const meant = archive.people.speakers.filter(
    (speaker) => (byId.has(speaker.id) || (isNamed(speaker.names) && !others.has(speaker.id))) && isThere(speaker.id),
  );
  return new Set(meant.map(({ id }) => id));
}

/** Equal for two spellings of one name: exports lose the pictures in it. */
export function nameKey(name: string): string {
  const tidied = tidyName(name);
  return plainName(tidied) || tidied;
}

/** Names and messages, in these rooms, of whom {@link speakersMeant} means; undefined if he said nothing there. */
export function knownPerson(roll: Roll, who: Forgotten & { readonly rooms: readonly string[] }): KnownPerson | undefined {
  const meant = speakersMeant(roll, who);
  const rooms = new Set(who.rooms);
  const uses = new Map<string, number>();
  let messages = 0;
  const isHis = ({ speaker, room, kind }: Message): boolean => meant.has(speaker) && rooms.has(room) && kind !== 'bot';
  roll.archive.messages.forEach((message, i) => {
    if (!isHis(message)) return;
    messages++;
    for (const copy of roll.archive.groups[i]?.copies ?? []) uses.set(copy.name, (uses.get(copy.name) ?? 0) + 1);
    uses.set(message.name, (uses.get(message.name) ?? 0) + 1);
  });
  if (messages === 0) return undefined;
  return { names: [...uses].sort((a, b) => b[1] - a[1]).map(([name]) => name), messages };
}
