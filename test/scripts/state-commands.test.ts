/** npm run backup, restore and status, on real files and beside a bot that is at work in a process of its own. */
import { chownSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openDatabase } from '../../bot/state/database.js';
import { readState, stateFile } from '../../bot/state/open.js';
import { MIGRATIONS, NEWEST } from '../../bot/state/schema.js';
import { backupCommand } from '../../scripts/backup.js';
import { restoreCommand } from '../../scripts/restore.js';
import { statusCommand } from '../../scripts/status.js';
import { asNobodyInParticular, compile, NOBODY, newDataDir, openForTest, otherProcess } from '../bot/state/state-for-test.js';
import { runForTest } from './run-for-test.js';

let dataDir: string;
let file: string;
beforeAll(compile, 120_000);
beforeEach(() => {
  dataDir = newDataDir();
  file = join(newDataDir(), "a bot's backup");
  vi.stubEnv('DATA_DIR', dataDir);
  return () => vi.unstubAllEnvs();
});
const withState = (change: (state: ReturnType<typeof openForTest>) => void) => {
  const state = openForTest(dataDir);
  change(state);
  state.close();
};
const hidden = () => readState(dataDir).hidden.all();
const hide = (mark: string) => withState((state) => state.hidden.add([mark], '老许', 1));
/** From here on commands use another DATA_DIR. */
const elsewhere = () => {
  const other = newDataDir();
  vi.stubEnv('DATA_DIR', other);
  return other;
};
/** Writes without end, one mark in each transaction. */
const WRITER = `const state = openState({ dataDir, onFault: tell });
  let i = 0;
  const write = () => { for (let n = 0; n < 20; n++) state.hidden.add([String(i++)], 'x', i); if (i === 200) tell('writes'); setImmediate(write); };
  write();`;

describe('backup', () => {
  test('copies everything while a bot writes, into a file for its owner alone that is itself a state', async () => {
    const bot = otherProcess(dataDir, WRITER);
    await bot.line();
    const before = hidden().length;
    const { code, out } = await runForTest(backupCommand, file);
    await bot.kill();
    expect([code, out]).toEqual([0, expect.stringContaining(`schema version ${NEWEST}\n`)]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(file, '..'))).toEqual(["a bot's backup"]);
    const all = hidden().length;
    const other = elsewhere();
    expect((await runForTest(restoreCommand, file)).code).toBe(0);
    const copied = readState(other).hidden.all();
    expect(copied.length).toBeGreaterThanOrEqual(before);
    expect(copied.length).toBeLessThanOrEqual(all);
    // As the bot wrote them: none is missing in between.
    expect(copied.map(Number).sort((a, b) => a - b)).toEqual(copied.map((_, i) => i));
  });
  test('overwrites nothing', async () => {
    hide('a');
    writeFileSync(file, 'precious');
    const { code, err } = await runForTest(backupCommand, file);
    expect([code, err]).toEqual([1, `backup: ${file} exists already, and a backup overwrites nothing\n`]);
    expect(readFileSync(file, 'utf8')).toBe('precious');
  });
  test('says so where there is nothing to copy, or nowhere to', async () => {
    expect(await runForTest(backupCommand, file)).toMatchObject({
      code: 1,
      err: `backup: there is no file ${stateFile(dataDir)}; a bot makes it when it first runs\n`,
    });
    hide('a');
    const nowhere = await runForTest(backupCommand, join(file, 'b'));
    expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining(`${join(file, 'b')} cannot be written`) });
    expect(existsSync(file)).toBe(false);
  });
});

describe('restore', () => {
  test('makes the state what it was, and keeps the present one beside it', async () => {
    hide('before');
    await runForTest(backupCommand, file);
    hide('after');
    const { code, out } = await runForTest(restoreCommand, file);
    expect(code).toBe(0);
    expect(hidden()).toEqual(['before']);
    const kept = /what was there is in (.*)\n/.exec(out)?.[1] ?? '';
    expect(kept).toMatch(/qunshi\.sqlite\.before-restore-\d{8}T\d{6}Z$/);
    expect(statSync(kept).mode & 0o777).toBe(0o600);
    const other = elsewhere();
    await runForTest(restoreCommand, kept);
    expect(readState(other).hidden.all()).toEqual(['before', 'after'].sort());
    withState(({ hidden: there }) => expect(there.all()).toEqual(['before']));
  });
  test('keeps what a killed bot had not tidied up, and does not mix it in', async () => {
    hide('before');
    await runForTest(backupCommand, file);
    const bot = otherProcess(dataDir, WRITER);
    await bot.line();
    await bot.kill();
    const { out } = await runForTest(restoreCommand, file);
    expect(hidden()).toEqual(['before']);
    const kept = /what was there is in (.*)\n/.exec(out)?.[1] ?? '';
    const other = elsewhere();
    await runForTest(restoreCommand, kept);
    expect(readState(other).hidden.all().length).toBeGreaterThanOrEqual(200);
  });
  test('helps where the state is damaged', async () => {
    hide('before');
    await runForTest(backupCommand, file);
    writeFileSync(stateFile(dataDir), 'damaged');
    const { code, out } = await runForTest(restoreCommand, file);
    expect(code).toBe(0);
    expect(readFileSync(/what was there is in (.*)\n/.exec(out)?.[1] ?? '', 'utf8')).toBe('damaged');
    expect(hidden()).toEqual(['before']);
  });
  test('takes a backup of an older version, which the next start brings up to date', async () => {
    const old = openDatabase(file, (sentence) => expect.fail(sentence));
    old.run(MIGRATIONS[0] ?? '');
    old.run(`INSERT INTO notes VALUES ('lastHeard', '7'); PRAGMA user_version = 1`);
    old.close();
    expect(await runForTest(restoreCommand, file)).toMatchObject({ code: 0, out: 'restored, schema version 1\n' });
    withState(({ notebook }) => expect(notebook.read().lastHeard).toBe(7));
  });
  test.skipIf(process.getuid?.() !== 0)('by the administrator leaves files that the user of the bot can read', async () => {
    hide('before');
    await runForTest(backupCommand, file);
    const other = elsewhere();
    chownSync(other, NOBODY, NOBODY);
    expect((await runForTest(restoreCommand, file)).code).toBe(0);
    const state = asNobodyInParticular(() => openForTest(other));
    expect(state.hidden.all()).toEqual(['before']);
    state.close();
  });
  test('is refused while a bot runs, by its process', async () => {
    hide('a');
    await runForTest(backupCommand, file);
    const bot = otherProcess(dataDir, "openState({ dataDir, onFault: tell }); tell('runs');");
    await bot.line();
    const { code, err } = await runForTest(restoreCommand, file);
    await bot.kill();
    expect([code, err]).toEqual([1, expect.stringContaining(`is used by another bot, process ${bot.pid}; stop that one first`)]);
    expect(hidden()).toEqual(['a']);
  });
  test.each([
    ['is empty', ''],
    ['cannot be read: file is not a database', 'some notes about dinner'],
  ])('refuses a file that %s, asks for another one, and changes nothing', async (reason, content) => {
    hide('a');
    writeFileSync(file, content);
    const before = readdirSync(dataDir).sort();
    const { code, err } = await runForTest(restoreCommand, file);
    expect([code, err]).toEqual([1, `restore: ${file} ${reason}; give another file that npm run backup has made\n`]);
    expect(readdirSync(dataDir).sort()).toEqual(before);
    expect(hidden()).toEqual(['a']);
  });
  test('refuses a backup of a newer version', async () => {
    hide('a');
    await runForTest(backupCommand, file);
    const newer = openDatabase(file, (sentence) => expect.fail(sentence));
    newer.run(`PRAGMA user_version = ${NEWEST + 1}`);
    newer.close();
    expect(await runForTest(restoreCommand, file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('was written by a newer program'),
    });
  });
});

describe('status', () => {
  const fill = () =>
    withState(({ notebook, admins, rooms, subscriptions, digests, optOuts }) => {
      notebook.change(() => ({
        ...{ login: '@bot', lastHeard: Date.UTC(2025, 2, 3, 1, 12) },
        today: { date: '2025-03-03', sent: 5, unasked: {} },
      }));
      for (const login of ['@bot', '@bot before']) admins.add({ login, contact: '@xu', name: '老许', since: 1, by: 'code' });
      rooms.set('造物工坊', { enabled: true, unasked: true, digest: '08:30' });
      rooms.set('读书群', { enabled: false });
      subscriptions.add({ room: '造物工坊', contact: '@xu', name: '老许', question: '喷嘴堵了？', since: 1 });
      optOuts.add({ kind: 'forgotten', rooms: ['造物工坊'], names: ['小红'], senders: [], since: 1 });
      const mark = { room: '造物工坊', at: Date.UTC(2025, 2, 4, 0, 30), tries: 1 };
      digests.replace(undefined, { ...mark, window: '2025-03-03/1', step: 'sent' });
    });

  test('tells in words how the bot is, and nothing that was said', async () => {
    fill();
    vi.stubEnv('ARCHIVE', dataDir);
    const { code, out } = await runForTest(statusCommand);
    expect(code).toBe(0);
    expect(out).toBe(`bot:        not running
archive:    ${dataDir}
data:       ${dataDir}, schema version ${NEWEST}
last heard: 2025-03-03 09:12
sent:       5 messages on 2025-03-03
admins:     1
waiting:    1 subscriptions
withheld:   1 opt-outs, 0 hidden messages
room:       读书群: disabled
room:       造物工坊: enabled, speaks unasked, digest 08:30, last digest 2025-03-03/1 sent at 2025-03-04 08:30
`);
  });
  test('tells a program the same, with the running bot and what it says of itself', async () => {
    fill();
    const health = { online: true, archiveMessages: 400, queue: 2, restarts: 1 };
    const server = createServer((_, response) => void response.end(JSON.stringify(health)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('HTTP_PORT', String((server.address() as AddressInfo).port));
    const bot = otherProcess(dataDir, "openState({ dataDir, onFault: tell }); tell('runs');");
    await bot.line();
    const { out } = await runForTest(statusCommand, '--json');
    const { out: words } = await runForTest(statusCommand);
    await bot.kill();
    server.close();
    expect(JSON.parse(out)).toMatchObject({
      ...{ process: bot.pid, health, schemaVersion: NEWEST, lastHeard: '2025-03-03T01:12:00.000Z', admins: 1, subscriptions: 1 },
      rooms: [
        { room: '读书群', enabled: false },
        { room: '造物工坊', enabled: true, paused: false, lastDigest: { window: '2025-03-03/1', step: 'sent', tries: 1 } },
      ],
    });
    expect(out).not.toContain('喷嘴');
    expect(words).toContain(
      `running, process ${bot.pid}\nhealth:     online, 400 messages in the archive, 2 replies waiting, 1 restarts\n`,
    );
  });
  test('says so where no bot was ever started', async () => {
    const err = `status: there is no file ${stateFile(dataDir)}; a bot makes it when it first runs\n`;
    expect(await runForTest(statusCommand)).toMatchObject({ code: 1, err });
    expect(readdirSync(dataDir)).toEqual([]);
  });
});

describe('wrong use', () => {
  test.each([
    ['backup without a file', backupCommand, []],
    ['backup with two', backupCommand, ['a', 'b']],
    ['backup with an option', backupCommand, ['--now', 'a']],
    ['restore without a file', restoreCommand, []],
    ['restore of a file that is not there', restoreCommand, ['/there is no such file']],
    ['status with a file', statusCommand, ['a']],
  ])('%s', async (_, command, args) => {
    const { code, err } = await runForTest(command, ...args);
    expect(code).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
  test('a setting that is wrong', async () => {
    vi.stubEnv('DAILY_CAP', 'many');
    expect(await runForTest(statusCommand)).toMatchObject({ code: 2, err: expect.stringContaining('DAILY_CAP') });
  });
  test.each([backupCommand, restoreCommand, statusCommand])('is spared by $name --help', async (command) => {
    const { code, out } = await runForTest(command, '--help');
    expect([code, out]).toEqual([0, expect.stringContaining(`usage: npm run -s ${command.name} -- `)]);
  });
});
