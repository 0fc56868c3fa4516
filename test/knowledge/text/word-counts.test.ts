/** The words a pile of messages is made of. */
import { describe, expect, it } from 'vitest';
import { wordCounts } from '../../../knowledge/text/word-counts.js';

/** Cuts at the strokes that the texts below carry. */
const segment = { words: (text: string) => text.split('|') };
const repeat = (text: string, times: number): readonly string[] => Array.from({ length: times }, () => text);

describe('word counts', () => {
  it('count every word the segmenter gives', () => {
    const counts = wordCounts(['螺母|的|孔', '螺母|pla'], segment);
    expect(Object.fromEntries(counts)).toEqual({ 螺母: 2, 的: 1, 孔: 1, pla: 1 });
  });

  it('know a word that is always cut into the same pieces', () => {
    const counts = wordCounts([...repeat('接口|幂|等', 6), ...repeat('别的|事|多|得|很|呢', 60)], segment);
    expect(counts.get('幂等')).toBe(6);
  });

  it('take no word for two that meet by chance, seldom, or with something between', () => {
    const common = repeat('的|话', 3).concat(repeat('的|孔', 50), repeat('我|话', 50));
    const counts = wordCounts([...common, ...repeat('幂|等', 4), ...repeat('喷|，|头', 9), ...repeat('热床|温度', 9)], segment);
    for (const word of ['的话', '幂等', '喷头', '热床温度']) expect(counts.has(word)).toBe(false);
  });
});
