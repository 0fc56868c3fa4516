/**
 * How sure it is that an excerpt answers, and whether to answer at all.
 *
 * Two logistic regressions on a few numbers: one says for each group how likely it holds an answer (calibrated), one says
 * for the question as a whole whether the archive answers it. Weights: confidence.json, made by `npm run train-ranking`.
 */
import { z } from 'zod';
import { ALL_FEATURES, type FeatureRows } from '../search/features.js';
import type { Query } from '../search/query.js';
import type { Group } from '../search/rank.js';
import { isSmallTalk } from '../text/small-talk.js';

const REGRESSION = z.object({ bias: z.number(), weights: z.record(z.string(), z.number()) });
const SIDE = z.object({
  group: REGRESSION,
  question: REGRESSION,
  /** `sure` from which on a question is answered. */
  threshold: z.number(),
  /** The confidence of the first excerpt, and `sure`, from which on nobody need have asked. */
  unasked: z.number(),
});
export const CONFIDENCE = z.object({ note: z.string(), lexical: SIDE, meaning: SIDE });
export type ConfidenceModel = z.infer<typeof SIDE>;
type Regression = z.infer<typeof REGRESSION>;

/** What is known of a question or a group, by name; what a regression has no weight for counts nothing. */
export type Signs = Readonly<Record<string, number>>;

/** Candidates, the best by score, that are looked at for what they are, not only for where they rank. */
const BEST = 5;

/** Columns of which the best candidates' highest value is a sign, and those of which the highest of all is. */
const OF_BEST = ['characters.passage', 'words.top3', 'coverage', 'meaning.thread'].map(columnOf);
const OF_ALL = ['words.passage', 'characters.passage', 'meaning.own', 'meaning.passage'].map(columnOf);

/** Numbers of one group: its score and those of its rivals, and how sure it is that there is an answer at all, in log-odds. */
export function groupSigns(groups: readonly Group[], rank: number, sure: number): Signs {
  const own = groups[rank];
  const rival = groups[rank === 0 ? 1 : 0];
  return {
    first: logit(own?.members[0]?.probability ?? 0),
    second: logit(own?.members[1]?.probability ?? 0),
    rival: logit(rival?.members[0]?.probability ?? 0),
    sure: logit(sure),
    isFirst: rank === 0 ? 1 : 0,
  };
}

/**
 * Numbers of the question: how much of it the archive knows at all, and how close the best passages come. `scores` has one
 * score a row.
 */
export function questionSigns(
  question: string,
  query: Query,
  rows: FeatureRows,
  scores: Float32Array,
  groups: readonly Group[],
): Signs {
  const width = ALL_FEATURES.length;
  const valueAt = (row: number, column: number): number => rows.values[row * width + column] as number;
  const highestOf = (some: readonly number[], column: number): number =>
    some.reduce((most, row) => Math.max(most, valueAt(row, column)), 0);
  const highestOfAll = (column: number): number => {
    let most = 0;
    for (let row = 0; row < scores.length; row++) most = Math.max(most, valueAt(row, column));
    return most;
  };
  const best = bestRows(scores);
  const known = query.terms.reduce((sum, one) => sum + one.weight, 0);
  return {
    first: logit(groups[0]?.members[0]?.probability ?? 0),
    second: logit(groups[0]?.members[1]?.probability ?? 0),
    ...Object.fromEntries(OF_BEST.map(({ name, column }) => [`best ${name}`, highestOf(best, column)])),
    ...Object.fromEntries(OF_ALL.map(({ name, column }) => [name, highestOfAll(column)])),
    known: query.total > 0 ? known / query.total : 0,
    unknownWords: query.unknown.words,
    unknownLatin: query.unknown.latin,
    matter: Math.log(1 + query.matter),
    // The best of few is worse than the best of many: without this a small archive would be silent.
    among: Math.log(1 + query.among),
    smallTalk: isSmallTalk(question) ? 1 : 0,
  };
}

/** The rows with the highest scores, the earlier of equals first. Not sorted for: all rows are a thousand and more. */
function bestRows(scores: Float32Array): readonly number[] {
  const best: number[] = [];
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row] as number;
    if (best.length === BEST && score <= (scores[best[BEST - 1] as number] as number)) continue;
    const place = best.findIndex((other) => score > (scores[other] as number));
    best.splice(place < 0 ? best.length : place, 0, row);
    if (best.length > BEST) best.pop();
  }
  return best;
}

/** Probability, 0..1. */
export function predict({ bias, weights }: Regression, signs: Signs): number {
  const sum = Object.entries(weights).reduce((total, [name, weight]) => total + weight * (signs[name] ?? 0), bias);
  return 1 / (1 + Math.exp(-sum));
}

function columnOf(name: string): { readonly name: string; readonly column: number } {
  return { name, column: ALL_FEATURES.indexOf(name) };
}

function logit(probability: number): number {
  const bounded = Math.min(1 - 1e-4, Math.max(1e-4, probability));
  return Math.log(bounded / (1 - bounded));
}
