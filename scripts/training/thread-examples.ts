/**
 * Gold conversations -> examples for the thread model, by going through the archive with a teacher at hand.
 *
 * In: messages in time order and what is known of some of their conversations. Out: for each message of a known day, its
 * candidate rows and which of them may be right.
 */
import { divide } from '../../knowledge/threads/divide.js';
import type { Said } from '../../knowledge/threads/said.js';
import type { Message } from '../../knowledge/types.js';
import { addressKey, type Gold } from '../eval/gold.js';

/** What is known of one message. */
export interface Known {
  /** Number of its day, from 0; days of threads.jsonl first. */
  readonly day: number;
  /** Whether every conversation of that day is known, or only some. */
  readonly complete: boolean;
  /** Conversations it belongs to: exactly one on a complete day; elsewhere none, one, or several that overlap. */
  readonly conversations: readonly string[];
}

export interface Example {
  readonly day: number;
  readonly complete: boolean;
  readonly rows: readonly Float64Array[];
  readonly right: Uint8Array;
}

/** By message index. */
export type Supervision = ReadonlyMap<number, Known>;

export function supervisionOf(gold: Gold, messages: readonly Message[]): Supervision {
  const indexOf = new Map<string, number>();
  const byFile = new Map<string, number[]>();
  for (const message of messages) {
    for (const address of [message, ...message.copies]) {
      indexOf.set(addressKey(address), message.index);
      byFile.set(address.file, [...(byFile.get(address.file) ?? []), message.index]);
    }
  }
  const known = new Map<number, Known>();
  const days = new Map<string, number>();
  const dayOf = (file: string): number => {
    const day = days.get(file) ?? days.size;
    days.set(file, day);
    return day;
  };
  for (const { file, parent } of gold.days) {
    const root = (line: number): number => (parent[line] === undefined || parent[line] === line ? line : root(parent[line]));
    for (const line of Object.keys(parent).map(Number)) {
      const index = indexOf.get(addressKey({ file, line }));
      // Where both copies of a doubled message are listed, the first speaks for both.
      if (index !== undefined && !known.has(index))
        known.set(index, { day: dayOf(file), complete: true, conversations: [`${file} ${root(line)}`] });
    }
  }
  for (const { qid, thread } of gold.questions) {
    for (const file of new Set(thread.map((address) => address.file))) {
      const day = dayOf(file);
      for (const index of byFile.get(file) ?? [])
        if (!known.has(index)) known.set(index, { day, complete: false, conversations: [] });
    }
    for (const address of thread) {
      const index = indexOf.get(addressKey(address));
      const before = index === undefined ? undefined : known.get(index);
      if (index !== undefined && before && !before.complete && !before.conversations.includes(qid))
        known.set(index, { ...before, conversations: [...before.conversations, qid] });
    }
  }
  return known;
}

/** A silence (ms) that divides what nobody has divided by hand. */
const GAP = 20 * 60_000;

/**
 * The messages of known conversations with their candidates, in a history that is right as far as it is known and divided by
 * silence where it is not.
 */
export function examplesOf(stretch: readonly Said[], supervision: Supervision): readonly Example[] {
  const examples: Example[] = [];
  /** Conversation -> label of the thread that holds it. */
  const holds = new Map<string, number>();
  divide(stretch, (rows, said, room) => {
    const known = supervision.get(said.message.index);
    const labels = room.threads.map((thread) => thread.label);
    const right = new Uint8Array(rows.length);
    if (!known || known.conversations.length === 0) {
      // What is known belongs to a conversation of its own, so anything else goes on elsewhere.
      const latest = labels.findIndex((label) => ![...holds.values()].includes(label));
      const goesOn = room.previous && said.message.at - room.previous.message.at <= GAP && latest >= 0;
      return certain(rows, goesOn ? latest : labels.length);
    }
    for (const conversation of known.conversations) {
      const at = labels.indexOf(holds.get(conversation) ?? -1);
      if (at >= 0) right[at] = 1;
    }
    const begins = !right.includes(1);
    if (begins) right[rows.length - 1] = 1;
    // A single conversation may be a passage cut out of a longer one; then it does not begin where it seems to.
    const isCut = begins && !known.complete && room.previous?.message.speaker === said.message.speaker;
    if (!isCut && right.includes(0))
      examples.push({ day: known.day, complete: known.complete, rows: rows.map((row) => row.slice()), right });
    const taken = right.indexOf(1);
    for (const conversation of known.conversations) holds.set(conversation, labels[taken] ?? said.order);
    return certain(rows, taken);
  });
  return examples;
}

/** Probabilities that leave no doubt. */
function certain(rows: readonly Float64Array[], chosen: number): readonly number[] {
  return rows.map((_, i) => (i === chosen ? 1 : 0));
}
