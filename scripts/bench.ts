/**
 * `npm run bench`: how fast and how large, in absolute figures and against a naive baseline measured in the same run.
 *
 * In: an archive. Out: a table (or JSON) on stdout. Each side runs in processes of its own, turn by turn, so that a machine
 * that slows down slows both; medians over the turns are reported.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Side, SideReport } from './bench/side.js';
import { readTexts, sampleQuestions } from './bench/transcripts.js';
import { type Command, existingFolder, readArguments, runIfEntry, WrongUse } from './command.js';
import { readJsonLines } from './json-lines.js';

const OPTIONS = {
  archive: { type: 'string' },
  gold: { type: 'string' },
  repeat: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const TURNS = 3;
const QUESTIONS = 200;

export const benchCommand: Command = {
  name: 'bench',
  help: `--archive DIR [--gold DIR] [--repeat N] [--json]

  --archive DIR    folder of transcripts
  --gold DIR       ask the questions of DIR/questions.jsonl; without it, ${QUESTIONS} questions found in the archive
  --repeat N       turns of each side; ${TURNS} without it
  --json           print JSON instead of the table`,
  async run(args, screen) {
    const { values, positionals } = readArguments(args, OPTIONS);
    if (positionals.length > 0) throw new WrongUse(`${positionals[0]} is one argument too many`);
    const archive = existingFolder(values.archive, '--archive');
    const turns = Number(values.repeat ?? TURNS);
    if (!Number.isInteger(turns) || turns < 1) throw new WrongUse('--repeat needs a whole number of at least 1');
    const questions = values.gold === undefined ? questionsOf(archive) : goldQuestions(existingFolder(values.gold, '--gold'));

    const reports: Record<Side, SideReport[]> = { qunshi: [], naive: [] };
    for (let turn = 1; turn <= turns; turn += 1) {
      for (const side of ['qunshi', 'naive'] as const) {
        screen.err(`turn ${turn} of ${turns}: ${side} ...\n`);
        reports[side].push(await measureInChild(side, archive, questions));
      }
    }
    const figures = compare(reports);
    const outcome = { questions: questions.length, turns, ...figures };
    screen.out(values.json ? `${JSON.stringify(outcome)}\n` : tableOf(figures, questions.length, turns));
    return 0;
  },
};

function goldQuestions(folder: string): readonly string[] {
  return readJsonLines(join(folder, 'questions.jsonl'), z.object({ query: z.string() })).map(({ query }) => query);
}

function questionsOf(archive: string): readonly string[] {
  const questions = sampleQuestions(readTexts(archive), QUESTIONS);
  if (questions.length === 0) throw new WrongUse('--archive: no message in it asks a question; give some with --gold');
  return questions;
}

async function measureInChild(side: Side, archive: string, questions: readonly string[]): Promise<SideReport> {
  const program = fileURLToPath(new URL('./bench/side.js', import.meta.url));
  const child = spawn(process.execPath, [program, side, archive], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  child.stdin.end(JSON.stringify(questions));
  const [output, code] = await Promise.all([text(child.stdout), ended]);
  if (code !== 0) throw new Error(`${side} failed, see above`);
  return JSON.parse(output) as SideReport;
}

interface Comparison {
  readonly qunshi: number;
  readonly naive: number;
  /** qunshi / naive: below 1 is better than the baseline. */
  readonly ratio: number;
}

interface Figures {
  /** s */
  readonly cold_build: Comparison;
  /** Opening from a snapshot, s; null as long as there are no snapshots. */
  readonly warm_start: null;
  /** ms */
  readonly query_p50: Comparison;
  readonly query_p95: Comparison;
  /** bytes */
  readonly peak_memory: Comparison;
}

function compare(reports: Readonly<Record<Side, readonly SideReport[]>>): Figures {
  const of = (figure: (report: SideReport) => number): Comparison => {
    const qunshi = quantile(reports.qunshi.map(figure), 0.5);
    const naive = quantile(reports.naive.map(figure), 0.5);
    return { qunshi, naive, ratio: qunshi / naive };
  };
  return {
    cold_build: of(({ build }) => build),
    warm_start: null,
    query_p50: of(({ queries }) => quantile(queries, 0.5)),
    query_p95: of(({ queries }) => quantile(queries, 0.95)),
    peak_memory: of(({ memory }) => memory),
  };
}

/** Between the two nearest values in proportion, as spreadsheets do. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

function tableOf(figures: Figures, questions: number, turns: number): string {
  const row = (name: string, comparison: Comparison, show: (value: number) => string) =>
    columns(name, show(comparison.qunshi), show(comparison.naive), comparison.ratio.toFixed(2));
  return [
    columns('', 'qunshi', 'naive', 'ratio'),
    row('cold build', figures.cold_build, (seconds) => `${seconds.toFixed(2)} s`),
    columns('warm start', 'n/a', 'n/a', 'n/a'),
    row('query p50', figures.query_p50, (ms) => `${ms.toFixed(2)} ms`),
    row('query p95', figures.query_p95, (ms) => `${ms.toFixed(2)} ms`),
    row('peak memory', figures.peak_memory, (bytes) => `${(bytes / 1e6).toFixed(0)} MB`),
    `${questions} questions, each asked once; medians of ${turns} turns\n`,
  ].join('\n');
}

function columns(name: string, ...cells: readonly string[]): string {
  return `${name.padEnd(12)}${cells.map((cell) => cell.padStart(12)).join('')}`;
}

await runIfEntry(import.meta.url, benchCommand);
