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
  const used = [...new Set(feature)];
  /** Columns one after the other, as long as the most rows so far. */
  let room = new Float64Array(0);
  return {
    score(values) {
      const rows = values.length / columns.length;
      if (room.length < values.length) room = new Float64Array(values.length);
      spread(values, columns.length, used, room);
      const scores = new Float64Array(rows).fill(model.bias);
      const begin = Int32Array.from(feature, (column) => column * rows);
      for (let t = 0; t < model.trees.length; t++) addTree(scores, room, begin, threshold, leaves, t);
      return Float32Array.from(scores);
    },
  };
}

/** Writes the columns used apart, each at its place: a tree then goes through its few columns from one end to the other. */
function spread(values: Float32Array, width: number, used: readonly number[], apart: Float64Array): void {
  const rows = values.length / width;
  for (const column of used)
    for (let row = 0; row < rows; row++) apart[column * rows + row] = values[row * width + column] as number;
}

/**
 * Adds to the score of every row the leaf that it comes to in tree t; `begin` is where the column of each split begins.
 *
 * The tree is written out, so that all its numbers are at hand while the rows go by: a loop over the three levels takes
 * two thirds longer.
 */
function addTree(
  scores: Float64Array,
  values: Float64Array,
  begin: Int32Array,
  threshold: Float64Array,
  leaves: Float64Array,
  t: number,
): void {
  const s = t * INNER;
  const [b0, t0] = [begin[s] as number, threshold[s] as number];
  const [b1, t1] = [begin[s + 1] as number, threshold[s + 1] as number];
  const [b2, t2] = [begin[s + 2] as number, threshold[s + 2] as number];
  const [b3, t3] = [begin[s + 3] as number, threshold[s + 3] as number];
  const [b4, t4] = [begin[s + 4] as number, threshold[s + 4] as number];
  const [b5, t5] = [begin[s + 5] as number, threshold[s + 5] as number];
  const [b6, t6] = [begin[s + 6] as number, threshold[s + 6] as number];
  const l = t * OUTER;
  const [l0, l1] = [leaves[l] as number, leaves[l + 1] as number];
  const [l2, l3] = [leaves[l + 2] as number, leaves[l + 3] as number];
  const [l4, l5] = [leaves[l + 4] as number, leaves[l + 5] as number];
  const [l6, l7] = [leaves[l + 6] as number, leaves[l + 7] as number];
  for (let row = 0; row < scores.length; row++) {
    let leaf: number;
    if ((values[b0 + row] as number) <= t0) {
      if ((values[b1 + row] as number) <= t1) leaf = (values[b3 + row] as number) <= t3 ? l0 : l1;
      else leaf = (values[b4 + row] as number) <= t4 ? l2 : l3;
    } else if ((values[b2 + row] as number) <= t2) leaf = (values[b5 + row] as number) <= t5 ? l4 : l5;
    else leaf = (values[b6 + row] as number) <= t6 ? l6 : l7;
    scores[row] = (scores[row] as number) + leaf;
  }
}
