/**
 * Files of one room -> spans: files whose times overlap, their entries in written order, and their copies compared.
 *
 * Copies stand at most a second apart, so nothing in a span depends on another span but which names are one person's. As a
 * rule a day is a span, and a reload compares only the changed day's copies again.
 */
import type { RoomTalk } from '../people/people.js';
import { type Call, callsIn } from '../people/replies.js';
import { type Voice, voicesOf } from '../people/voices.js';
import { APART, type Comparison, compareCopies, type Folded, foldCopies, type Group } from './doubles.js';
import { provenPairs, sumOfPairs } from './name-pairs.js';
import { inWrittenOrder } from './order.js';
import type { Entry } from './read.js';
import { beginningOf } from './reply-links.js';

interface Span {
  /** The files' entries, as they were read: the same arrays are the same span. */
  readonly files: readonly (readonly Entry[])[];
  readonly entries: readonly Entry[];
  readonly comparison: Comparison;
  /** Of each entry. */
  readonly voiceOf: readonly Voice[];
  /** In order of their first entries. */
  readonly voices: readonly Voice[];
  readonly calls: readonly Call[];
  /** Of each entry, see {@link beginningOf}. */
  readonly beginnings: Int32Array;
  /** Places of the entries that quote. */
  readonly quoting: readonly number[];
}

export interface FoldedSpan extends Span {
  readonly folded: Folded;
}

/** One room, put together from its files. */
export interface RoomPart extends RoomTalk {
  /** In time order. */
  readonly spans: readonly FoldedSpan[];
  readonly groups: readonly Group[];
  /** Pairs of names that copies prove to be one person, with how often. */
  readonly pairs: ReadonlyMap<string, number>;
}

/** `files` in the archive's order, each with at least one entry; `before` is an earlier state of the room. */
export function roomPart(files: readonly (readonly Entry[])[], before?: RoomPart): RoomPart {
  const known = new Map(before?.spans.map((span) => [span.files[0], span]));
  const spans = overlapping(files).map((group): Span | FoldedSpan => {
    const span = known.get(group[0]);
    const isSame = span?.files.length === group.length && group.every((file, i) => file === span.files[i]);
    return span && isSame ? span : spanOf(group);
  });
  const together = sumOfPairs(spans.map(({ comparison }) => comparison.pairs.together));
  const isPair = (key: string): boolean => together.has(key);
  const folded = spans.map((span) => fold(span, isPair));
  if (before && before.spans.length === folded.length && folded.every((span, i) => span === before.spans[i])) return before;
  return { spans: folded, pairs: provenPairs(together), ...talkOf(folded) };
}

/** What the spans hold, in a row. Loops, for this passes through every message at every reload. */
function talkOf(spans: readonly FoldedSpan[]): Omit<RoomPart, 'spans' | 'pairs'> {
  const entries: Entry[] = [];
  const groups: Group[] = [];
  const calls: Call[] = [];
  const quoting: number[] = [];
  const beginnings = new Int32Array(spans.reduce((sum, span) => sum + span.entries.length, 0));
  for (const span of spans) {
    beginnings.set(span.beginnings, entries.length);
    for (const { at, names } of span.calls) calls.push({ at: entries.length + at, names });
    for (const at of span.quoting) quoting.push(entries.length + at);
    for (const entry of span.entries) entries.push(entry);
    for (const group of span.folded.groups) groups.push(group);
  }
  return { entries, groups, calls, beginnings, quoting };
}

function spanOf(files: readonly (readonly Entry[])[]): Span {
  const entries = inWrittenOrder(files.flat());
  const voiceOf = voicesOf(entries);
  return {
    files,
    entries,
    comparison: compareCopies(entries),
    voiceOf,
    voices: [...new Set(voiceOf)],
    calls: callsIn(entries),
    beginnings: Int32Array.from(entries, ({ text }) => beginningOf(text)),
    quoting: [...entries.keys()].filter((at) => entries[at]?.quoted !== undefined),
  };
}

function fold(span: Span | FoldedSpan, isPair: (key: string) => boolean): FoldedSpan {
  if ('folded' in span && [...span.folded.asked].every(([key, said]) => isPair(key) === said)) return span;
  return { ...span, folded: foldCopies(span.entries, span.voiceOf, span.comparison, isPair) };
}

/** Groups of files that come within a second of each other, in time order; within a group the files keep their order. */
function overlapping(files: readonly (readonly Entry[])[]): readonly (readonly (readonly Entry[])[])[] {
  const ranges = files.map((entries, order) => {
    let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const { at } of entries) {
      if (at < from) from = at;
      if (at > to) to = at;
    }
    return { entries, order, from, to };
  });
  ranges.sort((a, b) => a.from - b.from || a.order - b.order);
  const groups: (typeof ranges)[] = [];
  let until = Number.NEGATIVE_INFINITY;
  for (const range of ranges) {
    const group = groups.at(-1);
    if (group && range.from - until <= APART) group.push(range);
    else groups.push([range]);
    until = Math.max(until, range.to);
  }
  return groups.map((group) => group.sort((a, b) => a.order - b.order).map(({ entries }) => entries));
}
