/**
 * How sure it is that an excerpt answers, and whether to answer at all.
 *
 * Two logistic regressions on a few numbers: one says for each group how likely it holds an answer (calibrated), one says
 * for the question as a whole whether the archive answers it. Weights: confidence.json, made by `npm run train-ranking`.
 */
import { z } from 'zod';
import type { FeatureRows } from '../search/features.js';
import { ALL_FEATURES } from '../search/features.js';
import type { Query } from '../search/query.js';
import type { Group } from '../search/rank.js';
import { isSmallTalk } from '../text/small-talk.js';

const REGRESSION = z.object({ bias: z.number(), weights: z.array(z.number()) });
const SIDE = z.object({ group: REGRESSION, question: REGRESSION, threshold: z.number() });
export const CONFIDENCE = z.object({ note: z.string(), lexical: SIDE, meaning: SIDE });
export type ConfidenceModel = z.infer<typeof SIDE>;

const column = (name: string): number => ALL_FEATURES.indexOf(name);
const OWN = column('own');
const PASSAGE = column('passage');
const ASKED = column('asked');
const TOP3 = column('top3');
const MEANING = column('meaning');
const MEANING_PASSAGE = column('meaningPassage');
const MEANING_ASKED = column('meaningAsked');

/** Numbers of one group: its score and those of its rivals, in log-odds, and how well words (and meaning) agree. */
export function groupSigns(groups: readonly Group[], rank: number): readonly number[] {
  const own = groups[rank];
  if (!own) return [0, 0, 0];
  const rival = groups[rank === 0 ? 1 : 0];
  return [
    logit(own.members[0]?.probability ?? 0),
    logit(own.members[1]?.probability ?? 0),
    logit(rival?.members[0]?.probability ?? 0),
  ];
}

/** Numbers of the question: how much of it the archive knows at all and how close the best passages come. */
export function questionSigns(question: string, query: Query, rows: FeatureRows, groups: readonly Group[]): readonly number[] {
  const best = { own: 0, passage: 0, asked: 0, top3: 0, meaning: 0, meaningPassage: 0, meaningAsked: 0 };
  const width = ALL_FEATURES.length;
  for (let at = 0; at < rows.values.length; at += width) {
    best.own = Math.max(best.own, rows.values[at + OWN] as number);
    best.passage = Math.max(best.passage, rows.values[at + PASSAGE] as number);
    best.asked = Math.max(best.asked, rows.values[at + ASKED] as number);
    best.top3 = Math.max(best.top3, rows.values[at + TOP3] as number);
    best.meaning = Math.max(best.meaning, rows.values[at + MEANING] as number);
    best.meaningPassage = Math.max(best.meaningPassage, rows.values[at + MEANING_PASSAGE] as number);
    best.meaningAsked = Math.max(best.meaningAsked, rows.values[at + MEANING_ASKED] as number);
  }
  const known = query.terms.reduce((sum, one) => sum + one.weight, 0);
  const first = groups[0];
  return [
    logit(first?.members[0]?.probability ?? 0),
    logit(first?.members[1]?.probability ?? 0),
    best.own,
    best.passage,
    best.asked,
    best.top3,
    best.meaning,
    best.meaningPassage,
    best.meaningAsked,
    query.total > 0 ? known / query.total : 0,
    Math.log(1 + query.matter),
    // The best of few is worse than the best of many: without this a small archive would be silent.
    Math.log(1 + query.among),
    isSmallTalk(question) ? 1 : 0,
  ];
}

/** Probability, 0..1. */
export function predict(regression: z.infer<typeof REGRESSION>, signs: readonly number[]): number {
  const sum = signs.reduce((total, sign, i) => total + sign * (regression.weights[i] ?? 0), regression.bias);
  return 1 / (1 + Math.exp(-sum));
}

function logit(probability: number): number {
  const bounded = Math.min(1 - 1e-4, Math.max(1e-4, probability));
  return Math.log(bounded / (1 - bounded));
}
