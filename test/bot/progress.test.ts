import { describe, expect, test } from 'vitest';
import { showProgress } from '../../bot/progress.js';
import { loading } from '../../bot/reply/texts.js';

function setUp(isTTY: boolean) {
  let now = 0;
  const written: string[] = [];
  const progress = showProgress({ isTTY, write: (text) => written.push(text) }, () => now);
  return {
    written,
    at: (ms: number, ...args: Parameters<typeof progress.report>) => {
      now = ms;
      progress.report(...args);
    },
    end: progress.end,
  };
}

describe('loading', () => {
  test('within a second shows nothing', () => {
    const { at, end, written } = setUp(true);
    at(0, { stage: 'read', done: 0, total: 2 });
    at(999, { stage: 'index', done: 2, total: 2 });
    end();
    expect(written).toEqual([]);
  });
  test('on a terminal shows a bar that is gone in the end', () => {
    const { at, end, written } = setUp(true);
    at(1_000, { stage: 'read', done: 1, total: 2 });
    expect(written.join('')).toContain(`${loading.read} ${'█'.repeat(12)}${'░'.repeat(12)} 50%`);
    end();
    expect(written.at(-1)).toBe('\r\u001b[K');
  });
  test('again later, while the bot talks, shows nothing', () => {
    const { at, end, written } = setUp(true);
    end();
    at(9_000, { stage: 'people', done: 0, total: 1 });
    expect(written).toEqual([]);
  });
  test('elsewhere writes one plain line a stage', () => {
    const { at, end, written } = setUp(false);
    at(1_000, { stage: 'read', done: 1, total: 9 });
    at(1_200, { stage: 'read', done: 2, total: 9 });
    at(1_400, { stage: 'index', done: 0, total: 0 });
    end();
    expect(written).toEqual([`${loading.read}\n`, `${loading.index}\n`]);
  });
});
