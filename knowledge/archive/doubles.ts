/**
 * Entries of one span of a room -> groups of copies of the same message.
 *
 * Two exports merged into one file, overlapping exports, or a live capture beside an export hold a message twice: the same
 * second or one apart, the same text, under the nickname and under the group card name. But people also type alike in one
 * second ("[强]" and "[强]", "+1", a New Year's wish passed on), so a file must first be seen to be two exports merged:
 * a good part of its longer texts stands in it twice. Elsewhere only a text that nobody types twice in a second counts.
 *
 * First the copies are compared, span by span; then the names that the whole room's copies pair are put together; then, span
 * by span again, the copies are folded. A span that did not change need only be folded anew if the room's pairs now say
 * something else about its names.
 */
import { EXPORTER } from '../people/names.js';
import type { Voice } from '../people/voices.js';
import type { MessageKind } from '../types.js';
import { LONG, type LocalPairs, pairKey, pairsOfNames, VERY_LONG } from './name-pairs.js';
import type { Entry } from './read.js';

/** ms between copies: exports round differently. */
export const APART = 1000;
/** Texts of so many letters or figures are counted to see whether a file is two exports merged ... */
const WORD = 4;
/** ... from this share of them standing twice on: each of 364 measured files has below 0.03 or above 0.2. */
const MERGED_SHARE = 0.12;
/** In a file with fewer than three such texts chance is not small, and nearly all must stand twice (0.5 is all). */
const SMALL_FILE_SHARE = 0.4;
const EMOJI_OR_SIGN = /\[[^[\]\n]{1,8}\]|[^\p{L}\p{N}]/gu;
/** Alike messages looked at behind each; bounds the work where thousands stand in one second. */
const REACH = 40;

/** The copies of a span, compared; nothing in it depends on other spans. */
export interface Comparison {
  readonly alike: Alike;
  /** Letters and figures of entry `i`. */
  readonly letters: (i: number) => number;
  /** Files that hold everything twice. */
  readonly merged: ReadonlySet<string>;
  readonly pairs: LocalPairs;
}

/** All copies of one message, in the order of the entries. */
export interface Group {
  /** The copy that stands for the message: the first. */
  readonly entry: Entry;
  readonly voice: Voice;
  readonly copies: readonly Entry[];
}

export interface Folded {
  readonly groups: readonly Group[];
  /** For messages of `我`: the name that their copy bears. */
  readonly exporters: ReadonlyMap<Entry, string>;
  /** Which pairs of names the room was asked about, and what it said: with the same answers the result is the same. */
  readonly asked: ReadonlyMap<string, boolean>;
}

/** `entries` must be sorted by time. */
export function compareCopies(entries: readonly Entry[]): Comparison {
  const alike = alikeBehind(entries);
  const letters = letterCounts(entries);
  const merged = mergedFiles(entries, alike, letters);
  return { alike, letters, merged, pairs: pairsOfNames(entries, alike, merged, letters) };
}

/** An export does not know what was said to the bot; the copy that live capture kept does. */
export function kindOfGroup({ entry, copies }: Pick<Group, 'entry' | 'copies'>): MessageKind {
  return copies.some(({ kind }) => kind === 'bot') ? 'bot' : entry.kind;
}

const NO_COPIES: readonly Entry[] = [];

/** `isPair` says of a {@link pairKey} whether the room's copies prove its names to be one person. */
export function foldCopies(
  entries: readonly Entry[],
  voiceOf: readonly Voice[],
  { alike, letters, merged, pairs }: Comparison,
  isPair: (key: string) => boolean,
): Folded {
  const isTaken = new Uint8Array(entries.length);
  const exporters = new Map<Entry, string>();
  const groups: Group[] = [];
  const asked = new Map<string, boolean>();
  for (let i = 0; i < entries.length; i++) {
    if (isTaken[i]) continue;
    const entry = entries[i] as Entry;
    const voice = voiceOf[i] as Voice;
    if ((alike.next[i] as number) < 0) {
      groups.push({ entry, voice, copies: NO_COPIES });
      continue;
    }
    const group = [entry];
    const admit = (certain: boolean): void => {
      for (const j of alike.behind(i)) {
        const other = entries[j] as Entry;
        if (isTaken[j] || !mayJoin(group, other, letters(i), certain)) continue;
        isTaken[j] = 1;
        group.push(other);
      }
    };
    // Names known to belong together first, so that of three [强] in one second the right two meet.
    admit(true);
    admit(false);
    if (group.length > 1) nameExporters(group);
    groups.push({ entry, voice, copies: group.length > 1 ? group.slice(1) : NO_COPIES });
  }
  return { groups, exporters, asked };

  function samePerson(a: Entry, b: Entry): boolean {
    const key = pairKey(a.name, b.name);
    let isOne = asked.get(key);
    if (isOne === undefined) {
      isOne = isPair(key);
      asked.set(key, isOne);
    }
    return isOne || pairs.exporterAnd(a, b) || pairs.exporterAnd(b, a);
  }

  function mayJoin(group: readonly Entry[], other: Entry, length: number, certain: boolean): boolean {
    const ids = group.filter((copy) => copy.id !== undefined);
    if (other.id !== undefined && ids.length > 0) return ids[0]?.id === other.id;
    const known = group.some((copy) => copy.name === other.name || samePerson(copy, other));
    const beside = group.filter((copy) => copy.file === other.file);
    if (beside.length === 0) return certain ? known : length >= LONG;
    if (length >= VERY_LONG) return certain ? known : true;
    // A merged file holds a message twice, never three times: what follows is somebody else's [强].
    if (!merged.has(other.file) || beside.length > 1) return false;
    return certain ? known : length >= LONG || !(pairs.paired(group[0] as Entry) && pairs.paired(other));
  }

  function nameExporters(group: readonly Entry[]): void {
    for (const copy of group) {
      const other = copy.name === EXPORTER && group.find((one) => one.name !== EXPORTER && samePerson(one, copy));
      if (other) exporters.set(copy, other.name);
    }
  }
}

export interface Alike {
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
function letterCounts(entries: readonly Entry[]): (i: number) => number {
  const counts = new Int32Array(entries.length).fill(-1);
  return (i) => {
    if (counts[i] === -1) {
      const { kind, text } = entries[i] as Entry;
      counts[i] = kind === 'image' || kind === 'emoji' ? 0 : text.replace(EMOJI_OR_SIGN, '').length;
    }
    return counts[i] as number;
  };
}

function mergedFiles(entries: readonly Entry[], alike: Alike, letters: (i: number) => number): ReadonlySet<string> {
  const twice = new Map<string, number>();
  for (let i = 0; i < entries.length; i++) {
    if ((alike.next[i] as number) < 0 || letters(i) < WORD) continue;
    const { file } = entries[i] as Entry;
    for (const j of alike.behind(i)) {
      if (entries[j]?.file !== file) continue;
      twice.set(file, (twice.get(file) ?? 0) + 1);
      break;
    }
  }
  if (twice.size === 0) return new Set();
  const words = new Map<string, number>();
  for (let i = 0; i < entries.length; i++) {
    const { file } = entries[i] as Entry;
    if (twice.has(file) && letters(i) >= WORD) words.set(file, (words.get(file) ?? 0) + 1);
  }
  const isMerged = ([file, n]: readonly [string, number]): boolean =>
    n / (words.get(file) ?? n) >= (n >= 3 ? MERGED_SHARE : SMALL_FILE_SHARE);
  return new Set([...twice].filter(isMerged).map(([file]) => file));
}
