/**
 * Who spoke where, and under which ids of the chat: what a live person's names and id are compared with.
 *
 * In: a loaded archive. Out: speakers by number, and whom somebody's names and ids mean.
 */
import type { LoadedArchive } from '../archive/load.js';
import type { Entry } from '../archive/read.js';
import { bareId, loginOf } from '../people/logins.js';
import { EXPORTER, plainName } from '../people/names.js';
import { tidyName } from '../text/clean.js';
import type { Forgotten, KnownPerson, LivePerson, Message } from '../types.js';

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
  /** Names heard, each with its room -> when first. */
  readonly names: Map<string, number>;
}

export function rollOf(archive: LoadedArchive): Roll {
  const spokeIn = new Map<string, Uint8Array>();
  const recordedUnder = new Map<string, Recorded>();
  const recordedIn = new Map<string, Set<number>>();
  const note = ({ sender, room, name, alsoKnownAs, at }: Entry, speaker: number): void => {
    if (sender === undefined) return;
    const id = bareId(sender);
    const recorded = recordedUnder.get(id) ?? { speakers: new Set(), logins: new Set(), names: new Map() };
    recordedUnder.set(id, recorded);
    recorded.speakers.add(speaker);
    for (const heard of [name, ...alsoKnownAs].map((one) => nameThere(room, one))) {
      recorded.names.set(heard, Math.min(at, recorded.names.get(heard) ?? at));
    }
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
    for (const one of [entry, ...copies]) note(one, speaker);
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

/**
 * Names and messages, in these rooms, of whom {@link speakersMeant} means; where somebody else was heard under his names only of
 * what was said under his ids. Undefined if he said nothing there.
 */
export function knownPerson(roll: Roll, who: LivePerson): KnownPerson | undefined {
  const namesakes = namesakesOf(roll, who);
  const isShared = namesakes.length > 0;
  const meant = speakersMeant(roll, isShared ? { ...who, names: [] } : who);
  // Heard in two runs of the bot they may have been taken for one person.
  const isMixed = namesakes.some(({ speakers }) => [...speakers].some((speaker) => meant.has(speaker)));
  const rooms = new Set(who.rooms);
  const uses = new Map<string, number>();
  let messages = 0;
  const isHis = ({ speaker, room, kind }: Message): boolean => meant.has(speaker) && rooms.has(room) && kind !== 'bot';
  roll.archive.messages.forEach((message, i) => {
    if (isMixed || !isHis(message)) return;
    messages++;
    for (const copy of roll.archive.groups[i]?.copies ?? []) uses.set(copy.name, (uses.get(copy.name) ?? 0) + 1);
    uses.set(message.name, (uses.get(message.name) ?? 0) + 1);
  });
  if (messages === 0 && !isShared) return undefined;
  const names = [...uses].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  return { names, messages, ...(isShared ? { isShared } : {}) };
}

/**
 * Ids of one login are one person's each: whoever was heard under one of the names before, and under another id, is somebody
 * else, even if he has left since. Who comes later takes a name from nobody.
 */
function namesakesOf({ recordedUnder }: Roll, { rooms, names, senders = [], present = [] }: LivePerson): readonly Recorded[] {
  const recorded = (ids: readonly string[]) => ids.flatMap((id) => recordedUnder.get(id) ?? []);
  const logins = new Set(recorded([...senders, ...present]).flatMap((one) => [...one.logins]));
  const wanted = rooms.flatMap((room) => names.map((name) => nameThere(room, name)));
  const firstHeard = (one: Recorded): number =>
    Math.min(...wanted.map((name) => one.names.get(name) ?? Number.POSITIVE_INFINITY));
  const mine = Math.min(Number.POSITIVE_INFINITY, ...recorded(senders).map(firstHeard));
  return [...recordedUnder].flatMap(([id, one]) => {
    const isAnother = !senders.includes(id) && [...one.logins].some((login) => logins.has(login));
    return isAnother && firstHeard(one) < mine ? [one] : [];
  });
}

function nameThere(room: string, name: string): string {
  return `${room}\n${nameKey(name)}`;
}
