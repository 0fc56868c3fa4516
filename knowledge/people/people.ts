/**
 * Display names, group cards and @names -> one Speaker.
 *
 * In: the entries of the archive in time order, the doubles found in them, what an admin stated. Out: the speaker of every
 * printed name and what an @name stands for. Evidence, from certain to likely: an admin's word; a sender id; both copies of
 * a double; a group card that begins with the nickname; an @name that the same person keeps answering. Names that talk
 * to each other on one day are two people, whatever else says (a person has one name a day, doubles aside).
 */
import type { Entry } from '../archive/read.js';
import type { Speaker } from '../types.js';
import { affiliation, EXPORTER, isTelling, ownName, plainName } from './names.js';

export interface People {
  readonly speakers: readonly Speaker[];
  /** Speaker of an entry. */
  of(entry: Entry): number;
  /** Speakers mentioned in a text, in order, without repetition. */
  mentions(text: string): readonly number[];
  /** Every speaker that carries or carried this name: exactly, else by own name. For filters such as `来自:名字`. */
  find(name: string): readonly number[];
}

export interface PeopleEvidence {
  /** Time order. */
  readonly entries: readonly Entry[];
  /** Pairs of names of one person, joined by a line break, with how often seen. */
  readonly pairs: ReadonlyMap<string, number>;
  /** Files in which one person speaks under two names. */
  readonly merged: ReadonlySet<string>;
  /** Groups of names an admin stated to be one person. */
  readonly stated: readonly (readonly string[])[];
}

/** Time (ms) within which somebody mentioned may answer to count as evidence. */
const REPLY_MS = 10 * 60_000;
const MENTION = /@([^\s@\u2005\u2006][^@\n\u2005\u2006]{0,40})/g;

export function learnPeople(evidence: PeopleEvidence): People {
  const { entries, merged } = evidence;
  const names = new Map<string, number>();
  const uses: number[] = [];
  const daysOf: Set<string>[] = [];
  const idOf = (name: string): number => {
    let id = names.get(name);
    if (id === undefined) {
      id = uses.length;
      names.set(name, id);
      uses.push(0);
      daysOf.push(new Set());
    }
    return id;
  };

  const exporters = exporterOfFile(evidence);
  const nameOf = (entry: Entry): string => (entry.name === EXPORTER ? (exporters.get(entry.file) ?? `${EXPORTER}\n${entry.file}`) : entry.name);
  for (const entry of entries) {
    const id = idOf(nameOf(entry));
    uses[id] = (uses[id] ?? 0) + 1;
    if (!merged.has(entry.file)) daysOf[id]?.add(entry.file);
  }

  const sets = disjointSets(() => uses.length);
  const apart = (a: number, b: number): boolean => {
    const [small, large] = (daysOf[a]?.size ?? 0) < (daysOf[b]?.size ?? 0) ? [a, b] : [b, a];
    for (const day of daysOf[small] ?? []) if (daysOf[large]?.has(day)) return true;
    return false;
  };
  /** Joins two names unless both were seen talking on the same day. */
  const join = (a: number, b: number, certain: boolean): void => {
    const [rootA, rootB] = [sets.find(a), sets.find(b)];
    if (rootA === rootB || (!certain && apart(rootA, rootB))) return;
    const [kept, gone] = sets.union(rootA, rootB);
    for (const day of daysOf[gone] ?? []) daysOf[kept]?.add(day);
  };

  for (const group of evidence.stated) for (const name of group.slice(1)) join(idOf(group[0] as string), idOf(name), true);
  const senders = new Map<string, number>();
  for (const entry of entries) {
    const id = idOf(nameOf(entry));
    for (const other of entry.alsoKnownAs) join(id, idOf(other), true);
    if (entry.sender === undefined) continue;
    const key = `${entry.room}\n${entry.sender}`;
    const known = senders.get(key);
    if (known === undefined) senders.set(key, id);
    else join(known, id, true);
  }
  for (const [pair] of [...evidence.pairs].sort((a, b) => b[1] - a[1])) {
    const [a, b] = pair.split('\n') as [string, string];
    if (a !== EXPORTER && b !== EXPORTER) join(idOf(a), idOf(b), true);
  }
  joinByOwnName(names, join, sets.find);
  joinByReplies(entries, nameOf, names, idOf, join);

  return speakersFrom(names, uses, sets.find, nameOf);
}

/** In a file that holds everything twice, the other name of `我` tells who exported it. */
function exporterOfFile(evidence: PeopleEvidence): ReadonlyMap<string, string> {
  const others = new Map<string, number>();
  for (const [pair, n] of evidence.pairs) {
    const [a, b] = pair.split('\n') as [string, string];
    if (a === EXPORTER) others.set(b, n);
    else if (b === EXPORTER) others.set(a, n);
  }
  const found = new Map<string, string>();
  if (others.size === 0) return found;
  const speaking = new Map<string, Map<string, number>>();
  for (const entry of evidence.entries) {
    if (!evidence.merged.has(entry.file) || !others.has(entry.name)) continue;
    const counts = speaking.get(entry.file) ?? new Map<string, number>();
    counts.set(entry.name, (counts.get(entry.name) ?? 0) + 1);
    speaking.set(entry.file, counts);
  }
  for (const [file, counts] of speaking) {
    const best = [...counts].sort((a, b) => (others.get(b[0]) ?? 0) - (others.get(a[0]) ?? 0))[0];
    if (best) found.set(file, best[0]);
  }
  return found;
}

/** `沙莎` and `沙莎-点融网-…`: equal own names, unless companies differ or the bare name could belong to several. */
function joinByOwnName(names: ReadonlyMap<string, number>, join: (a: number, b: number, certain: boolean) => void, find: (id: number) => number): void {
  const groups = new Map<string, { bare: number[]; cards: { id: number; company: string }[] }>();
  for (const [name, id] of names) {
    const own = ownName(name);
    if (!isTelling(own) || name.includes('\n')) continue;
    const group = groups.get(own) ?? { bare: [], cards: [] };
    const company = affiliation(name);
    if (company === '') group.bare.push(id);
    else group.cards.push({ id, company });
    groups.set(own, group);
  }
  for (const { bare, cards } of groups.values()) {
    for (const card of cards) for (const other of cards) if (card !== other && sameCompany(card.company, other.company)) join(card.id, other.id, false);
    for (const id of bare.slice(1)) join(bare[0] as number, id, false);
    const people = new Set(cards.map((card) => find(card.id)));
    if (people.size === 1 && bare[0] !== undefined) join(bare[0], [...people][0] as number, false);
  }
}

function sameCompany(a: string, b: string): boolean {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x.slice(0, 2) === y.slice(0, 2) || x.includes(y) || y.includes(x);
}

/** An @name nobody prints: learned if the same speaker answers it again and again, and nobody else half as often. */
function joinByReplies(
  entries: readonly Entry[],
  nameOf: (entry: Entry) => string,
  names: ReadonlyMap<string, number>,
  idOf: (name: string) => number,
  join: (a: number, b: number, certain: boolean) => void,
): void {
  const answered = new Map<string, Map<string, number>>();
  const asked = new Map<string, number>();
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] as Entry;
    if (!entry.text.includes('@')) continue;
    for (const match of entry.text.matchAll(MENTION)) {
      const name = mentionedName(match[1] ?? '');
      if (name === '' || names.has(name) || !isTelling(ownName(name))) continue;
      asked.set(name, (asked.get(name) ?? 0) + 1);
      const counts = answered.get(name) ?? new Map<string, number>();
      const heard = new Set<string>([nameOf(entry)]);
      for (let j = i + 1; j < entries.length && heard.size < 4; j++) {
        const reply = entries[j] as Entry;
        if (reply.at - entry.at > REPLY_MS) break;
        if (reply.room !== entry.room) continue;
        const speaker = nameOf(reply);
        if (heard.has(speaker)) continue;
        heard.add(speaker);
        counts.set(speaker, (counts.get(speaker) ?? 0) + 1);
      }
      answered.set(name, counts);
    }
  }
  // Who talks all the time follows every mention by chance: what counts is how much more often he follows this name.
  const chance = new Map<string, number>();
  let all = 0;
  for (const [name, counts] of answered) {
    all += asked.get(name) ?? 0;
    for (const [speaker, n] of counts) chance.set(speaker, (chance.get(speaker) ?? 0) + n);
  }
  for (const [name, counts] of answered) {
    const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
    if (!first || first[0].includes('\n')) continue;
    const share = first[1] / (asked.get(name) ?? 1);
    const lift = share / ((chance.get(first[0]) ?? 0) / all);
    if (first[1] >= 3 && share >= 0.5 && lift >= 10 && first[1] >= 2 * (second?.[1] ?? 0)) join(idOf(name), idOf(first[0]), false);
  }
}

/** The text after @ up to where the phone ended the name (a lost U+2005 is printed as `?` or a space). */
function mentionedName(after: string): string {
  return (after.split(/[?？,，。!！:：]| {2}|\s/)[0] ?? '').trim();
}

function speakersFrom(names: ReadonlyMap<string, number>, uses: readonly number[], find: (id: number) => number, nameOf: (entry: Entry) => string): People {
  const number = new Map<number, number>();
  const members: { name: string; uses: number }[][] = [];
  for (const [name, id] of names) {
    const root = find(id);
    let speaker = number.get(root);
    if (speaker === undefined) {
      speaker = members.length;
      number.set(root, speaker);
      members.push([]);
    }
    members[speaker]?.push({ name: name.split('\n')[0] as string, uses: uses[id] ?? 0 });
  }
  const speakers = members.map((list, id): Speaker => ({ id, names: [...new Set(list.sort((a, b) => b.uses - a.uses).map((one) => one.name))] }));
  const speakerOf = new Map([...names].map(([name, id]) => [name, number.get(find(id)) as number]));

  // Mentions: the longest known name that the text after @ begins with; keyed by two characters, so that few are compared.
  const byStart = new Map<string, { name: string; speaker: number }[]>();
  const own = new Map<string, Set<number>>();
  for (const [name, speaker] of speakerOf) {
    if (name.includes('\n')) continue;
    for (const spelling of new Set([name, plainName(name)])) {
      if (spelling.length < 2) continue;
      const list = byStart.get(spelling.slice(0, 2)) ?? [];
      list.push({ name: spelling, speaker });
      byStart.set(spelling.slice(0, 2), list);
    }
    const first = ownName(name);
    if (isTelling(first)) own.set(first, (own.get(first) ?? new Set()).add(speaker));
  }
  for (const list of byStart.values()) list.sort((a, b) => b.name.length - a.name.length);

  const mentioned = (after: string): number | undefined => {
    const known = byStart.get(after.slice(0, 2))?.find((candidate) => after.startsWith(candidate.name));
    if (known) return known.speaker;
    const people = own.get(ownName(mentionedName(after)));
    return people?.size === 1 ? [...people][0] : undefined;
  };

  return {
    speakers,
    of: (entry) => speakerOf.get(nameOf(entry)) as number,
    mentions(text) {
      if (!text.includes('@')) return [];
      const found = new Set<number>();
      for (const match of text.matchAll(MENTION)) {
        const speaker = mentioned(match[1] ?? '');
        if (speaker !== undefined) found.add(speaker);
      }
      return [...found];
    },
    find(name) {
      const wanted = plainName(name.replace(/^[@＠]/, ''));
      const exact = speakerOf.get(wanted);
      if (exact !== undefined) return [exact];
      const byOwn = own.get(ownName(wanted));
      if (byOwn) return [...byOwn];
      return speakers.filter((speaker) => speaker.names.some((one) => plainName(one).includes(wanted))).map((speaker) => speaker.id);
    },
  };
}

function disjointSets(size: () => number): { find(id: number): number; union(a: number, b: number): readonly [number, number] } {
  const parent: number[] = [];
  const find = (id: number): number => {
    for (let i = parent.length; i < size(); i++) parent.push(i);
    let root = id;
    while (parent[root] !== root) root = parent[root] as number;
    let at = id;
    while (parent[at] !== root) {
      const next = parent[at] as number;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  return {
    find,
    union(a, b) {
      const [kept, gone] = [find(a), find(b)];
      parent[gone] = kept;
      return [kept, gone];
    },
  };
}
