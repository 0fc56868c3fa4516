/** What changes all the time and must survive a restart, on a real file. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { blankNotebook, countsOf } from '../../../bot/notebook.js';
import { openState, readState } from '../../../bot/state/open.js';
import type { State } from '../../../bot/state/state.js';

let dataDir: string;
let state: State;
const open = () => openState({ dataDir, onFault: (sentence) => expect.fail(sentence) });
const restart = () => {
  state.close();
  state = open();
  return state.notebook;
};
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'qunshi-'));
  state = open();
  return () => state.close();
});

describe('a message', () => {
  test('is answered once, also after a restart', () => {
    expect(state.notebook.answerOnce(['1', '2'])).toBe(true);
    expect(state.notebook.answerOnce(['2'])).toBe(false);
    expect(restart().answerOnce(['1'])).toBe(false);
    expect(restart().answerOnce(['3'])).toBe(true);
  });
  test('is on disk as answered at once, and so are the counts', () => {
    state.notebook.change(() => ({ lastHeard: 7 }));
    state.notebook.answerOnce(['1']);
    const { notebook } = readState(dataDir);
    expect(notebook.answerOnce(['1'])).toBe(false);
    expect(notebook.read().lastHeard).toBe(7);
  });
  test('of which a thousand others came since is forgotten, and none of those', () => {
    const { notebook } = state;
    notebook.answerOnce(['old']);
    notebook.answerOnce(Array.from({ length: 999 }, (_, i) => `${i}`));
    expect(notebook.answerOnce(['old'])).toBe(false);
    notebook.answerOnce(['new']);
    expect(notebook.answerOnce(['0'])).toBe(false);
    expect(notebook.answerOnce(['old'])).toBe(true);
  });
});

test('what was changed is there after a restart', () => {
  state.notebook.change(() => ({ lastHeard: 7, bornLive: ['读书群'] }));
  expect(state.notebook.read()).toMatchObject({ lastHeard: 7, bornLive: ['读书群'] });
  expect(restart().read()).toMatchObject({ lastHeard: 7, bornLive: ['读书群'] });
});

test('it is written within a second by itself', async () => {
  state.notebook.change(() => ({ lastHeard: 7 }));
  await expect.poll(() => readState(dataDir).notebook.read().lastHeard, { timeout: 5_000 }).toBe(7);
});

test('a blank one begins anew every time', () => {
  expect(blankNotebook().answerOnce(['1'])).toBe(true);
  expect(blankNotebook().answerOnce(['1'])).toBe(true);
});

test('the counts of a day end with it', () => {
  state.notebook.change(() => ({ today: { date: '2025-03-03', sent: 5, unasked: { 读书群: 2 } } }));
  expect(countsOf(state.notebook.read(), '2025-03-03')).toMatchObject({ sent: 5 });
  expect(countsOf(state.notebook.read(), '2025-03-04')).toEqual({ date: '2025-03-04', sent: 0, unasked: {} });
});
