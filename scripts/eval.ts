/**
 * `npm run eval`: how good the answers, the silence, the threads and the digests are, by the gold sets.
 *
 * In: an archive and a folder of gold sets about it. Out: one table (or JSON) on stdout; exit code 1 if a floor is not reached.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Knowledge } from '../knowledge/index.js';
import {
  type Command,
  existingFile,
  existingFolder,
  jsonLines,
  readOptions,
  runIfEntry,
  type Screen,
  WrongUse,
} from './command.js';
import { abstention } from './eval/abstention.js';
import { type Claim, calibrationError, reliability } from './eval/calibration.js';
import { type DayMessage, digestDays } from './eval/digests.js';
import { feedbackRows } from './eval/feedback.js';
import { addressKey, type Gold, readGold } from './eval/gold.js';
import { linking } from './eval/linking.js';
import { answerRank, questionRows } from './eval/questions.js';
import { belowFloor, type Evaluation, figuresOf, tableOf } from './eval/report.js';
import { meanOfDays, threadDays } from './eval/threads.js';
import { parseLine } from './json-lines.js';
import { openArchive } from './open-archive.js';
import { type RunAnswer, runAnswer, timedAnswer } from './run-line.js';

const OPTIONS = {
  archive: { type: 'string' },
  gold: { type: 'string' },
  json: { type: 'boolean' },
  run: { type: 'string' },
  pred: { type: 'string' },
  floor: { type: 'string' },
  feedback: { type: 'boolean' },
} as const;

const FLOOR = z.record(z.string(), z.number());

export const evalCommand: Command = {
  name: 'eval',
  help: `--archive DIR --gold DIR [--json] [--run FILE] [--pred FILE] [--floor FILE] [--feedback]

  --archive DIR    folder of transcripts
  --gold DIR       folder with questions.jsonl, unanswerable.jsonl and threads.jsonl
  --json           print JSON instead of the table
  --run FILE       also write the answers scored, one a line (both kinds of questions)
  --pred FILE      also write the threads scored, one message header a line
  --floor FILE     JSON of figure name to least value; exit code 1 if a figure is below (names: see "figures" of --json)
  --feedback       also judge half of the answers as members would (有用, 没用), and see what that does to both halves`,
  async run(args, screen) {
    const values = readOptions(args, OPTIONS);
    const archive = existingFolder(values.archive, '--archive');
    const gold = readGold(existingFolder(values.gold, '--gold'));
    const floor = values.floor === undefined ? {} : readFloor(existingFile(values.floor, '--floor'));
    const run = values.run === undefined ? undefined : jsonLines(values.run, '--run', screen);
    const pred = values.pred === undefined ? undefined : jsonLines(values.pred, '--pred', screen);

    const knowledge = await openArchive(archive, screen);
    let evaluation: Evaluation;
    try {
      const answers = await askAll(knowledge, gold, screen);
      for (const [qid, answer] of answers) run?.write({ qid, ...answer });
      for (const assignment of pred ? knowledge.assignments() : []) pred?.write(assignment);
      evaluation = {
        ...evaluate(knowledge, gold, answers),
        ...(values.feedback ? { feedback: await feedbackRows(knowledge, gold, (told) => screen.err(`${told}\n`)) } : {}),
      };
    } finally {
      run?.close();
      pred?.close();
      await knowledge.close();
    }
    const figures = figuresOf(evaluation);
    screen.out(values.json ? `${JSON.stringify({ figures, ...evaluation })}\n` : tableOf(evaluation));
    const faults = belowFloor(figures, floor);
    for (const fault of faults) screen.err(`${fault}\n`);
    return faults.length === 0 ? 0 : 1;
  },
};

function readFloor(file: string): Readonly<Record<string, number>> {
  const parsed = parseLine(readFileSync(file, 'utf8'), FLOOR);
  if ('fault' in parsed) throw new WrongUse(`--floor: ${file}: ${parsed.fault}`);
  return parsed.value;
}

async function askAll(knowledge: Knowledge, gold: Gold, screen: Screen): Promise<ReadonlyMap<string, RunAnswer>> {
  const questions = [...gold.questions, ...gold.unanswerable];
  const begun = performance.now();
  const answers = new Map<string, RunAnswer>();
  for (const { qid, query } of questions) {
    const { answer, ms } = await timedAnswer(knowledge, query);
    answers.set(qid, runAnswer(answer, ms));
  }
  screen.err(`${questions.length} questions asked in ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
  return answers;
}

function evaluate(knowledge: Knowledge, gold: Gold, answers: ReadonlyMap<string, RunAnswer>): Evaluation {
  const threadOf = new Map<string, string>();
  for (const assignment of knowledge.assignments()) threadOf.set(addressKey(assignment), assignment.thread);
  const days = threadDays(gold.days, threadOf);
  // What cannot be answered is part of the question whether confidence can be trusted: there nothing is right.
  const claim = (qid: string, isRight: (results: RunAnswer['results']) => boolean): readonly Claim[] => {
    const results = answers.get(qid)?.results ?? [];
    const [first] = results;
    return first === undefined ? [] : [{ confidence: first.confidence, right: isRight(results) }];
  };
  const bins = reliability([
    ...gold.questions.flatMap((question) => claim(question.qid, (results) => answerRank(question, results) === 0)),
    ...gold.unanswerable.flatMap(({ qid }) => claim(qid, () => false)),
  ]);
  return {
    questions: questionRows(gold.questions, answers),
    abstention: abstention(gold.questions, gold.unanswerable, (qid) => answers.get(qid)?.answered === true),
    days,
    threads: meanOfDays(days),
    linking: linking(gold.questions, {
      threadOf: (address) => threadOf.get(addressKey(address)),
      messagesOf: (thread) => knowledge.thread(thread)?.quotes ?? [],
    }),
    digests: digestDays(gold.days, messagesOf(knowledge, gold.days), (room, from, to) =>
      knowledge.digest({ rooms: [room], from, to, days: 1 }),
    ),
    reliability: bins,
    calibrationError: calibrationError(bins),
  };
}

/** The messages of the gold days, by address. */
function messagesOf(knowledge: Knowledge, days: Gold['days']): ReadonlyMap<string, DayMessage> {
  const files = new Set(days.map(({ file }) => file));
  const keys = new Set([...knowledge.assignments()].flatMap(({ file, thread }) => (files.has(file) ? [thread] : [])));
  const quotes = [...keys].flatMap((key) => knowledge.thread(key)?.quotes ?? []);
  return new Map(quotes.map((quote) => [addressKey(quote), quote]));
}

await runIfEntry(import.meta.url, evalCommand);
