/** The benchmark: what is compared, and a whole run on the sample archive. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { addMessage, daysToChange } from '../../scripts/bench/edit.js';
import { readTexts, sampleQuestions } from '../../scripts/bench/transcripts.js';
import { benchCommand, quantile } from '../../scripts/bench.js';
import { archiveOnDisk, day, load } from '../knowledge/archive/archive-on-disk.js';
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

describe('the change of a day', () => {
  it.each(['甲/2025-03-09-chat.markdown', '甲/2025-03-09.jsonl'])('adds one message that is read, to %s', async (file) => {
    const earlier = day(['09:00:00', '小鱼', '早']);
    const archive = archiveOnDisk({
      [file]: file.endsWith('.jsonl') ? '{"_type":"header"}\n' : earlier,
      '乙/2025-03-07.md': earlier,
    });
    const { last, middle } = daysToChange(archive);
    expect([last, middle]).toEqual([join(archive, file), join(archive, '乙/2025-03-07.md')]);
    const before = (await load(archive)).messages.length;
    addMessage(last, 1);
    addMessage(last, 2);
    const { messages, warnings } = await load(archive);
    expect([messages.length - before, warnings]).toEqual([2, []]);
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
    for (const name of [
      'cold_build',
      'warm_start',
      'reload_last_day',
      'reload_middle_day',
      'query_p50',
      'query_p95',
      'peak_memory',
    ]) {
      const { qunshi, naive, ratio } = outcome[name];
      expect(qunshi, name).toBeGreaterThan(0);
      expect(ratio, name).toBeCloseTo(qunshi / naive, 10);
    }
    expect(outcome.reload_last_day.of_cold).toBeCloseTo(outcome.reload_last_day.qunshi / outcome.cold_build.qunshi, 10);
    expect(outcome.query_p95.qunshi).toBeGreaterThanOrEqual(outcome.query_p50.qunshi);
  });

  it('imports invented exports of every kind, and gives speed and memory', { timeout: 120_000 }, () => {
    const args = ['scripts/run.mjs', 'scripts/bench', 'import', '--megabytes', '1', '--json'];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    expect(status).toBe(0);
    const figures = JSON.parse(stdout) as readonly Record<string, number | string>[];
    expect(figures.map(({ format }) => format)).toEqual(['jsonl', 'csv', 'json']);
    for (const { messages, seconds, processor, memory, bytes } of figures) {
      expect(messages).toBeGreaterThanOrEqual(3000);
      expect(Math.min(Number(seconds), Number(processor), Number(memory))).toBeGreaterThan(0);
      expect(bytes).toBeGreaterThanOrEqual(1e6);
    }
  });

  it('refuses a size that is none', async () => {
    const { code, err } = await runForTest(benchCommand, 'import', '--megabytes', 'much');
    expect([code, err]).toEqual([2, expect.stringContaining('--megabytes needs a whole number')]);
  });
});
