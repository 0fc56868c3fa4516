/**
 * The weights of the thread model.
 *
 * In: candidate rows. Out: a probability for each row (conditional logit: McFadden 1974).
 */
import { FEATURES } from './features.js';
import shipped from './weights.json' with { type: 'json' };

export interface ThreadModel {
  /** How it was made, on what, and what it reached in cross-validation. */
  readonly note: string;
  /** By feature, in nats; what is not there counts nothing. */
  readonly weights: Readonly<Record<string, number>>;
}

export const SHIPPED: ThreadModel = shipped;

export type Judge = (rows: readonly Float64Array[]) => readonly number[];

export function judgeBy({ weights }: Pick<ThreadModel, 'weights'>): Judge {
  const inOrder = Float64Array.from(FEATURES, (name) => weights[name] ?? 0);
  return (rows) => {
    const scores = rows.map((row) => {
      let sum = 0;
      for (let i = 0; i < row.length; i++) sum += (inOrder[i] as number) * (row[i] as number);
      return sum;
    });
    const most = Math.max(...scores);
    const likely = scores.map((score) => Math.exp(score - most));
    const all = likely.reduce((sum, value) => sum + value, 0);
    return likely.map((value) => value / all);
  };
}

/** Differs between models that differ. */
export function modelId({ weights }: Pick<ThreadModel, 'weights'>): string {
  let hash = 0;
  for (const character of JSON.stringify(weights)) hash = (Math.imul(hash, 31) + (character.codePointAt(0) as number)) >>> 0;
  return hash.toString(36);
}
