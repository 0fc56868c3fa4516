/**
 * The weights of the thread model.
 *
 * In: candidate rows. Out: a score for each row, in nats: the higher, the likelier; the exponentials of a message's rows,
 * divided by their sum, are probabilities (conditional logit: McFadden 1974).
 */
import { FEATURES } from './features.js';
import shipped from './weights.json' with { type: 'json' };

export interface ThreadModel {
  /** How it was made, on what, and what it reached in cross-validation. */
  readonly note: string;
  /** By feature; what is not there counts nothing. */
  readonly weights: Readonly<Record<string, number>>;
}

export const SHIPPED: ThreadModel = shipped;

export type Score = (row: Float64Array) => number;

export function scoreBy(model: ThreadModel): Score {
  const weights = Float64Array.from(FEATURES, (name) => model.weights[name] ?? 0);
  return (row) => {
    let sum = 0;
    for (let i = 0; i < row.length; i++) sum += (weights[i] as number) * (row[i] as number);
    return sum;
  };
}

/** The best row of a message; the first of equals. */
export function bestRow(rows: readonly Float64Array[], score: Score): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  rows.forEach((row, i) => {
    const value = score(row);
    if (value > most) [best, most] = [i, value];
  });
  return best;
}
