/**
 * Display names, group cards and @names -> one Speaker.
 *
 * In: what was said in the archive and by which voices, the doubles found in them, what an admin stated. Out: the speaker of every
 * printed name and what an @name stands for. Evidence, from certain to likely: an admin's word; a sender id; both copies of
 * a double; a quotation; a group card that begins with the nickname; an @name that the same person keeps answering. Names that talk
 * to each other on one day are two people, whatever likely evidence says (a person has one name a day, doubles aside).
 */
import type { Entry } from '../archive/read.js';
import type { Quotations } from '../archive/reply-links.js';
import type { Speaker } from '../types.js';
import { identities } from './identity.js';
import { mentionReader } from './mentions.js';
import { type NameSets, nameSets } from './name-sets.js';
import { EXPORTER, ownName, plainName } from './names.js';
import { joinByOwnName } from './own-names.js';
import { joinByQuotations } from './quotations.js';
import { type Call, joinByReplies } from './replies.js';
import type { Voice } from './voices.js';

export interface People {
  readonly speakers: readonly Speaker[];
  /** The speaker of every name; a name made up for one who has none of his own holds a line break. */
  readonly speakerOf: ReadonlyMap<string, number>;
  /** Speakers mentioned in a text, in order, without repetition. */
  mentions(text: string): readonly number[];
  /** Every speaker that carries or carried this name: exactly, else by own name, else by a part of it. For filters such as `来自:名字`. */
  find(name: string): readonly number[];
}

/** What is said in one room. */
export interface RoomTalk {
  readonly entries: readonly Entry[];
  /** Entries that call somebody, in order. */
  readonly calls: readonly Call[];
  /** How each entry begins, see {@link beginningOf}. */
  readonly beginnings: Int32Array;
  /** Places of the entries that quote, ascending. */
  readonly quoting: readonly number[];
}

export interface PeopleEvidence {
  /** Of all rooms, in order of their first entries. */
  readonly voices: readonly Voice[];
  /** Each in time order. */
  readonly rooms: readonly RoomTalk[];
  /** Entries that quote or may be quoted, room by room in time order. */
  readonly quotations: Quotations;
  /** Pairs of names of one person, joined by a line break, with how often seen. */
  readonly pairs: ReadonlyMap<string, number>;
  /** Files in which one person speaks under two names. */
  readonly merged: ReadonlySet<string>;
  /** For messages of `我`: the name that their copy bears. */
  readonly exporters: ReadonlyMap<Entry, string>;
  /** Groups of names an admin stated to be one person. */
  readonly stated: readonly (readonly string[])[];
}

export interface LearnedPeople {
  readonly people: People;
  readonly speakerOf: ReadonlyMap<Voice, number>;
}

export function learnPeople(evidence: PeopleEvidence): LearnedPeople {
  const { voices, rooms, merged } = evidence;
  // A line `我 = name` says who made the export.
  const exporter = evidence.stated.find((group) => group.includes(EXPORTER))?.find((name) => name !== EXPORTER);
  const { nameOf, otherNamesOf } = identities(voices, merged, evidence.exporters, exporter);
  const sets = nameSets();
  for (const { entry, messages } of voices) sets.saw(nameOf(entry), messages, merged.has(entry.file) ? undefined : entry.file);

  for (const group of evidence.stated) {
    const [first, ...others] = group.filter((name) => name !== EXPORTER);
    for (const other of others) sets.join(first ?? other, other, true);
  }
  joinBySender(voices, nameOf, otherNamesOf, sets);
  for (const pair of evidence.pairs.keys()) {
    const [a, b] = pair.split('\n') as [string, string];
    sets.join(a, b, true);
  }
  joinByQuotations(evidence.quotations, nameOf, sets);
  joinByOwnName(sets);
  joinByReplies(rooms, nameOf, sets);
  const people = peopleIn(sets);
  return { people, speakerOf: new Map(voices.map((voice) => [voice, people.speakerOf.get(nameOf(voice.entry)) as number])) };
}

/** One id in one room is one person; so are the names that the transcript gives somebody. */
function joinBySender(
  voices: readonly Voice[],
  nameOf: (entry: Entry) => string,
  otherNamesOf: (entry: Entry) => readonly string[],
  sets: NameSets,
): void {
  const senders = new Map<string, string>();
  for (const { entry } of voices) {
    const name = nameOf(entry);
    for (const other of otherNamesOf(entry)) sets.join(name, other, true);
    if (entry.sender === undefined) continue;
    const key = `${entry.room}\n${entry.sender}`;
    const known = senders.get(key);
    if (known === undefined) senders.set(key, name);
    else sets.join(known, name, true);
  }
}

function peopleIn(sets: NameSets): People {
  const numbers = new Map<string, number>();
  const speakerOf = new Map<string, number>();
  const speakers: Speaker[] = [];
  for (const name of sets.names()) {
    const root = sets.root(name);
    let id = numbers.get(root);
    if (id === undefined) {
      id = speakers.length;
      numbers.set(root, id);
      const byUse = [...sets.sameAs(name)].sort((a, b) => sets.uses(b) - sets.uses(a));
      speakers.push({ id, names: [...new Set(byUse.map((one) => one.split('\n')[0] as string))] });
    }
    speakerOf.set(name, id);
  }
  return peopleOf(speakers, speakerOf);
}

/** What may be asked of people that are known. */
export function peopleOf(speakers: readonly Speaker[], speakerOf: ReadonlyMap<string, number>): People {
  const byName = new Map<string, Set<number>>();
  const byOwn = new Map<string, Set<number>>();
  const add = (map: Map<string, Set<number>>, name: string, id: number) => map.set(name, (map.get(name) ?? new Set()).add(id));
  for (const { id, names } of speakers) {
    for (const name of names) {
      add(byName, plainName(name), id);
      add(byOwn, ownName(name), id);
    }
  }
  return {
    speakers,
    speakerOf,
    mentions: mentionReader(speakerOf),
    find(name) {
      const wanted = plainName(name.replace(/^[@＠]/, ''));
      if (wanted === '') return [];
      const exact = byName.get(wanted) ?? byOwn.get(ownName(wanted));
      if (exact) return [...exact];
      return speakers.filter((speaker) => speaker.names.some((one) => plainName(one).includes(wanted))).map(({ id }) => id);
    },
  };
}
