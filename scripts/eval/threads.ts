/**
 * How well conversations are told apart.
 *
 * In: gold days and the thread each message header was put in. Out: figures a day, and their mean weighted by messages.
 * The measures are those of Kummerfeld et al., "A Large-Scale Corpus for Conversation Disentanglement" (ACL 2019), section 5,
 * and pairwise F over pairs of messages in one thread.
 */
import { addressKey, type GoldDay } from './gold.js';
import { bestMatching } from './matching.js';

/** All in 0..1, except that 1-VI can be negative. */
export interface ThreadFigures {
  /** Share of messages in the best one-to-one pairing of true and guessed threads. */
  readonly one_to_one: number;
  /** 1 - variation of information, scaled by its greatest value log2(messages). */
  readonly '1-VI': number;
  readonly pairwise_F: number;
  /** Of threads of two or more messages found exactly. */
  readonly exact_F: number;
}

export interface ThreadDay {
  readonly file: string;
  readonly messages: number;
  readonly threads: number;
  readonly guessed: number;
  readonly figures: ThreadFigures;
}

/** @param threadOf by {@link addressKey}; a message without a thread counts as a thread of its own */
export function threadDays(gold: readonly GoldDay[], threadOf: ReadonlyMap<string, string>): readonly ThreadDay[] {
  return gold.map((day) => {
    const { file } = day;
    const conversations = openings(day);
    const lines = [...conversations.keys()];
    const truth = [...conversations.values()].map(String);
    const guess = lines.map((line) => {
      const thread = threadOf.get(addressKey({ file, line }));
      return thread === undefined ? `missing ${line}` : `thread ${thread}`;
    });
    const overlap = compare(truth, guess);
    return {
      file,
      messages: lines.length,
      threads: overlap.truth.size,
      guessed: overlap.guess.size,
      figures: {
        one_to_one: oneToOne(overlap),
        '1-VI': informationKept(overlap),
        pairwise_F: pairwiseF(overlap),
        exact_F: exactF(overlap),
      },
    };
  });
}

export function meanOfDays(days: readonly ThreadDay[]): ThreadFigures {
  const messages = days.reduce((sum, day) => sum + day.messages, 0);
  const of = (name: keyof ThreadFigures) =>
    messages === 0 ? 0 : days.reduce((sum, day) => sum + day.messages * day.figures[name], 0) / messages;
  return { one_to_one: of('one_to_one'), '1-VI': of('1-VI'), pairwise_F: of('pairwise_F'), exact_F: of('exact_F') };
}

/** By line of a message: the line of the message that opened its conversation. */
export function openings({ parent }: GoldDay): ReadonlyMap<number, number> {
  return new Map(Object.keys(parent).map((line) => [Number(line), opening(Number(line), parent)]));
}

function opening(line: number, parent: GoldDay['parent']): number {
  let at = line;
  const seen = new Set<number>();
  while (!seen.has(at)) {
    seen.add(at);
    at = parent[at] ?? at;
  }
  return at;
}

/** Two ways of dividing the same messages: sizes of the parts of each, and of their intersections. */
interface Overlap {
  readonly messages: number;
  readonly truth: ReadonlyMap<string, number>;
  readonly guess: ReadonlyMap<string, number>;
  readonly both: readonly { readonly truth: string; readonly guess: string; readonly count: number }[];
}

function compare(truth: readonly string[], guess: readonly string[]): Overlap {
  const both = new Map<string, { truth: string; guess: string; count: number }>();
  truth.forEach((one, i) => {
    const other = guess[i] ?? '';
    const cell = both.get(`${one}\n${other}`) ?? { truth: one, guess: other, count: 0 };
    cell.count += 1;
    both.set(`${one}\n${other}`, cell);
  });
  return { messages: truth.length, truth: sizes(truth), guess: sizes(guess), both: [...both.values()] };
}

function sizes(labels: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

function oneToOne({ messages, truth, guess, both }: Overlap): number {
  if (messages === 0) return 0;
  const row = new Map([...truth.keys()].map((label, i) => [label, i]));
  const column = new Map([...guess.keys()].map((label, i) => [label, i]));
  const weights = [...truth].map(() => new Array<number>(guess.size).fill(0));
  for (const cell of both) {
    const cells = weights[row.get(cell.truth) ?? -1];
    if (cells) cells[column.get(cell.guess) ?? -1] = cell.count;
  }
  return bestMatching(weights) / messages;
}

function informationKept({ messages, truth, guess, both }: Overlap): number {
  // A single message cannot be divided in two ways.
  if (messages < 2) return 1;
  const bits = (counts: Iterable<number>) => {
    let sum = 0;
    for (const count of counts) sum -= (count / messages) * Math.log2(count / messages);
    return sum;
  };
  const joint = bits(both.map(({ count }) => count));
  return 1 - (2 * joint - bits(truth.values()) - bits(guess.values())) / Math.log2(messages);
}

function pairwiseF({ truth, guess, both }: Overlap): number {
  const pairs = (counts: Iterable<number>) => {
    let sum = 0;
    for (const count of counts) sum += (count * (count - 1)) / 2;
    return sum;
  };
  const common = pairs(both.map(({ count }) => count));
  return harmonic(common / Math.max(1, pairs(guess.values())), common / Math.max(1, pairs(truth.values())));
}

function exactF({ truth, guess, both }: Overlap): number {
  const common = both.filter(
    (cell) => cell.count > 1 && truth.get(cell.truth) === cell.count && guess.get(cell.guess) === cell.count,
  );
  const several = (counts: Iterable<number>) => [...counts].filter((count) => count > 1).length;
  return harmonic(common.length / Math.max(1, several(guess.values())), common.length / Math.max(1, several(truth.values())));
}

function harmonic(a: number, b: number): number {
  return a + b === 0 ? 0 : (2 * a * b) / (a + b);
}
