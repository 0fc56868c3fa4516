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
import { type TermTable, termTable } from './term-table.js';

/** Messages in a passage, and how far apart passages begin. 8 and 4 found best on the gold questions among 6..16 and 3..8. */
export const PASSAGE = 8;
export const STRIDE = 4;

export interface PassageIndex {
  readonly table: TermTable;
  /** How texts are spelt before their terms are taken; a question must be spelt alike. */
  readonly spell: (text: string) => string;
  /** Message index by position. */
  readonly messageAt: Int32Array;
  /** Position by message index, -1 if it has no term. */
  readonly positionOf: Int32Array;
  /** Terms of the message at position p: `terms[termStart[p] .. termStart[p + 1])`. */
  readonly terms: Int32Array;
  readonly termStart: Int32Array;
  /** Positions that hold term t, ascending: `postings[postingStart[t] .. postingStart[t + 1])`, repeated if it occurs twice. */
  readonly postings: Int32Array;
  readonly postingStart: Int32Array;
  /** Sitting (dense number) by position. */
  readonly sittingAt: Int32Array;
  /** First position of sitting t, and one entry more. */
  readonly sittingStart: Int32Array;
  /** First passage of sitting t, and one entry more. Passage k of it begins at `sittingStart[t] + k * STRIDE`. */
  readonly passageStart: Int32Array;
  /** Sitting by passage. */
  readonly sittingOfPassage: Int32Array;
  /** 1 at positions whose message asks something. */
  readonly asks: Uint8Array;
}

/** `labels[i]` is the sitting label of message i; equal labels are one sitting. */
export function indexPassages(
  messages: readonly Message[],
  labels: Int32Array,
  spell: (text: string) => string = fold,
): PassageIndex {
  const table = termTable();
  const perMessage = new Int32Array(messages.length + 1);
  let buffer = new Int32Array(1 << 20);
  let used = 0;
  const scratch: number[] = [];
  for (let i = 0; i < messages.length; i++) {
    const message = messages[i] as Message;
    perMessage[i] = used;
    if (!hasWords(message)) continue;
    scratch.length = 0;
    table.intern(spell(message.text), scratch);
    if (used + scratch.length > buffer.length) {
      const larger = new Int32Array(Math.max(buffer.length * 2, used + scratch.length));
      larger.set(buffer);
      buffer = larger;
    }
    buffer.set(scratch, used);
    used += scratch.length;
  }
  perMessage[messages.length] = used;

  // Sitting order: sittings by their first message, messages by time.
  const number = new Map<number, number>();
  const counts: number[] = [];
  for (let i = 0; i < messages.length; i++) {
    if (perMessage[i] === perMessage[i + 1]) continue;
    let sitting = number.get(labels[i] as number);
    if (sitting === undefined) {
      sitting = counts.length;
      number.set(labels[i] as number, sitting);
      counts.push(0);
    }
    counts[sitting] = (counts[sitting] as number) + 1;
  }
  const sittingStart = new Int32Array(counts.length + 1);
  const passageStart = new Int32Array(counts.length + 1);
  for (let t = 0; t < counts.length; t++) {
    const n = counts[t] as number;
    sittingStart[t + 1] = (sittingStart[t] as number) + n;
    passageStart[t + 1] = (passageStart[t] as number) + (n <= PASSAGE ? 1 : Math.ceil((n - PASSAGE) / STRIDE) + 1);
  }
  const positions = sittingStart[counts.length] as number;
  const messageAt = new Int32Array(positions);
  const positionOf = new Int32Array(messages.length).fill(-1);
  const sittingAt = new Int32Array(positions);
  const asks = new Uint8Array(positions);
  const cursor = sittingStart.slice();
  for (let i = 0; i < messages.length; i++) {
    if (perMessage[i] === perMessage[i + 1]) continue;
    const sitting = number.get(labels[i] as number) as number;
    const position = cursor[sitting] as number;
    cursor[sitting] = position + 1;
    messageAt[position] = i;
    positionOf[i] = position;
    sittingAt[position] = sitting;
    if (asksSomething((messages[i] as Message).text)) asks[position] = 1;
  }

  const terms = new Int32Array(used);
  const termStart = new Int32Array(positions + 1);
  const postingStart = new Int32Array(table.size() + 1);
  let at = 0;
  for (let p = 0; p < positions; p++) {
    const message = messageAt[p] as number;
    termStart[p] = at;
    for (let k = perMessage[message] as number; k < (perMessage[message + 1] as number); k++) {
      const term = buffer[k] as number;
      terms[at++] = term;
      postingStart[term + 1] = (postingStart[term + 1] as number) + 1;
    }
  }
  termStart[positions] = at;
  for (let t = 0; t < table.size(); t++) postingStart[t + 1] = (postingStart[t + 1] as number) + (postingStart[t] as number);
  const postings = new Int32Array(used);
  const fill = postingStart.slice();
  for (let p = 0; p < positions; p++) {
    for (let k = termStart[p] as number; k < (termStart[p + 1] as number); k++) {
      const term = terms[k] as number;
      const slot = fill[term] as number;
      postings[slot] = p;
      fill[term] = slot + 1;
    }
  }
  const sittingOfPassage = new Int32Array(passageStart[counts.length] as number);
  for (let t = 0; t < counts.length; t++) sittingOfPassage.fill(t, passageStart[t], passageStart[t + 1]);
  return {
    table,
    spell,
    messageAt,
    positionOf,
    terms,
    termStart,
    postings,
    postingStart,
    sittingAt,
    sittingStart,
    passageStart,
    sittingOfPassage,
    asks,
  };
}

function hasWords(message: Message): boolean {
  return message.kind === 'text' || message.kind === 'link' || message.kind === 'file';
}
