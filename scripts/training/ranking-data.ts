/**
 * Gold questions and an opened archive -> what the trainer learns from: candidate rows with grades, by question.
 */
import { z } from 'zod';
import type { Similarities } from '../../knowledge/answer/similarities.js';
import type { Library } from '../../knowledge/library.js';
import type { FeatureRows } from '../../knowledge/search/features.js';
import { type Query, weigh } from '../../knowledge/search/query.js';
import { candidateRows } from '../../knowledge/search/rank.js';
import type { Respeller } from '../../knowledge/search/respeller.js';
import type { Segmenter } from '../../knowledge/text/segment.js';
import type { Message } from '../../knowledge/types.js';

const address = z.object({ file: z.string(), line: z.number() });
export const GOLD_QUESTION = z.object({
  qid: z.string(),
  query: z.string(),
  style: z.string(),
  /** Absent in the list of unanswerable questions. */
  answers: z.array(address.extend({ grade: z.number() })).optional(),
  thread: z.array(address).optional(),
});
export type GoldQuestion = z.infer<typeof GOLD_QUESTION>;

export interface Example {
  readonly question: GoldQuestion;
  readonly query: Query;
  readonly rows: FeatureRows;
  /** Grade of each row's message, 0 where it answers nothing. */
  readonly grades: Uint8Array;
  /** Grade by message index. */
  readonly gradeOf: ReadonlyMap<number, number>;
  /** Message indices of the gold thread and all graded messages. */
  readonly thread: ReadonlySet<number>;
  readonly answerable: boolean;
}

export interface Known {
  readonly library: Library;
  /** See {@link addressesOf}. */
  readonly addresses: ReadonlyMap<string, number>;
  readonly segment: Segmenter;
  readonly respell: Respeller;
  readonly similarities: Similarities | undefined;
}

export function exampleOf(question: GoldQuestion, { library, addresses: at, segment, respell, similarities }: Known): Example {
  const { index, archive } = library;
  const gradeOf = new Map<number, number>();
  for (const answer of question.answers ?? []) {
    const message = at.get(`${answer.file}:${answer.line}`);
    if (message !== undefined) gradeOf.set(message, Math.max(gradeOf.get(message) ?? 0, answer.grade));
  }
  const thread = new Set([
    ...(question.thread ?? []).map(({ file, line }) => at.get(`${file}:${line}`) ?? -1),
    ...gradeOf.keys(),
  ]);
  const query = weigh(question.query, index, segment, respell);
  const rows = candidateRows({
    index,
    messages: archive.messages,
    threadOf: library.threadOf,
    query,
    ...(similarities ? { similarity: similarities.messages, passageSimilarity: similarities.passages } : {}),
    admit: () => true,
  });
  const grades = Uint8Array.from(rows.positions, (position) => gradeOf.get(index.messageAt[position] as number) ?? 0);
  return { question, query, rows, grades, gradeOf, thread, answerable: question.answers !== undefined };
}

/** Message index by `file:line`, copies included. */
export function addressesOf(messages: readonly Message[]): ReadonlyMap<string, number> {
  return new Map(
    messages.flatMap((one) => [one, ...one.copies].map(({ file, line }) => [`${file}:${line}`, one.index] as const)),
  );
}
