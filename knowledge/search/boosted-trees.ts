/**
 * Gradient-boosted regression trees (Friedman 2001): a feature row -> a score in log-odds.
 *
 * The model is a readable JSON: each tree is a complete binary tree of depth 3, its splits in breadth-first order as
 * [feature, threshold] (a value <= threshold goes left), its leaves from left to right.
 */
import { z } from 'zod';

const TREE = z.object({ splits: z.array(z.tuple([z.string(), z.number()])), leaves: z.array(z.number()) });
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
  const depth = 3;
  const inner = (1 << depth) - 1;
  const outer = 1 << depth;
  const feature = new Int32Array(model.trees.length * inner);
  const threshold = new Float64Array(model.trees.length * inner);
  const leaves = new Float64Array(model.trees.length * outer);
  model.trees.forEach((tree, t) => {
    tree.splits.forEach(([name, value], i) => {
      const column = columns.indexOf(name);
      if (column < 0) throw new Error(`the model splits on "${name}", which is no feature`);
      feature[t * inner + i] = column;
      threshold[t * inner + i] = value;
    });
    leaves.set(tree.leaves, t * outer);
  });
  const width = columns.length;
  return {
    score(values) {
      const rows = values.length / width;
      const scores = new Float32Array(rows);
      for (let row = 0; row < rows; row++) {
        let sum = model.bias;
        for (let t = 0; t < model.trees.length; t++) {
          let node = 0;
          for (let level = 0; level < depth; level++) {
            const at = t * inner + node;
            node = 2 * node + ((values[row * width + (feature[at] as number)] as number) <= (threshold[at] as number) ? 1 : 2);
          }
          sum += leaves[t * outer + node - inner] as number;
        }
        scores[row] = sum;
      }
      return scores;
    },
  };
}
