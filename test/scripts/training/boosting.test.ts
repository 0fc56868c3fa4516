import { describe, expect, it } from 'vitest';
import { MODEL, scorer } from '../../../knowledge/search/boosted-trees.js';
import { type Table, trainTrees } from '../../../scripts/training/boosting.js';

const OPTIONS = { trees: 40, rate: 0.3, ridge: 1, leastWeight: 1, columnShare: 1, questionShare: 1 };
const COLUMNS = ['a', 'b', 'noise'];

/** A grid of a and b with a third column that says nothing. */
function tableOf(isRight: (a: number, b: number) => boolean): Table {
  const cells = Array.from({ length: 400 }, (_, i) => [i % 20, Math.floor(i / 20), (i * 7919) % 101] as const);
  return {
    values: Float32Array.from(cells.flat()),
    columns: COLUMNS,
    labels: Uint8Array.from(cells, ([a, b]) => (isRight(a, b) ? 1 : 0)),
    weights: new Float32Array(cells.length).fill(1),
    questions: Int32Array.from(cells, (_, i) => i % 10),
  };
}

function wrong(table: Table): number {
  const scores = scorer(trainTrees(table, OPTIONS, ''), COLUMNS).score(table.values);
  return scores.filter((score, i) => score > 0 !== (table.labels[i] === 1)).length;
}

describe('trained trees', () => {
  it('learn a threshold', () => {
    expect(wrong(tableOf((a) => a > 12))).toBe(0);
  });

  it('learn what only two columns together tell', () => {
    expect(wrong(tableOf((a, b) => a > 9 !== b > 9))).toBe(0);
  });

  it('split on what tells, not on noise', () => {
    const [first] = trainTrees(
      tableOf((_, b) => b > 5),
      OPTIONS,
      '',
    ).trees;
    expect(first?.splits[0]).toEqual(['b', 5]);
  });

  it('give each row its probability where nothing tells: a fifth of the rows is right, and so say the odds', () => {
    const table = { ...tableOf(() => false), labels: Uint8Array.from({ length: 400 }, (_, i) => (i % 5 === 0 ? 1 : 0)) };
    const none = { ...table, values: new Float32Array(1200) };
    const [score = 0] = scorer(trainTrees(none, OPTIONS, ''), COLUMNS).score(none.values);
    expect(1 / (1 + Math.exp(-score))).toBeCloseTo(0.2, 2);
  });

  it('count a row by its weight', () => {
    const table = { ...tableOf(() => false), labels: Uint8Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 1 : 0)) };
    const none = {
      ...table,
      values: new Float32Array(1200),
      weights: Float32Array.from(table.labels, (label) => (label ? 3 : 1)),
    };
    const [score = 0] = scorer(trainTrees(none, OPTIONS, ''), COLUMNS).score(none.values);
    expect(1 / (1 + Math.exp(-score))).toBeCloseTo(0.75, 2);
  });

  it('are the same for the same rows, and are a model the program takes, also from its file', () => {
    const table = tableOf((a, b) => a + b > 20);
    const model = trainTrees(table, OPTIONS, 'a note');
    expect(trainTrees(table, OPTIONS, 'a note')).toEqual(model);
    expect(MODEL.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
  });

  it.each([
    ['right', () => true],
    ['wrong', () => false],
  ])('are not learned where every row is %s', (_, isRight) => {
    expect(() => trainTrees(tableOf(isRight), OPTIONS, '')).toThrow('nothing to learn');
  });
});
