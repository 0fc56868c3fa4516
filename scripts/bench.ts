/**
 * `npm run bench`: how fast and how large, in absolute figures and against a naive baseline measured in the same run.
 *
 * In: an archive, or the word import. Out: a table (or JSON) on stdout. Each side runs in processes of its own, turn by turn, so that a machine
 * that slows down slows all; medians over the turns are reported.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { benchImports } from './bench/imports.js';
import type { Side, SideReport } from './bench/side.js';
import { readTexts, sampleQuestions } from './bench/transcripts.js';
import { type Command, existingFolder, nothingMore, readArguments, runIfEntry, WrongUse, wholeNumber } from './command.js';
import { readJsonLines } from './json-lines.js';

const OPTIONS = {
  archive: { type: 'string' },
  gold: { type: 'string' },
  repeat: { type: 'string' },
  megabytes: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const TURNS = 3;
const QUESTIONS = 200;
const MEGABYTES = 20;

export const benchCommand: Command = {
  name: 'bench',
  help: `--archive DIR [--gold DIR] [--repeat N] [--json]
       npm run -s bench -- import [--megabytes N] [--json]

  --archive DIR    folder of transcripts
  --gold DIR       ask the questions of DIR/questions.jsonl; without it, ${QUESTIONS} questions found in the archive
  --repeat N       turns of each side; ${TURNS} without it
  --json           print JSON instead of the table
  import           measure how invented exports come into an archive instead
  --megabytes N    size of each of them; ${MEGABYTES} without it`,
  async run(args, screen) {
    const { values, positionals } = readArguments(args, OPTIONS);
    if (positionals[0] === 'import' && positionals.length === 1)
      return benchImports(wholeNumber(values.megabytes ?? String(MEGABYTES), '--megabytes'), values.json === true, screen);
    nothingMore(positionals[0]);
    const archive = existingFolder(values.archive, '--archive');
    const turns = wholeNumber(values.repeat ?? String(TURNS), '--repeat');
    const questions = values.gold === undefined ? questionsOf(archive) : goldQuestions(existingFolder(values.gold, '--gold'));

    const reports: Record<Side, SideReport[]> = { cold: [], warm: [], naive: [] };
    for (let turn = 1; turn <= turns; turn += 1) {
      const folder = mkdtempSync(join(tmpdir(), 'bench-'));
      try {
        const copy = join(folder, 'archive');
        cpSync(archive, copy, { recursive: true });
        for (const side of ['cold', 'warm', 'naive'] as const) {
          screen.err(`turn ${turn} of ${turns}: ${side} ...\n`);
          reports[side].push(await measureInChild(side, [copy, join(folder, 'snapshot')], questions));
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
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

async function measureInChild(side: Side, folders: readonly string[], questions: readonly string[]): Promise<SideReport> {
  const program = fileURLToPath(new URL('./bench/side.js', import.meta.url));
  const child = spawn(process.execPath, [program, side, ...folders], { stdio: ['pipe', 'pipe', 'inherit'] });
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
  /** From a snapshot, s; the baseline has none and builds again. */
  readonly warm_start: Comparison;
  /** After one message was added, s; the baseline builds again. `of_cold` is the part of the own cold build. */
  readonly reload_last_day: Comparison & { readonly of_cold: number };
  readonly reload_middle_day: Comparison & { readonly of_cold: number };
  /** ms */
  readonly query_p50: Comparison;
  readonly query_p95: Comparison;
  /** bytes */
  readonly peak_memory: Comparison;
}

function compare(reports: Readonly<Record<Side, readonly SideReport[]>>): Figures {
  const medianOf = (side: Side, figure: (report: SideReport) => number): number => quantile(reports[side].map(figure), 0.5);
  const of = (
    figure: (report: SideReport) => number,
    naiveFigure: (report: SideReport) => number = figure,
    side: Side = 'cold',
  ): Comparison => {
    const qunshi = medianOf(side, figure);
    const naive = medianOf('naive', naiveFigure);
    return { qunshi, naive, ratio: qunshi / naive };
  };
  const build = ({ build }: SideReport): number => build;
  const reload = (day: keyof SideReport['reloads']): Figures['reload_last_day'] => {
    const comparison = of(({ reloads }) => quantile(reloads[day], 0.5), build);
    return { ...comparison, of_cold: comparison.qunshi / medianOf('cold', build) };
  };
  return {
    cold_build: of(build),
    warm_start: of(build, build, 'warm'),
    reload_last_day: reload('last'),
    reload_middle_day: reload('middle'),
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
  const seconds = (value: number) => `${value.toFixed(2)} s`;
  const part = ({ of_cold }: { readonly of_cold: number }) => of_cold.toFixed(3);
  return [
    columns('', 'qunshi', 'naive', 'ratio'),
    row('cold build', figures.cold_build, seconds),
    row('warm start', figures.warm_start, seconds),
    row('reload, last day', figures.reload_last_day, seconds),
    row('reload, middle', figures.reload_middle_day, seconds),
    row('query p50', figures.query_p50, (ms) => `${ms.toFixed(2)} ms`),
    row('query p95', figures.query_p95, (ms) => `${ms.toFixed(2)} ms`),
    row('peak memory', figures.peak_memory, (bytes) => `${(bytes / 1e6).toFixed(0)} MB`),
    `a reload takes ${part(figures.reload_last_day)} (last day) and ${part(figures.reload_middle_day)} (middle) of a cold build`,
    `${questions} questions, each asked once; medians of ${turns} turns\n`,
  ].join('\n');
}

function columns(name: string, ...cells: readonly string[]): string {
  return `${name.padEnd(18)}${cells.map((cell) => cell.padStart(12)).join('')}`;
}

await runIfEntry(import.meta.url, benchCommand);
