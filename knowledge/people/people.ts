/**
 * Display names, group cards and @names -> one Speaker.
 *
 * In: the entries of the archive in time order, the doubles found in them, what an admin stated. Out: the speaker of every
 * printed name and what an @name stands for. Evidence, from certain to likely: an admin's word; a sender id; both copies of
 * a double; a quotation; a group card that begins with the nickname; an @name that the same person keeps answering. Names that talk
 * to each other on one day are two people, whatever likely evidence says (a person has one name a day, doubles aside).
 */
import type { Entry } from '../archive/read.js';
import type { Speaker } from '../types.js';
import { identities } from './identity.js';
import { mentionReader } from './mentions.js';
import { type NameSets, nameSets } from './name-sets.js';
import { EXPORTER, ownName, plainName } from './names.js';
import { joinByOwnName } from './own-names.js';
import { joinByQuotations } from './quotations.js';
import { joinByReplies } from './replies.js';

export interface People {
  readonly speakers: readonly Speaker[];
  /** Speaker of an entry. */
  of(entry: Entry): number;
  /** Speakers mentioned in a text, in order, without repetition. */
  mentions(text: string): readonly number[];
  /** Every speaker that carries or carried this name: exactly, else by own name, else by a part of it. For filters such as `来自:名字`. */
  find(name: string): readonly number[];
}

export interface PeopleEvidence {
  /** Time order. */
  readonly entries: readonly Entry[];
  /** Pairs of names of one person, joined by a line break, with how often seen. */
  readonly pairs: ReadonlyMap<string, number>;
  /** Files in which one person speaks under two names. */
  readonly merged: ReadonlySet<string>;
  /** For messages of `我`: the name that their copy bears. */
  readonly exporters: ReadonlyMap<Entry, string>;
  /** Groups of names an admin stated to be one person. */
  readonly stated: readonly (readonly string[])[];
}

export function learnPeople(evidence: PeopleEvidence): People {
  const { entries, merged } = evidence;
  // A line `我 = name` says who made the export.
  const exporter = evidence.stated.find((group) => group.includes(EXPORTER))?.find((name) => name !== EXPORTER);
  const { nameOf, otherNamesOf } = identities(entries, merged, evidence.exporters, exporter);
  const sets = nameSets();
  for (const entry of entries) sets.saw(nameOf(entry), merged.has(entry.file) ? undefined : entry.file);

  for (const group of evidence.stated) {
    const [first, ...others] = group.filter((name) => name !== EXPORTER);
    for (const other of others) sets.join(first ?? other, other, true);
  }
  joinBySender(entries, nameOf, otherNamesOf, sets);
  for (const pair of evidence.pairs.keys()) {
    const [a, b] = pair.split('\n') as [string, string];
    sets.join(a, b, true);
  }
  joinByQuotations(entries, nameOf, sets);
  joinByOwnName(sets);
  joinByReplies(entries, nameOf, sets);
  return peopleOf(sets, nameOf);
}

/** One id in one room is one person; so are the names that the transcript gives him. */
function joinBySender(
  entries: readonly Entry[],
  nameOf: (entry: Entry) => string,
  otherNamesOf: (entry: Entry) => readonly string[],
  sets: NameSets,
): void {
  const senders = new Map<string, string>();
  for (const entry of entries) {
    if (entry.sender === undefined) continue;
    const name = nameOf(entry);
    for (const other of otherNamesOf(entry)) sets.join(name, other, true);
    const key = `${entry.room}\n${entry.sender}`;
    const known = senders.get(key);
    if (known === undefined) senders.set(key, name);
    else sets.join(known, name, true);
  }
}

function peopleOf(sets: NameSets, nameOf: (entry: Entry) => string): People {
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
    of: (entry) => speakerOf.get(nameOf(entry)) as number,
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
