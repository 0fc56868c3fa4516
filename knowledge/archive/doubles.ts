/**
 * Entries of one room -> groups of copies of the same message.
 *
 * Two exports merged into one file, overlapping exports, or a live capture beside an export hold a message twice: the same
 * second or one apart, the same text, under the nickname and under the group card name. But people also type alike in one
 * second ("[强]" and "[强]", "+1", a New Year's wish passed on), so a file must first be seen to be two exports merged:
 * a good part of its longer texts stands in it twice. Elsewhere only a text that nobody types twice in a second counts.
 */
import { EXPORTER } from '../people/names.js';
import type { Entry } from './read.js';

/** ms between copies: exports round differently. */
const APART = 1000;
/** So many letters or figures are seldom typed twice in a second by two people. */
const LONG = 8;
/** So many never are, not even passed on: the longest wish that two people sent in one second had 17. */
const VERY_LONG = 30;
/** Texts of so many letters or figures are counted to see whether a file is two exports merged ... */
const WORD = 4;
/** ... from this share of them standing twice on: each of 364 measured files has below 0.03 or above 0.2. */
const MERGED_SHARE = 0.12;
/** In a file with fewer than three such texts chance is not small, and nearly all must stand twice (0.5 is all). */
const SMALL_FILE_SHARE = 0.4;
/** A pair of names seen this many times less often than one of them with another name is chance. */
const CHANCE = 4;
const EMOJI_OR_SIGN = /\[[^[\]\n]{1,8}\]|[^\p{L}\p{N}]/gu;
/** Alike messages looked at behind each; bounds the work where thousands stand in one second. */
const REACH = 40;

export interface Doubles {
  /** For each entry the position of the copy that stands for the group; itself if single or first. */
  readonly leader: Int32Array;
  /** Pairs of names that doubles prove to be one person, with how often. Key: both names, sorted, joined by a line break. */
  readonly pairs: ReadonlyMap<string, number>;
  /** Files that hold everything twice. */
  readonly merged: ReadonlySet<string>;
  /** For messages of `我`: the name that their copy bears. */
  readonly exporters: ReadonlyMap<Entry, string>;
}

/** `entries` must be sorted by time; positions in the result are positions in it. */
export function findDoubles(entries: readonly Entry[]): Doubles {
  const alike = alikeBehind(entries);
  const merged = mergedFiles(entries, alike);
  const pairs = pairsOfNames(entries, alike, merged);

  const leader = new Int32Array(entries.length).map((_, i) => i);
  const exporters = new Map<Entry, string>();
  for (let i = 0; i < entries.length; i++) {
    if (leader[i] !== i || (alike.next[i] as number) < 0) continue;
    const group = [entries[i] as Entry];
    const letters = lettersOf(entries[i] as Entry);
    const admit = (certain: boolean): void => {
      for (const j of alike.behind(i)) {
        const other = entries[j] as Entry;
        if (leader[j] !== j || !mayJoin(group, other, letters, certain)) continue;
        leader[j] = i;
        group.push(other);
      }
    };
    // Names known to belong together first, so that of three [强] in one second the right two meet.
    admit(true);
    admit(false);
    if (group.length > 1) nameExporters(group);
  }
  return { leader, pairs: pairs.proven, merged, exporters };

  function mayJoin(group: readonly Entry[], other: Entry, letters: number, certain: boolean): boolean {
    const ids = group.filter((copy) => copy.id !== undefined);
    if (other.id !== undefined && ids.length > 0) return ids[0]?.id === other.id;
    const known = group.some((copy) => copy.name === other.name || pairs.samePerson(copy, other));
    const beside = group.filter((copy) => copy.file === other.file);
    if (beside.length === 0) return certain ? known : letters >= LONG;
    if (letters >= VERY_LONG) return certain ? known : true;
    // A merged file holds a message twice, never three times: what follows is somebody else's [强].
    if (!merged.has(other.file) || beside.length > 1) return false;
    return certain ? known : letters >= LONG || !(pairs.paired(group[0] as Entry) && pairs.paired(other));
  }

  function nameExporters(group: readonly Entry[]): void {
    for (const copy of group) {
      const other = copy.name === EXPORTER && group.find((one) => one.name !== EXPORTER && pairs.samePerson(one, copy));
      if (other) exporters.set(copy, other.name);
    }
  }
}

export function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

interface Alike {
  /** Next entry with the same text, at most {@link APART} later; -1 if there is none. */
  readonly next: Int32Array;
  /** Entries with the same text as entry `i`, at most {@link APART} later, in order. */
  behind(i: number): Iterable<number>;
}

function alikeBehind(entries: readonly Entry[]): Alike {
  const next = new Int32Array(entries.length).fill(-1);
  const last = new Map<string, number>();
  entries.forEach((entry, i) => {
    const sinceLast = entry.at - (entries[i - 1]?.at ?? Number.NEGATIVE_INFINITY);
    if (sinceLast > APART) {
      last.clear();
      // Alone in its second and the next, as most are.
      if ((entries[i + 1]?.at ?? Number.POSITIVE_INFINITY) - entry.at > APART) return;
    }
    const key = entry.text.replace(/\s+/g, '');
    const before = last.get(key);
    if (before !== undefined && entry.at - (entries[before] as Entry).at <= APART) next[before] = i;
    last.set(key, i);
  });
  return {
    next,
    *behind(i) {
      const until = (entries[i] as Entry).at + APART;
      let reach = REACH;
      for (let j = next[i] as number; j >= 0 && reach-- > 0 && (entries[j] as Entry).at <= until; j = next[j] as number) yield j;
    },
  };
}

/** Letters and figures of a text; emoji and pictures have none, for they look alike whoever sends them. */
function lettersOf(entry: Entry): number {
  return entry.kind === 'image' || entry.kind === 'emoji' ? 0 : entry.text.replace(EMOJI_OR_SIGN, '').length;
}

function mergedFiles(entries: readonly Entry[], alike: Alike): ReadonlySet<string> {
  const twice = new Map<string, number>();
  entries.forEach((entry, i) => {
    if ((alike.next[i] as number) < 0 || lettersOf(entry) < WORD) return;
    for (const j of alike.behind(i)) {
      if (entries[j]?.file !== entry.file) continue;
      twice.set(entry.file, (twice.get(entry.file) ?? 0) + 1);
      break;
    }
  });
  const words = new Map<string, number>();
  for (const entry of entries) {
    if (twice.has(entry.file) && lettersOf(entry) >= WORD) words.set(entry.file, (words.get(entry.file) ?? 0) + 1);
  }
  const isMerged = ([file, n]: readonly [string, number]): boolean =>
    n / (words.get(file) ?? n) >= (n >= 3 ? MERGED_SHARE : SMALL_FILE_SHARE);
  return new Set([...twice].filter(isMerged).map(([file]) => file));
}

interface NamePairs {
  readonly proven: ReadonlyMap<string, number>;
  /** Whether the names of two entries are copies of each other here, or the exporter and the name he has in the other export. */
  samePerson(a: Entry, b: Entry): boolean;
  /** Whether this name has another name in the same file. */
  paired(entry: Entry): boolean;
}

function pairsOfNames(entries: readonly Entry[], alike: Alike, merged: ReadonlySet<string>): NamePairs {
  // Counted by the two exports that are compared: there a name has one partner, unless it changed that day.
  const counts = new Map<string, Map<string, number>>();
  const paired = new Set<string>();
  const pairUp = (fits: (i: number, j: number) => boolean): void => {
    const taken = new Uint8Array(entries.length);
    for (let i = 0; i < entries.length; i++) {
      if (taken[i] || (alike.next[i] as number) < 0) continue;
      const entry = entries[i] as Entry;
      const twins = [...alike.behind(i)].filter((j) => !taken[j] && fits(i, j));
      const twin = twins.find((j) => entries[j]?.name === entry.name) ?? twins[0];
      if (twin === undefined) continue;
      taken[twin] = 1;
      const other = entries[twin] as Entry;
      if (other.name === entry.name) continue;
      const exports = pairKey(entry.file, other.file);
      const pairs = counts.get(exports) ?? new Map<string, number>();
      const key = pairKey(entry.name, other.name);
      pairs.set(key, (pairs.get(key) ?? 0) + 1);
      counts.set(exports, pairs);
      paired.add(nameIn(entry)).add(nameIn(other));
    }
  };
  const inMerged = (i: number, j: number): boolean =>
    entries[i]?.file === entries[j]?.file && merged.has((entries[i] as Entry).file);
  const inOther = (i: number, j: number): boolean => entries[i]?.file !== entries[j]?.file;
  pairUp((i, j) => lettersOf(entries[i] as Entry) >= (inMerged(i, j) || inOther(i, j) ? LONG : VERY_LONG));
  // Who only ever sent [强] is told by two of them, one right after the other.
  const isNew = (i: number): boolean => !paired.has(nameIn(entries[i] as Entry));
  pairUp((i, j) => j === i + 1 && entries[i]?.at === entries[j]?.at && inMerged(i, j) && isNew(i) && isNew(j));

  const together = new Map<string, number>();
  const exporters = new Set<string>();
  for (const [exports, pairs] of counts) {
    const most = new Map<string, number>();
    for (const [key, n] of pairs) for (const name of key.split('\n')) most.set(name, Math.max(most.get(name) ?? 0, n));
    for (const [key, n] of pairs) {
      const names = key.split('\n');
      // Two exporters merged into one file are both `我`, so `我` may have several partners.
      if (names.includes(EXPORTER)) {
        for (const file of exports.split('\n')) for (const name of names) exporters.add(`${file}\n${name}`);
      } else if (names.every((name) => n * CHANCE >= (most.get(name) ?? 0))) together.set(key, (together.get(key) ?? 0) + n);
    }
  }
  // Several people may be printed as `■` or `??`: enough to fold two copies, not to say who it is on other days.
  const says = (name: string): boolean => /[\p{L}\p{N}]/u.test(name);
  const proven = new Map([...together].filter(([key, n]) => n >= CHANCE || key.split('\n').every(says)));
  const exporterAnd = (a: Entry, b: Entry): boolean => a.name === EXPORTER && exporters.has(`${a.file}\n${b.name}`);
  return {
    proven,
    samePerson: (a, b) => together.has(pairKey(a.name, b.name)) || exporterAnd(a, b) || exporterAnd(b, a),
    paired: (entry) => paired.has(nameIn(entry)),
  };
}

function nameIn(entry: Entry): string {
  return `${entry.file}\n${entry.name}`;
}
