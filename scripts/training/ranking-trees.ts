/**
 * Studied questions -> boosted trees that rank candidates, and how good they are on questions they did not see.
 */
import { chooseQuotes } from '../../knowledge/answer/choose.js';
import type { Library } from '../../knowledge/library.js';
import { type Scorer, scorer, type TreeModel } from '../../knowledge/search/boosted-trees.js';
import { ALL_FEATURES } from '../../knowledge/search/features.js';
import { type Group, groupCandidates } from '../../knowledge/search/rank.js';
import type { Message } from '../../knowledge/types.js';
import { trainTrees } from './boosting.js';
import type { Example } from './ranking-data.js';

/** A question and the archive it was asked of. */
export interface Study {
  readonly library: Library;
  readonly example: Example;
}

/** Depth 2 or 4, 150 to 500 trees, and shares of half or twice these sizes measure the same within 0.01. */
const BOOSTING = { trees: 250, rate: 0.04, ridge: 5, leastWeight: 1, columnShare: 0.3, questionShare: 0.6 };
/** One negative in so many is kept, with so many times the weight: the rest says nothing new. */
const KEEP_NEGATIVES = 4;
/** Groups that are ranked, and those that count. */
const GROUPS = 20;
export const SHOWN = 10;

export function learnTrees(studies: readonly Study[], columns: readonly string[], note: string): TreeModel {
  const from = columns.map((name) => ALL_FEATURES.indexOf(name));
  const values: number[] = [];
  const labels: number[] = [];
  const weights: number[] = [];
  const questions: number[] = [];
  studies.forEach(({ library, example }, question) => {
    const positives = example.grades.reduce((sum, grade) => sum + (grade >= 2 ? 1 : 0), 0);
    if (positives === 0) return;
    const negatives = example.grades.length - positives;
    example.grades.forEach((grade, row) => {
      if (grade < 2 && (row % KEEP_NEGATIVES !== 0 || isBeside(library, example, row))) return;
      for (const column of from) values.push(example.rows.values[row * ALL_FEATURES.length + column] as number);
      labels.push(grade >= 2 ? 1 : 0);
      questions.push(question);
      // A question counts by the root of its answers, one that answers by itself twice, all that do not answer together three times.
      weights.push(
        grade >= 2 ? (grade >= 3 ? 2 : 1) / Math.sqrt(positives) : (3 * KEEP_NEGATIVES * Math.sqrt(positives)) / negatives,
      );
    });
  });
  const table = {
    values: Float32Array.from(values),
    columns,
    labels: Uint8Array.from(labels),
    weights: Float32Array.from(weights),
    questions: Int32Array.from(questions),
  };
  return trainTrees(table, BOOSTING, note);
}

/**
 * Whether a row that answers nothing belongs to the conversation that does: no answer, but no fault either if it is shown. Learned
 * as neither, 0.01 more of the first quotes belong to the right conversation.
 */
function isBeside({ index }: Library, { rows, thread }: Example, row: number): boolean {
  return thread.has(index.messageAt[rows.positions[row] as number] as number);
}

/** A question as ranked by a model that did not see it. */
export interface Ranked {
  readonly study: Study;
  readonly scores: Float32Array;
  readonly groups: readonly Group[];
}

export function rankedBy({ library, example }: Study, by: Scorer): Ranked {
  const scores = by.score(example.rows.values);
  return { study: { library, example }, scores, groups: groupCandidates(library, example.rows, scores, GROUPS) };
}

export const scorerOf = (model: TreeModel): Scorer => scorer(model, ALL_FEATURES);

/** Whether one of the group's quotes answers (grade 2 and more). */
export function answers({ library, example }: Study, group: Group): boolean {
  return quotesOf(library, group).some((message) => (example.gradeOf.get(message) ?? 0) >= 2);
}

export interface RankingFigures {
  readonly answerAt1: number;
  readonly answerAt3: number;
  readonly answerAt10: number;
  /** Share of the first group's quotes that belong to the gold thread. */
  readonly quotePrecision: number;
}

/** Means over the answerable questions, 0..1. */
export function figuresOf(ranked: readonly Ranked[]): RankingFigures {
  const rows = ranked
    .filter(({ study }) => study.example.answerable)
    .map(({ study, groups }) => {
      const rank = groups.slice(0, SHOWN).findIndex((group) => answers(study, group));
      const quotes = groups[0] ? quotesOf(study.library, groups[0]) : [];
      const inside = quotes.filter((message) => study.example.thread.has(message)).length;
      return { rank: rank < 0 ? SHOWN : rank, precision: quotes.length > 0 ? inside / quotes.length : 0 };
    });
  const share = (least: number): number => mean(rows.map(({ rank }) => (rank < least ? 1 : 0)));
  return {
    answerAt1: share(1),
    answerAt3: share(3),
    answerAt10: share(SHOWN),
    quotePrecision: mean(rows.map(({ precision }) => precision)),
  };
}

function quotesOf(library: Library, group: Group): readonly number[] {
  const messageAt = (position: number): Message =>
    library.archive.messages[library.index.messageAt[position] as number] as Message;
  return chooseQuotes(group, messageAt).map((position) => library.index.messageAt[position] as number);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
