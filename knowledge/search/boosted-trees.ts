/**
 * Gradient-boosted regression trees (Friedman 2001): a feature row -> a score in log-odds.
 *
 * The model is a readable JSON: each tree is a complete binary tree of depth 3, its splits in breadth-first order as
 * [feature, threshold] (a value <= threshold goes left), its leaves from left to right.
 */
import { z } from 'zod';

const DEPTH = 3;
const INNER = (1 << DEPTH) - 1;
const OUTER = 1 << DEPTH;

const TREE = z.object({
  splits: z.array(z.tuple([z.string(), z.number()])).length(INNER),
  leaves: z.array(z.number()).length(OUTER),
});
export const MODEL = z.object({
  /** How, on what and with which figures the model was made. */
  note: z.string(),
  features: z.array(z.string()),
  bias: z.number(),
  trees: z.array(TREE),
});

export type TreeModel = z.infer<typeof MODEL>;

export interface Scorer {
  /** Scores of all rows of a row-major table with the columns given to {@link scorer}. */
  readonly score: (values: Float32Array) => Float32Array;
}

/** Flattens a model for speed. Throws if a split names a column that is not there. */
export function scorer(model: TreeModel, columns: readonly string[]): Scorer {
  const feature = new Int32Array(model.trees.length * INNER);
  const threshold = new Float64Array(model.trees.length * INNER);
  const leaves = new Float64Array(model.trees.length * OUTER);
  model.trees.forEach((tree, t) => {
    tree.splits.forEach(([name, value], i) => {
      const column = columns.indexOf(name);
      if (column < 0) throw new Error(`the model splits on "${name}", which is no feature`);
      feature[t * INNER + i] = column;
      threshold[t * INNER + i] = value;
    });
    leaves.set(tree.leaves, t * OUTER);
  });
  const width = columns.length;
  const used = new Set(feature);
  return {
    score(values) {
      const rows = values.length / width;
      // Column by column, so that a tree goes through its few columns from one end to the other: three times as fast.
      const byColumn = new Float32Array(values.length);
      for (const column of used)
        for (let row = 0; row < rows; row++) byColumn[column * rows + row] = values[row * width + column] as number;
      const scores = new Float64Array(rows).fill(model.bias);
      const isLeft = (at: number, row: number): boolean =>
        (byColumn[(column[at] as number) + row] as number) <= (threshold[at] as number);
      const column = Int32Array.from(feature, (one) => one * rows);
      for (let t = 0; t < model.trees.length; t++) {
        const first = t * INNER;
        const leaf = t * OUTER - INNER;
        for (let row = 0; row < rows; row++) {
          // DEPTH times the same: a loop here would take a third longer.
          const second = isLeft(first, row) ? 1 : 2;
          const third = 2 * second + (isLeft(first + second, row) ? 1 : 2);
          const end = 2 * third + (isLeft(first + third, row) ? 1 : 2);
          scores[row] = (scores[row] as number) + (leaves[leaf + end] as number);
        }
      }
      return Float32Array.from(scores);
    },
  };
}
