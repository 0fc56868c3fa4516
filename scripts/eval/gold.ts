/**
 * The gold sets: what a good bot would find, as people judged it.
 *
 * In: a folder with questions.jsonl, unanswerable.jsonl and threads.jsonl. Out: their lines, checked.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonLines } from '../json-lines.js';

const ADDRESS = z.object({ file: z.string(), line: z.number().int() });

const QUESTION = z.object({
  qid: z.string(),
  query: z.string(),
  style: z.string(),
  /** The archived message that asked the same, if there is one. */
  asked: ADDRESS.nullable().optional(),
  /** Grade 3 answers by itself, 2 is a real part of an answer, 1 is on topic. */
  answers: z.array(ADDRESS.extend({ grade: z.number() })),
  thread: z.array(ADDRESS),
});

const UNANSWERABLE = z.object({ qid: z.string(), query: z.string(), style: z.string() });

/** `parent`: line of a message's header -> line of the message it answers or continues; itself if it opens a conversation. */
const DAY = z.object({ file: z.string(), parent: z.record(z.string().regex(/^\d+$/), z.number().int()) });

export type GoldAddress = z.infer<typeof ADDRESS>;
export type GoldQuestion = z.infer<typeof QUESTION>;
export type GoldUnanswerable = z.infer<typeof UNANSWERABLE>;
export type GoldDay = z.infer<typeof DAY>;

export interface Gold {
  readonly questions: readonly GoldQuestion[];
  readonly unanswerable: readonly GoldUnanswerable[];
  readonly days: readonly GoldDay[];
}

/** From this grade on a message answers, alone or as a real part. */
export const ANSWERS = 2;

/** @throws WrongUse naming the file and line that cannot be read */
export function readGold(folder: string): Gold {
  return {
    questions: readJsonLines(join(folder, 'questions.jsonl'), QUESTION),
    unanswerable: readJsonLines(join(folder, 'unanswerable.jsonl'), UNANSWERABLE),
    days: readJsonLines(join(folder, 'threads.jsonl'), DAY),
  };
}

/** One string for an address, to look it up by. */
export function addressKey({ file, line }: GoldAddress): string {
  return `${line} ${file}`;
}
