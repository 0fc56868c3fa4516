/** One bot to a DATA_DIR, with programs in processes of their own. */
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { holderOf } from '../../../bot/state/lock.js';
import { stateFile } from '../../../bot/state/open.js';
import { compile, newDataDir, openForTest, otherProcess } from './state-for-test.js';

const HOLD = "openState({ dataDir, onFault: tell }); tell('holds it');";

beforeAll(compile, 120_000);

describe('a second bot', () => {
  test('is refused, and told the process of the first', async () => {
    const dataDir = newDataDir();
    const first = otherProcess(dataDir, HOLD);
    expect(await first.line()).toBe('holds it');
    expect(holderOf(dataDir)).toBe(first.pid);
    expect(() => openForTest(dataDir)).toThrow(
      `DATA_DIR: ${dataDir} is used by another bot, process ${first.pid}; stop that one first, or set another DATA_DIR`,
    );
    // Asking has not taken the lock from the first one.
    expect(() => openForTest(dataDir)).toThrow(`process ${first.pid}`);
    await first.kill();
  });
  test('may start as soon as the first was killed, whatever process has its number now', async () => {
    const dataDir = newDataDir();
    const first = otherProcess(dataDir, HOLD);
    await first.line();
    await first.kill();
    writeFileSync(join(dataDir, 'bot.pid'), `${process.ppid}\n`);
    expect(holderOf(dataDir)).toBeUndefined();
    const state = openForTest(dataDir);
    expect(holderOf(dataDir)).toBe(process.pid);
    state.close();
    expect(holderOf(dataDir)).toBeUndefined();
  });
  test('in the same process is refused too, and does not loosen the lock', async () => {
    const dataDir = newDataDir();
    const state = openForTest(dataDir);
    expect(() => openForTest(dataDir)).toThrow(`process ${process.pid}`);
    expect(holderOf(dataDir)).toBe(process.pid);
    const other = otherProcess(dataDir, `try { ${HOLD} } catch (error) { tell(error.message); }`);
    expect(await other.line()).toContain(`another bot, process ${process.pid}`);
    await other.kill();
    state.close();
  });
  test('starts beside one with another DATA_DIR', () => {
    const states = [openForTest(newDataDir()), openForTest(newDataDir())];
    for (const state of states) state.close();
  });
});

test('what was promised before the process was killed is kept', async () => {
  const dataDir = newDataDir();
  const first = otherProcess(
    dataDir,
    `const state = openState({ dataDir, onFault: tell });
     state.notebook.answerOnce(['m1']);
     state.optOuts.add({ kind: 'forgotten', rooms: ['造物工坊'], names: ['老许'], senders: [], since: 1 });
     state.digests.replace(undefined, { room: '造物工坊', window: '2025-03-03/1', step: 'sending', at: 1, tries: 1 });
     tell('done');`,
  );
  expect(await first.line()).toBe('done');
  await first.kill();
  const state = openForTest(dataDir);
  expect(state.notebook.answerOnce(['m1'])).toBe(false);
  expect(state.optOuts.all()).toMatchObject([{ names: ['老许'] }]);
  expect(state.digests.of('造物工坊')).toMatchObject([{ step: 'sending' }]);
  state.close();
});

test('whoever asks whether a bot runs makes nothing', () => {
  const dataDir = newDataDir();
  expect(holderOf(dataDir)).toBeUndefined();
  expect(readdirSync(dataDir)).toEqual([]);
});

test('nobody else can read any of it, also where the folder was open before', () => {
  const dataDir = newDataDir();
  writeFileSync(stateFile(dataDir), '', { mode: 0o644 });
  const state = openForTest(dataDir);
  state.rooms.set('造物工坊', { paused: true });
  state.backup(join(dataDir, 'copy'));
  const modes = readdirSync(dataDir).map((file) => [file, (statSync(join(dataDir, file)).mode & 0o777).toString(8)]);
  expect(modes.map(([file]) => file)).toEqual(expect.arrayContaining(['qunshi.sqlite', 'qunshi.sqlite-wal', 'copy', 'bot.lock']));
  expect(modes.filter(([, mode]) => mode !== '600')).toEqual([]);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  state.close();
});
