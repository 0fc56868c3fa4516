/**
 * `npm run ask`: puts questions to an archive without any chat.
 *
 * In: an archive and one question, or a file of them. Out: the bubble the group would see, or JSON for other programs.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { answerBubble } from '../bot/reply/bubble.js';
import type { Knowledge } from '../knowledge/index.js';
import {
  type Command,
  existingFile,
  existingFolder,
  jsonLines,
  readArguments,
  runIfEntry,
  type Screen,
  WrongUse,
} from './command.js';
import { parseLine } from './json-lines.js';
import { openArchive } from './open-archive.js';
import { runAnswer, timedAnswer } from './run-line.js';

const OPTIONS = {
  archive: { type: 'string' },
  json: { type: 'boolean' },
  batch: { type: 'string' },
  out: { type: 'string' },
} as const;

const QUERY = z.object({ qid: z.string(), query: z.string() });

export const askCommand: Command = {
  name: 'ask',
  help: `--archive DIR [--json] QUESTION
       npm run -s ask -- --archive DIR --batch QUERIES.jsonl [--out RUN.jsonl]

  --archive DIR    folder of transcripts
  --json           print one JSON object instead of the bubble
  --batch FILE     answer many questions: {"qid","query"} a line
  --out FILE       where the answers of a batch go; the screen without it`,
  async run(args, screen) {
    const { values, positionals } = readArguments(args, OPTIONS);
    const archive = existingFolder(values.archive, '--archive');
    const question = positionals.join(' ').trim();
    if (values.batch !== undefined) {
      if (question !== '' || values.json) throw new WrongUse('--batch goes with neither a question nor --json');
      return askMany(archive, existingFile(values.batch, '--batch'), values.out, screen);
    }
    if (values.out !== undefined) throw new WrongUse('--out goes with --batch only');
    if (question === '') throw new WrongUse('the question is missing');
    return askOne(archive, question, values.json === true, screen);
  },
};

async function askOne(archive: string, question: string, json: boolean, screen: Screen): Promise<number> {
  const knowledge = await openArchive(archive, screen);
  try {
    const { answer, ms } = await timedAnswer(knowledge, question);
    screen.out(json ? `${JSON.stringify({ query: question, ...runAnswer(answer, ms) })}\n` : `${answerBubble(answer).text}\n`);
    return 0;
  } finally {
    await knowledge.close();
  }
}

async function askMany(archive: string, batch: string, out: string | undefined, screen: Screen): Promise<number> {
  const answers = jsonLines(out, '--out', screen);
  const knowledge = await openArchive(archive, screen);
  try {
    const { asked, skipped } = await answerLines(knowledge, batch, (line) => answers.write(line), screen);
    screen.err(`${asked} questions asked, ${skipped} lines skipped\n`);
    return skipped === 0 ? 0 : 1;
  } finally {
    answers.close();
    await knowledge.close();
  }
}

/** One line in, one line out, so that a long batch can be watched and costs no memory. A faulty line is told and skipped. */
async function answerLines(knowledge: Knowledge, batch: string, write: (line: object) => void, screen: Screen) {
  let asked = 0;
  let skipped = 0;
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(batch, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    if (line.trim() === '') continue;
    const parsed = parseLine(line, QUERY);
    if ('fault' in parsed) {
      screen.err(`${batch}:${number}: ${parsed.fault}; skipped\n`);
      skipped += 1;
      continue;
    }
    const { qid, query } = parsed.value;
    const { answer, ms } = await timedAnswer(knowledge, query);
    write({ qid, ...runAnswer(answer, ms) });
    asked += 1;
  }
  return { asked, skipped };
}

await runIfEntry(import.meta.url, askCommand);
