/**
 * Messages in sittings -> an index of passages: overlapping windows of a sitting's messages, found by the terms they hold.
 *
 * Messages are laid out in sitting order, so that a window is a range of positions and the postings of a term, which are
 * sorted by position, meet each window's occurrences side by side. Messages without any term (emoji, images) have no
 * position. Everything is typed arrays: the index of 100,000 messages takes about 20 MB and no garbage collection.
 */
import { fold } from '../text/fold.js';
import { asks as asksSomething } from '../text/speech.js';
import type { Message } from '../types.js';
import { type Characters, charactersIn } from './characters.js';
import { type Counter, counterOf } from './counter.js';
import { type Layout, layoutOf } from './passages.js';
import { movedPostings, type Postings, postingsOf, type TermsByPosition } from './postings.js';
import { type TermTable, termTable } from './term-table.js';

export interface PassageIndex extends Layout, TermsByPosition, Postings {
  readonly table: TermTable;
  /** How texts are spelt before their terms are taken; a question must be spelt alike. */
  readonly spell: (text: string) => string;
  /** Message index by position. */
  readonly messageAt: Int32Array;
  /** Position by message index, -1 if it has no term. */
  readonly positionOf: Int32Array;
  /** Sitting (dense number) by position. */
  readonly sittingAt: Int32Array;
  /** 1 at positions whose message asks something. */
  readonly asks: Uint8Array;
  /** What most questions need beside, made when first asked for: where single characters stand, and what counts. */
  readonly characters: () => Characters;
  readonly counter: () => Counter;
}

export function withLookups(index: Omit<PassageIndex, 'characters' | 'counter'>): PassageIndex {
  return { ...index, characters: once(() => charactersIn(index)), counter: once(() => counterOf(index)) };
}

function once<Result>(make: () => Result): () => Result {
  let made: Result | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** An earlier index, and where in it the messages stood whose text is still the same. */
export interface EarlierIndex {
  readonly index: PassageIndex;
  /** Earlier message index by message index; -1 for what is new. */
  readonly origin: Int32Array;
}

/**
 * `labels[i]` is the sitting label of message i; equal labels are one sitting. With an earlier index only new texts are read;
 * all else is laid out again from its numbers.
 */
export function indexPassages(
  messages: readonly Message[],
  labels: Int32Array,
  spell: (text: string) => string = fold,
  before?: EarlierIndex,
): PassageIndex {
  const read = readTerms(messages, spell, before);
  const { table } = read;
  const places = placesOf(labels, read);
  const held = termsInOrder(places.messageAt, read);
  const moves = before && movesOf(places.messageAt, before);
  const postings =
    before && moves
      ? movedPostings(before.index, moves.movedTo, held, moves.fresh, table.size())
      : postingsOf(held, table.size());
  return withLookups({ table, spell, ...places, ...held, ...postings });
}

type Places = Layout & Pick<PassageIndex, 'messageAt' | 'positionOf' | 'sittingAt' | 'asks'>;

/** Sitting order: sittings by their first message, messages by time. */
function placesOf(labels: Int32Array, { count, asking }: ReadTerms): Places {
  const number = new Map<number, number>();
  const counts: number[] = [];
  for (let i = 0; i < count.length; i++) {
    if (count[i] === 0) continue;
    let sitting = number.get(labels[i] as number);
    if (sitting === undefined) {
      sitting = counts.length;
      number.set(labels[i] as number, sitting);
      counts.push(0);
    }
    counts[sitting] = (counts[sitting] as number) + 1;
  }
  const layout = layoutOf(counts);
  const positions = layout.sittingStart[counts.length] as number;
  const messageAt = new Int32Array(positions);
  const positionOf = new Int32Array(count.length).fill(-1);
  const sittingAt = new Int32Array(positions);
  const asks = new Uint8Array(positions);
  const cursor = layout.sittingStart.slice();
  for (let i = 0; i < count.length; i++) {
    if (count[i] === 0) continue;
    const sitting = number.get(labels[i] as number) as number;
    const position = cursor[sitting] as number;
    cursor[sitting] = position + 1;
    messageAt[position] = i;
    positionOf[i] = position;
    sittingAt[position] = sitting;
    asks[position] = asking[i] as number;
  }
  return { ...layout, messageAt, positionOf, sittingAt, asks };
}

function termsInOrder(messageAt: Int32Array, { first, count, known, fresh, used }: ReadTerms): TermsByPosition {
  const terms = new Int32Array(used);
  const termStart = new Int32Array(messageAt.length + 1);
  // What stood together stands together still, as a rule, and is copied in one go.
  const run = { source: known, begin: 0, end: 0 };
  let at = 0;
  const copyRun = (): void => terms.set(run.source.subarray(run.begin, run.end), at - (run.end - run.begin));
  for (let p = 0; p < messageAt.length; p++) {
    const message = messageAt[p] as number;
    termStart[p] = at;
    const from = first[message] as number;
    // What is read anew has its place below 0.
    const [source, begin] = from < 0 ? [fresh, -1 - from] : [known, from];
    if (source !== run.source || begin !== run.end) {
      copyRun();
      Object.assign(run, { source, begin, end: begin });
    }
    run.end += count[message] as number;
    at += count[message] as number;
  }
  copyRun();
  termStart[messageAt.length] = at;
  return { terms, termStart };
}

interface Moves {
  /** By earlier position: where it is now, -1 if it is gone. */
  readonly movedTo: Int32Array;
  /** Positions that were not there. */
  readonly fresh: readonly number[];
}

/** Undefined if what was there before is in another order now, as when an older message joins two sittings. */
function movesOf(messageAt: Int32Array, { index, origin }: EarlierIndex): Moves | undefined {
  const movedTo = new Int32Array(index.messageAt.length).fill(-1);
  const fresh: number[] = [];
  let last = -1;
  for (let p = 0; p < messageAt.length; p++) {
    const earlier = origin[messageAt[p] as number] as number;
    if (earlier < 0) fresh.push(p);
    else {
      const position = index.positionOf[earlier] as number;
      if (position < last) return undefined;
      movedTo[position] = p;
      last = position;
    }
  }
  return { movedTo, fresh };
}

/** Positions that hold a term, ascending, repeated if it occurs twice. */
export function holdersOf({ postings, postingStart }: PassageIndex, term: number): Int32Array {
  return postings.subarray(postingStart[term], postingStart[term + 1]);
}

interface ReadTerms {
  readonly table: TermTable;
  /** By message: where its terms begin in `known`, or -1 - where they begin in `fresh`; and how many they are. */
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly known: Int32Array;
  readonly fresh: Int32Array;
  /** By message: 1 if it asks something. */
  readonly asking: Uint8Array;
  /** Terms of all messages together. */
  readonly used: number;
}

function readTerms(messages: readonly Message[], spell: (text: string) => string, before: EarlierIndex | undefined): ReadTerms {
  // Growing the earlier table is no change to the earlier index: it knows only the numbers below its own size.
  const table = before ? before.index.table.grown() : termTable();
  const first = new Int32Array(messages.length);
  const count = new Int32Array(messages.length);
  const asking = new Uint8Array(messages.length);
  let fresh = new Int32Array(before ? 1 << 10 : 1 << 20);
  let filled = 0;
  let used = 0;
  const scratch: number[] = [];
  for (let i = 0; i < messages.length; i++) {
    const earlier = before ? (before.origin[i] as number) : -1;
    if (before && earlier >= 0) {
      const { positionOf, termStart, asks } = before.index;
      const position = positionOf[earlier] as number;
      if (position < 0) continue;
      first[i] = termStart[position] as number;
      count[i] = (termStart[position + 1] as number) - (termStart[position] as number);
      asking[i] = asks[position] as number;
    } else {
      const message = messages[i] as Message;
      if (!hasWords(message)) continue;
      scratch.length = 0;
      table.intern(spell(message.text), scratch);
      if (filled + scratch.length > fresh.length) {
        const larger = new Int32Array(Math.max(fresh.length * 2, filled + scratch.length));
        larger.set(fresh);
        fresh = larger;
      }
      fresh.set(scratch, filled);
      first[i] = -1 - filled;
      count[i] = scratch.length;
      filled += scratch.length;
      if (asksSomething(message.text)) asking[i] = 1;
    }
    used += count[i] as number;
  }
  return { table, first, count, known: before?.index.terms ?? fresh, fresh, asking, used };
}

function hasWords(message: Message): boolean {
  return message.kind === 'text' || message.kind === 'link' || message.kind === 'file';
}
