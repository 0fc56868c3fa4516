import { describe, expect, it } from 'vitest';
import { MODEL, scorer, type TreeModel } from '../../../knowledge/search/boosted-trees.js';
import { ALL_FEATURES, LEXICAL_FEATURES } from '../../../knowledge/search/features.js';
import lexical from '../../../knowledge/search/lexical-ranking.json' with { type: 'json' };
import meaning from '../../../knowledge/search/meaning-ranking.json' with { type: 'json' };
import { rankingModels } from '../../../knowledge/search/models.js';

/** Left of 1 if a <= 1; there b <= 2, then a <= 0; leaves 0..7 from left to right. */
const tree: TreeModel['trees'][number] = {
  splits: [
    ['a', 1],
    ['b', 2],
    ['b', 3],
    ['a', 0],
    ['a', 0],
    ['a', 5],
    ['a', 5],
  ],
  leaves: [0, 1, 2, 3, 4, 5, 6, 7],
};
const model: TreeModel = { note: '', features: ['a', 'b'], bias: 100, trees: [tree] };

describe('the score of a row', () => {
  it.each([
    [[0, 2], 100],
    [[1, 2], 101],
    [[0, 9], 102],
    [[1, 9], 103],
    [[5, 3], 104],
    [[6, 3], 105],
    [[5, 9], 106],
    [[6, 9], 107],
  ])('%j follows the splits to its leaf', (row, score) => {
    expect([...scorer(model, ['a', 'b']).score(Float32Array.from(row))]).toEqual([score]);
  });

  it('adds up the trees, row by row, wherever the columns stand', () => {
    const two = scorer({ ...model, trees: [tree, tree] }, ['b', 'x', 'a']);
    expect([...two.score(Float32Array.from([2, 0, 0, 9, 0, 6]))]).toEqual([100, 114]);
    expect([...two.score(new Float32Array(0))]).toEqual([]);
  });
});

describe('a model of another shape', () => {
  it.each([
    ['too few leaves', { ...model, trees: [{ ...tree, leaves: [1, 2] }] }],
    ['too many leaves', { ...model, trees: [{ ...tree, leaves: [...tree.leaves, 8] }] }],
    ['too few splits', { ...model, trees: [{ ...tree, splits: tree.splits.slice(1) }] }],
    ['a threshold that is no number', { ...model, trees: [{ ...tree, splits: [['a', null], ...tree.splits.slice(1)] }] }],
    ['a bias that is no number', { ...model, bias: null }],
    ['no trees', { note: '', features: [], bias: 0 }],
  ])('is refused: %s', (_, wrong) => {
    expect(MODEL.safeParse(wrong).success).toBe(false);
  });

  it('is refused if it splits on a column that is not there', () => {
    expect(() => scorer(model, ['a'])).toThrow('"b"');
  });
});

describe('the models that come with the project', () => {
  it('split on features the program computes; that for words alone only on those of words', () => {
    expect(() => rankingModels()).not.toThrow();
    const columns = new Set<string>(LEXICAL_FEATURES);
    expect(
      lexical.trees.flatMap(({ splits }) => splits.map(([name]) => String(name))).filter((name) => !columns.has(name)),
    ).toEqual([]);
    expect(meaning.features.filter((name) => !ALL_FEATURES.includes(name))).toEqual([]);
  });
});
