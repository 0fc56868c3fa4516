/**
 * Trains gradient-boosted trees of depth 3 with logistic loss (Friedman 2001, algorithm 5; second-order leaves as in Chen
 * and Guestrin 2016, eq. 5) on quantile bins. Each tree sees a share of the columns and of the questions (Friedman 2002), which
 * keeps a model that is learned from few questions from trusting any one of them. Deterministic: the dice are seeded.
 */
import type { TreeModel } from '../../knowledge/search/boosted-trees.js';
import { dice } from './dice.js';

export interface Table {
  /** Row-major. */
  readonly values: Float32Array;
  readonly columns: readonly string[];
  /** 1 or 0 by row. */
  readonly labels: Uint8Array;
  readonly weights: Float32Array;
  /** Question of each row, dense from 0: rows of one question are alike, so they are drawn together. */
  readonly questions: Int32Array;
}

export interface BoostingOptions {
  readonly trees: number;
  /** Shrinkage, 0..1. */
  readonly rate: number;
  /** L2 on leaf values, in units of row weight. */
  readonly ridge: number;
  /** Least sum of second derivatives on each side of a split. */
  readonly leastWeight: number;
  /** Shares of the columns and of the questions that a tree sees, 0..1. */
  readonly columnShare: number;
  readonly questionShare: number;
}

const BINS = 48;
const DEPTH = 3;

/** @throws Error unless there are rows of both labels */
export function trainTrees(table: Table, options: BoostingOptions, note: string): TreeModel {
  const width = table.columns.length;
  const rows = table.labels.length;
  const { edges, bins } = quantize(table);
  let [positive, all] = [0, 0];
  for (let i = 0; i < rows; i++) {
    positive += (table.labels[i] as number) * (table.weights[i] as number);
    all += table.weights[i] as number;
  }
  if (positive === 0 || positive === all) throw new Error('there is nothing to learn: every row has the same label');
  const bias = Math.log(positive / (all - positive));
  const score = new Float64Array(rows).fill(bias);
  const gradient = new Float64Array(rows);
  const curvature = new Float64Array(rows);
  const trees: TreeModel['trees'] = [];
  const node = new Uint8Array(rows);
  const questions = table.questions.reduce((most, question) => Math.max(most, question + 1), 0);
  const throwDice = dice(1);

  for (let t = 0; t < options.trees; t++) {
    const isDrawn = Uint8Array.from({ length: questions }, () => (throwDice() < options.questionShare ? 1 : 0));
    const drawn = Array.from({ length: width }, (_, feature) => feature).filter(() => throwDice() < options.columnShare);
    for (let i = 0; i < rows; i++) {
      const p = 1 / (1 + Math.exp(-(score[i] as number)));
      const weight = isDrawn[table.questions[i] as number] ? (table.weights[i] as number) : 0;
      gradient[i] = weight * ((table.labels[i] as number) - p);
      curvature[i] = weight * p * (1 - p);
    }
    node.fill(0);
    const splits: [string, number][] = [];
    for (let level = 0; level < DEPTH; level++) {
      const nodes = 1 << level;
      const chosen = bestSplits(bins, drawn, rows, node, nodes, gradient, curvature, options);
      for (let n = 0; n < nodes; n++) {
        const split = chosen[n] as Split;
        splits.push([table.columns[split.feature] as string, edges[split.feature]?.[split.bin] ?? Number.MAX_VALUE]);
      }
      for (let i = 0; i < rows; i++) {
        const split = chosen[node[i] as number] as Split;
        node[i] = 2 * (node[i] as number) + ((bins[split.feature * rows + i] as number) <= split.bin ? 0 : 1);
      }
    }
    const g = new Float64Array(1 << DEPTH);
    const h = new Float64Array(1 << DEPTH);
    for (let i = 0; i < rows; i++) {
      g[node[i] as number] = (g[node[i] as number] as number) + (gradient[i] as number);
      h[node[i] as number] = (h[node[i] as number] as number) + (curvature[i] as number);
    }
    const leaves = Array.from(g, (sum, n) => round((options.rate * sum) / ((h[n] as number) + options.ridge)));
    for (let i = 0; i < rows; i++) score[i] = (score[i] as number) + (leaves[node[i] as number] as number);
    trees.push({ splits, leaves });
  }
  return { note, features: [...table.columns], bias: round(bias), trees };
}

interface Split {
  readonly feature: number;
  readonly bin: number;
}

/** The split of each node with the largest gain; a node without one sends everything left (bin = last). */
function bestSplits(
  bins: Uint8Array,
  columns: readonly number[],
  rows: number,
  node: Uint8Array,
  nodes: number,
  gradient: Float64Array,
  curvature: Float64Array,
  options: BoostingOptions,
): readonly Split[] {
  const best = Array.from({ length: nodes }, () => ({ feature: 0, bin: BINS, gain: 1e-6 }));
  const g = new Float64Array(nodes * BINS);
  const h = new Float64Array(nodes * BINS);
  for (const feature of columns) {
    g.fill(0);
    h.fill(0);
    const offset = feature * rows;
    for (let i = 0; i < rows; i++) {
      const at = (node[i] as number) * BINS + (bins[offset + i] as number);
      g[at] = (g[at] as number) + (gradient[i] as number);
      h[at] = (h[at] as number) + (curvature[i] as number);
    }
    for (let n = 0; n < nodes; n++) {
      let [allG, allH] = [0, 0];
      for (let b = 0; b < BINS; b++) {
        allG += g[n * BINS + b] as number;
        allH += h[n * BINS + b] as number;
      }
      let [leftG, leftH] = [0, 0];
      for (let b = 0; b < BINS - 1; b++) {
        leftG += g[n * BINS + b] as number;
        leftH += h[n * BINS + b] as number;
        const rightH = allH - leftH;
        if (leftH < options.leastWeight) continue;
        if (rightH < options.leastWeight) break;
        const rightG = allG - leftG;
        const gain =
          leftG ** 2 / (leftH + options.ridge) + rightG ** 2 / (rightH + options.ridge) - allG ** 2 / (allH + options.ridge);
        const known = best[n] as { feature: number; bin: number; gain: number };
        if (gain > known.gain) best[n] = { feature, bin: b, gain };
      }
    }
  }
  return best;
}

/** Column-major bin numbers; `edges[f][b]` is the largest value in bin b. */
function quantize(table: Table): { readonly edges: readonly (readonly number[])[]; readonly bins: Uint8Array } {
  const width = table.columns.length;
  const rows = table.labels.length;
  const bins = new Uint8Array(width * rows);
  const edges: number[][] = [];
  for (let feature = 0; feature < width; feature++) {
    const sample = new Float32Array(Math.min(rows, 20_000));
    const step = rows / sample.length;
    for (let i = 0; i < sample.length; i++) sample[i] = table.values[Math.floor(i * step) * width + feature] as number;
    sample.sort();
    const list: number[] = [];
    for (let b = 1; b < BINS; b++) {
      const value = round(sample[Math.min(sample.length - 1, Math.floor((b * sample.length) / BINS))] as number);
      if (list.length === 0 || value > (list[list.length - 1] as number)) list.push(value);
    }
    edges.push(list);
    for (let i = 0; i < rows; i++) {
      const value = table.values[i * width + feature] as number;
      let [low, high] = [0, list.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (value <= (list[middle] as number)) high = middle;
        else low = middle + 1;
      }
      bins[feature * rows + i] = low;
    }
  }
  return { edges, bins };
}

function round(value: number): number {
  return Number(value.toPrecision(5));
}
