/** The benchmark: what is compared, and a whole run on the sample archive. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readTexts, sampleQuestions } from '../../scripts/bench/transcripts.js';
import { benchCommand, quantile } from '../../scripts/bench.js';
import { runForTest } from './run-for-test.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SAMPLE = `${ROOT}knowledge/sample`;

describe('the naive reading of an archive', () => {
  it('finds every message of both formats', () => {
    const texts = [...readTexts(SAMPLE)];
    expect(texts).toContain('60瓦的切5毫米亚克力，速度多少好');
    expect(texts.length).toBeGreaterThan(600);
  });

  it('takes questions evenly from the whole archive, the same ones each time', () => {
    const texts = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? `第 ${i} 个怎么做？` : '不知道。'));
    expect(sampleQuestions(texts, 5)).toEqual([0, 20, 40, 60, 80].map((i) => `第 ${i} 个怎么做？`));
    expect(sampleQuestions(texts, 500)).toHaveLength(50);
    expect(sampleQuestions(['好？', '?'.repeat(90), '没有问题'], 5)).toEqual([]);
  });
});

describe('quantiles', () => {
  it.each([
    [[3, 1, 2], 0.5, 2],
    [[1, 2, 3, 4], 0.5, 2.5],
    [[0, 10], 0.95, 9.5],
    [[7], 0.95, 7],
  ])('of %j at %d is %d', (values, share, expected) => {
    expect(quantile(values, share)).toBeCloseTo(expected, 10);
  });
});

describe('bench', () => {
  it.each(['0', '1.5', 'often'])('refuses --repeat %s', async (repeat) => {
    const { code, err } = await runForTest(benchCommand, '--archive', SAMPLE, '--repeat', repeat);
    expect(code).toBe(2);
    expect(err).toContain('--repeat needs a whole number');
  });

  it('measures both sides, each in a process of its own, and gives the ratios', { timeout: 120_000 }, () => {
    const args = ['scripts/run.mjs', 'scripts/bench', '--archive', SAMPLE, '--gold', `${ROOT}test/fixtures/sample`];
    const { status, stdout } = spawnSync(process.execPath, [...args, '--repeat', '1', '--json'], { cwd: ROOT, encoding: 'utf8' });
    expect(status).toBe(0);
    const outcome = JSON.parse(stdout);
    expect(outcome.turns).toBe(1);
    expect(outcome.questions).toBeGreaterThanOrEqual(40);
    for (const name of ['cold_build', 'query_p50', 'query_p95', 'peak_memory']) {
      const { qunshi, naive, ratio } = outcome[name];
      expect(qunshi, name).toBeGreaterThan(0);
      expect(ratio, name).toBeCloseTo(qunshi / naive, 10);
    }
    expect(outcome.query_p95.qunshi).toBeGreaterThanOrEqual(outcome.query_p50.qunshi);
  });
});
