/** npm run reload, beside a process that holds DATA_DIR as the bot does. */
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { reloadCommand } from '../../scripts/reload.js';
import { compile, newDataDir, otherProcess } from '../bot/state/state-for-test.js';
import { runForTest } from './run-for-test.js';

let dataDir: string;
beforeAll(compile, 120_000);
beforeEach(() => {
  dataDir = newDataDir();
  vi.stubEnv('DATA_DIR', dataDir);
  return () => vi.unstubAllEnvs();
});

test('signals the bot that holds DATA_DIR, which goes on', async () => {
  const bot = otherProcess(
    dataDir,
    `process.on('SIGUSR2', () => tell('reload'));
     const state = openState({ dataDir, onFault: tell });
     tell('ready');`,
  );
  expect(await bot.line()).toBe('ready');
  const { code, out } = await runForTest(reloadCommand);
  expect([code, out]).toEqual([0, `process ${bot.pid} was told to read the archive again\n`]);
  expect(await bot.line()).toBe('reload');
  await bot.kill();
  expect(await runForTest(reloadCommand)).toMatchObject({ code: 1 });
});

test('says in one line that no bot runs', async () => {
  const { code, err } = await runForTest(reloadCommand);
  expect([code, err]).toEqual([1, `reload: no bot runs on ${dataDir}; start it with npm start\n`]);
});

test('takes no argument', async () => {
  expect(await runForTest(reloadCommand, 'now')).toMatchObject({ code: 2 });
  expect(await runForTest(reloadCommand, '--help')).toMatchObject({ code: 0 });
});
