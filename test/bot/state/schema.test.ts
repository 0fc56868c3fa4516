/** Files of older programs, of newer ones, and files that are no state at all. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Database, openDatabase, openInMemory } from '../../../bot/state/database.js';
import { stateFile } from '../../../bot/state/open.js';
import { MIGRATIONS, migrate, NEWEST, versionOf } from '../../../bot/state/schema.js';
import { newDataDir, openForTest } from './state-for-test.js';

let dataDir: string;
beforeEach(() => {
  dataDir = newDataDir();
});
const fail = (sentence: string) => expect.fail(sentence);

function madeBy(version: number, fill: (database: Database) => void = () => undefined): void {
  const database = openDatabase(stateFile(dataDir), fail);
  for (const step of MIGRATIONS.slice(0, version)) database.run(step);
  fill(database);
  database.run(`PRAGMA user_version = ${version}`);
  database.close();
}

const NOTES = `INSERT INTO notes VALUES
    ('lastHeard', '7'), ('unaskedRooms', '["读书群","造物工坊"]'), ('bornLive', '["读书群"]'),
    ('today', '{"date":"2025-03-03","sent":5,"unasked":{"读书群":2}}');
  INSERT INTO answered (id) VALUES ('m1'), ('m2');`;

test('a file of the oldest version becomes one of the newest, with all that stood in it', () => {
  madeBy(1, (database) => database.run(NOTES));
  const state = openForTest(dataDir);
  expect(state.notebook.read()).toEqual({
    lastHeard: 7,
    heardIn: {},
    bornLive: ['读书群'],
    today: { date: '2025-03-03', sent: 5, unasked: { 读书群: 2 } },
  });
  expect(state.notebook.answerOnce(['m2'])).toBe(false);
  expect(state.rooms.get('造物工坊')).toEqual({ paused: false, unasked: true });
  expect([...state.rooms.all().keys()]).toEqual(['读书群', '造物工坊']);
  state.close();
});

test.each(MIGRATIONS.map((_, i) => i))('from version %d it has the same tables as a new one', (version) => {
  const tables = (database: Database) => {
    const row = z.object({ name: z.string(), sql: z.string().nullable() });
    return database.query('SELECT name, sql FROM sqlite_schema ORDER BY name', row).all();
  };
  expect(version).toBeLessThan(NEWEST);
  const old = openInMemory();
  for (const step of MIGRATIONS.slice(0, version)) old.run(step);
  old.run(`PRAGMA user_version = ${version}`);
  migrate(old);
  const fresh = openInMemory();
  migrate(fresh);
  expect(versionOf(old)).toBe(NEWEST);
  expect(tables(old)).toEqual(tables(fresh));
});

test('a step that fails leaves the file as it was', () => {
  madeBy(1, (database) => database.run("INSERT INTO notes VALUES ('unaskedRooms', 'no JSON')"));
  expect(() => openForTest(dataDir)).toThrow(/malformed JSON/);
  const database = openDatabase(stateFile(dataDir), fail);
  expect(versionOf(database)).toBe(1);
  database.run("DELETE FROM notes WHERE name = 'unaskedRooms'");
  database.close();
  openForTest(dataDir).close();
});

describe('is refused in a sentence, and left as it is:', () => {
  test('a file of a newer program', () => {
    madeBy(NEWEST, (database) => database.run('CREATE TABLE things_to_come (a TEXT) STRICT'));
    const database = openDatabase(stateFile(dataDir), fail);
    database.run(`PRAGMA user_version = ${NEWEST + 1}`);
    database.close();
    expect(() => openForTest(dataDir)).toThrow(
      `${stateFile(dataDir)} was written by a newer program: it has schema version ${NEWEST + 1}, and this program knows those up to ${NEWEST}; update`,
    );
  });
  test('a database of another program', () => {
    const database = openDatabase(stateFile(dataDir), fail);
    database.run('CREATE TABLE songs (name TEXT)');
    database.close();
    const before = readFileSync(stateFile(dataDir));
    expect(() => openForTest(dataDir)).toThrow(`${stateFile(dataDir)} is no state of Qunshi`);
    expect(readFileSync(stateFile(dataDir))).toEqual(before);
  });
  test.each(['not a database', '{"answered":[]}', 'x'.repeat(10_000)])('what begins with %.20s', (content) => {
    writeFileSync(stateFile(dataDir), content);
    expect(() => openForTest(dataDir)).toThrow(
      `${stateFile(dataDir)} cannot be read: file is not a database; put a backup back with npm run restore`,
    );
    expect(readFileSync(stateFile(dataDir), 'utf8')).toBe(content);
  });
  test('a file that was damaged', () => {
    const state = openForTest(dataDir);
    state.hidden.add(
      Array.from({ length: 500 }, (_, i) => `${i}`.repeat(20)),
      '老许',
      1,
    );
    state.close();
    const content = readFileSync(stateFile(dataDir));
    content.fill(0x55, content.length / 2, content.length - 4_096);
    writeFileSync(stateFile(dataDir), content);
    expect(() => openForTest(dataDir)).toThrow(/qunshi\.sqlite .*(damaged|malformed); put a backup back with npm run restore$/);
    expect(readFileSync(stateFile(dataDir))).toEqual(content);
  });
});

// === bot.json

describe('what an earlier version kept in bot.json', () => {
  const file = () => join(dataDir, 'bot.json');
  const old = { answered: ['m1'], today: { date: '2025-03-03', sent: 5, unasked: {} }, unaskedRooms: ['读书群'], lastAlive: 9 };
  test('is taken over once, and the file put away', () => {
    writeFileSync(file(), JSON.stringify(old));
    const state = openForTest(dataDir);
    expect(state.notebook.read()).toMatchObject({ today: { sent: 5 }, lastAlive: 9 });
    expect(state.notebook.answerOnce(['m1'])).toBe(false);
    expect(state.rooms.get('读书群').unasked).toBe(true);
    state.rooms.set('读书群', { unasked: false });
    state.close();
    expect(existsSync(file())).toBe(false);
    expect(JSON.parse(readFileSync(`${file()}.imported`, 'utf8'))).toEqual(old);
    // Somebody puts it back: what was said since is newer.
    writeFileSync(file(), JSON.stringify(old));
    const again = openForTest(dataDir);
    expect(again.rooms.get('读书群').unasked).toBe(false);
    again.close();
  });
  test.each(['', '{', '[]', '{"answered": 7}'])('is told and left aside if it holds %j', (content) => {
    writeFileSync(file(), content);
    const faults: string[] = [];
    const state = openForTest(dataDir, faults);
    expect(faults).toEqual([`${file()} cannot be read and is left aside`]);
    expect(state.notebook.answerOnce(['m1'])).toBe(true);
    state.close();
    expect(readFileSync(file(), 'utf8')).toBe(content);
  });
});
