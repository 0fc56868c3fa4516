/**
 * Entries of one room -> groups of copies of the same message.
 *
 * Two exports merged into one file, overlapping exports, or a live capture beside an export hold a message twice: the same
 * second or one apart, the same text, under the nickname and under the group card name. What two people typed alike in
 * one second ("[强]" and "[强]") is not a double; so a pair of names must first be seen on a longer text, or the file must
 * be one that holds everything twice.
 */
import type { Entry } from './read.js';

/** ms between copies: exports round differently. */
const APART = 1000;
/** A text this long (characters without white space) is not typed twice in a second by two people. */
const LONG = 8;
/** Share of a file's long texts that stand twice from which on the file counts as two exports merged; measured files have below 0.05 or above 0.2. */
const MERGED_SHARE = 0.12;

export interface Doubles {
  /** For each entry the position of the copy that stands for the group; itself if single or first. */
  readonly leader: Int32Array;
  /** Pairs of names that doubles prove to be one person, with how often. Key: both names, sorted, joined by a line break. */
  readonly pairs: ReadonlyMap<string, number>;
  /** Files that hold everything twice. */
  readonly merged: ReadonlySet<string>;
}

/** `entries` must be sorted by time; positions in the result are positions in it. */
export function findDoubles(entries: readonly Entry[]): Doubles {
  const keys = entries.map((entry) => entry.text.replace(/\s+/g, ''));
  const pairs = new Map<string, number>();
  const long = new Map<string, number>();
  const twice = new Map<string, number>();

  // First the certain ones: long texts. They tell which names belong together and which files are merged.
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i] as Entry;
    const key = keys[i] as string;
    if (key.length < LONG) continue;
    count(long, entry.file);
    const j = twinOf(entries, keys, i, () => true);
    if (j < 0) continue;
    const twin = entries[j] as Entry;
    if (twin.file === entry.file) count(twice, entry.file);
    if (twin.name !== entry.name) count(pairs, pairKey(entry.name, twin.name));
  }
  const merged = new Set([...twice].filter(([file, n]) => n >= 3 && n >= MERGED_SHARE * (long.get(file) ?? 1)).map(([file]) => file));

  const leader = new Int32Array(entries.length).map((_, i) => i);
  const isCopy = new Uint8Array(entries.length);
  for (let i = 0; i < entries.length; i++) {
    if (isCopy[i]) continue;
    const entry = entries[i] as Entry;
    const isLong = (keys[i] as string).length >= LONG;
    const names = new Set([entry.name]);
    let from = i;
    for (;;) {
      const j = twinOf(
        entries,
        keys,
        i,
        (twin) =>
          (entry.id !== undefined && entry.id === twin.id) ||
          ((entry.id === undefined || twin.id === undefined) &&
            (isLong || twin.name === entry.name || pairs.has(pairKey(entry.name, twin.name)) || (merged.has(entry.file) && !names.has(twin.name)))),
        from,
        isCopy,
      );
      if (j < 0) break;
      leader[j] = i;
      isCopy[j] = 1;
      names.add((entries[j] as Entry).name);
      from = j;
      // A merged file holds a message twice, never three times: what follows is somebody else's [强].
      if (!isLong && merged.has(entry.file)) break;
    }
  }
  return { leader, pairs, merged };
}

export function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

function twinOf(
  entries: readonly Entry[],
  keys: readonly string[],
  i: number,
  fits: (twin: Entry) => boolean,
  after = i,
  taken?: Uint8Array,
): number {
  const entry = entries[i] as Entry;
  for (let j = after + 1; j < entries.length; j++) {
    const twin = entries[j] as Entry;
    if (twin.at - entry.at > APART) return -1;
    if (!taken?.[j] && keys[j] === keys[i] && fits(twin)) return j;
  }
  return -1;
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
