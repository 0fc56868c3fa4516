/**
 * Copies of messages -> names that are one person's: whoever said the same in the same second in two exports.
 *
 * Counted span by span, then put together for the room: what one span proves of two names holds in all.
 */
import { EXPORTER } from '../people/names.js';
import type { Alike } from './doubles.js';
import type { Entry } from './read.js';

/** So many letters or figures are seldom typed twice in a second by two people. */
export const LONG = 8;
/** So many never are, not even passed on: the longest wish that two people sent in one second had 17. */
export const VERY_LONG = 30;
/** A pair of names seen this many times less often than one of them with another name is chance. */
const CHANCE = 4;

/** Two names as a key: sorted, joined by a line break. */
export function pairKey(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

/** What the copies of one span tell of names. */
export interface LocalPairs {
  /** Pairs that are no chance here, by {@link pairKey}, with how often seen. */
  readonly together: ReadonlyMap<string, number>;
  /** Whether `a` is the exporter and `b` has his name in the other export. */
  exporterAnd(a: Entry, b: Entry): boolean;
  /** Whether this name has another name in the same file. */
  paired(entry: Entry): boolean;
}

export function pairsOfNames(
  entries: readonly Entry[],
  alike: Alike,
  merged: ReadonlySet<string>,
  letters: (i: number) => number,
): LocalPairs {
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
  pairUp((i, j) => letters(i) >= (inMerged(i, j) || inOther(i, j) ? LONG : VERY_LONG));
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
  return {
    together,
    exporterAnd: (a, b) => a.name === EXPORTER && exporters.has(`${a.file}\n${b.name}`),
    paired: (entry) => paired.has(nameIn(entry)),
  };
}

/** Adds up what the spans of a room tell, or the rooms of an archive. */
export function sumOfPairs(parts: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>();
  for (const part of parts) for (const [pair, n] of part) sum.set(pair, (sum.get(pair) ?? 0) + n);
  return sum;
}

/** Several people may be printed as `■` or `??`: enough to fold two copies, not to say who it is on other days. */
export function provenPairs(together: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const says = (name: string): boolean => /[\p{L}\p{N}]/u.test(name);
  return new Map([...together].filter(([key, n]) => n >= CHANCE || key.split('\n').every(says)));
}

function nameIn(entry: Entry): string {
  return `${entry.file}\n${entry.name}`;
}
