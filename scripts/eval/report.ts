/**
 * The outcome of an evaluation, for people and for programs.
 *
 * In: what the parts measured. Out: one table of text, and every figure under a flat name such as `ranked.all.answer@3`.
 */
import type { Abstention } from './abstention.js';
import type { ReliabilityBin } from './calibration.js';
import { type DigestDay, digestFigures } from './digests.js';
import type { FeedbackRow } from './feedback.js';
import type { Linking } from './linking.js';
import type { QuestionRow } from './questions.js';
import type { ThreadDay, ThreadFigures } from './threads.js';

export interface Evaluation {
  readonly questions: readonly QuestionRow[];
  readonly abstention: Abstention;
  readonly days: readonly ThreadDay[];
  readonly threads: ThreadFigures;
  readonly linking: Linking;
  readonly digests: readonly DigestDay[];
  readonly reliability: readonly ReliabilityBin[];
  readonly calibrationError: number;
  readonly feedback?: readonly FeedbackRow[];
}

/** Greater is better for all but `abstention.unanswerable`, `abstention.unanswerable.STYLE`, `confidence.ece`, `digests.twice` and `digests.noise`. */
export function figuresOf({
  questions,
  abstention,
  threads,
  linking,
  digests,
  calibrationError,
  feedback = [],
}: Evaluation): Readonly<Record<string, number>> {
  const { answerable, unanswerable, styles, f1 } = abstention;
  return {
    ...Object.fromEntries(
      questions.flatMap(({ view, group, figures }) =>
        Object.entries(figures).map(([name, value]) => [`${view}.${group}.${name}`, value]),
      ),
    ),
    'abstention.f1': f1,
    'abstention.answerable': answerable,
    'abstention.unanswerable': unanswerable,
    ...Object.fromEntries(styles.map(({ style, answered }) => [`abstention.unanswerable.${style}`, answered])),
    // The same as silence, so that a floor can be set for it.
    'abstention.silent': 1 - unanswerable,
    ...Object.fromEntries(styles.map(({ style, answered }) => [`abstention.silent.${style}`, 1 - answered])),
    ...Object.fromEntries(Object.entries(threads).map(([name, value]) => [`threads.${name}`, value])),
    ...Object.fromEntries(Object.entries(digestFigures(digests)).map(([name, value]) => [`digests.${name}`, value])),
    'linking.held': linking.held,
    'linking.topical': linking.topical,
    'linking.pure': linking.pure,
    'confidence.ece': calibrationError,
    ...Object.fromEntries(
      feedback.flatMap(({ group, when, figures }) =>
        Object.entries(figures).map(([name, value]) => [`feedback.${group}.${when}.${name}`, value]),
      ),
    ),
  };
}

export function tableOf(evaluation: Evaluation): string {
  const { questions, abstention, days, threads, linking, digests } = evaluation;
  const { ceiling = 0, covered = 0, twice = 0, noise = 0 } = digestFigures(digests);
  const messages = days.reduce((sum, day) => sum + day.messages, 0);
  const sections = [
    layOut([
      ['questions', '', 'n', 'answer@1', 'answer@3', 'answer@10', 'mrr@10', 'quote_precision'],
      ...questions.map(({ view, group, n, figures }) => [view, group, String(n), ...Object.values(figures).map(rounded)]),
    ]),
    layOut([
      ['answered', '', 'n', 'share'],
      ['answerable', 'all', String(questions.find(({ group }) => group === 'all')?.n ?? 0), rounded(abstention.answerable)],
      ['unanswerable', 'all', String(abstention.styles.reduce((sum, { n }) => sum + n, 0)), rounded(abstention.unanswerable)],
      ...abstention.styles.map(({ style, n, answered }) => ['unanswerable', style, String(n), rounded(answered)]),
      ['answerability F1', '', '', rounded(abstention.f1)],
    ]),
    layOut([
      ['threads', '', 'messages', 'threads', 'guessed', 'one_to_one', '1-VI', 'pairwise_F', 'exact_F'],
      ...days.map((day) => [
        day.file,
        '',
        ...[day.messages, day.threads, day.guessed].map(String),
        ...Object.values(day.figures).map(rounded),
      ]),
      ['all', '', String(messages), '', '', ...Object.values(threads).map(rounded)],
    ]),
    layOut([
      ['answer linking', '', 'n', 'held', 'topical', 'pure'],
      ['all', '', String(linking.n), rounded(linking.held), rounded(linking.topical), rounded(linking.pure)],
    ]),
    layOut([
      ['digests', '', 'large', 'ceiling', 'covered', 'topics', 'twice', 'noise'],
      ...digests.map(({ file, ...day }) => [
        file,
        '',
        ...[day.large, day.ceiling, day.covered, day.topics, day.twice, day.noise].map(String),
      ]),
      ['all', '', '', ...[ceiling, covered].map(rounded), '', String(twice), String(noise)],
    ]),
    layOut([
      ['confidence', '', 'n', 'mean', 'right'],
      ...evaluation.reliability.map(({ from, to, n, confidence, right }) => [
        `${from.toFixed(1)} to ${to.toFixed(1)}`,
        '',
        String(n),
        ...(n === 0 ? ['-', '-'] : [rounded(confidence), rounded(right)]),
      ]),
      ['calibration error', '', '', rounded(evaluation.calibrationError)],
    ]),
    ...(evaluation.feedback ? [layOut(feedbackTable(evaluation.feedback))] : []),
  ];
  return sections.join('\n');
}

function feedbackTable(rows: readonly FeedbackRow[]): readonly (readonly string[])[] {
  const names = Object.keys(rows[0]?.figures ?? {});
  return [
    ['feedback', '', 'n', ...names],
    ...rows.map(({ group, when, n, figures }) => [group, when, String(n), ...Object.values(figures).map(rounded)]),
  ];
}

/** The figures below their floor, one line each; also floors that no figure answers to, as a misspelt one would never fail. */
export function belowFloor(
  figures: Readonly<Record<string, number>>,
  floor: Readonly<Record<string, number>>,
): readonly string[] {
  return Object.entries(floor).flatMap(([name, least]) => {
    const value = figures[name];
    if (value === undefined) return [`${name} is in the floor, but there is no such figure`];
    return value < least ? [`${name} is ${rounded(value)}, below its floor ${rounded(least)}`] : [];
  });
}

function rounded(value: number): string {
  return value.toFixed(3);
}

/** Columns wide enough for their cells; the first two hold words and stand left, the others figures. */
function layOut(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number) =>
    column < 2 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  return rows.map((row) => `${row.map(cell).join('  ').trimEnd()}\n`).join('');
}
