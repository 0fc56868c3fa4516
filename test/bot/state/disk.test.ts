/** A disk that is full, or takes nothing at all: what is refused, what goes on. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { notebookIn } from '../../../bot/notebook.js';
import { type Database, openDatabase } from '../../../bot/state/database.js';
import { stateFile } from '../../../bot/state/open.js';
import { auditIn } from '../../../bot/state/people.js';
import { migrate } from '../../../bot/state/schema.js';
import { StateError } from '../../../bot/state/state.js';
import { optOutsIn } from '../../../bot/state/wishes.js';
import { asNobodyInParticular, newDataDir, openForTest } from './state-for-test.js';

describe('a DATA_DIR that cannot be used is told in a sentence:', () => {
  test('a file in its place', () => {
    const file = join(newDataDir(), 'file');
    writeFileSync(file, '');
    expect(() => openForTest(join(file, 'data'))).toThrow(
      `DATA_DIR: ${join(file, 'data')} cannot be written (ENOTDIR); it needs a folder that this user may write to`,
    );
    expect(() => openForTest(file)).toThrow(`DATA_DIR: ${file} cannot be written (EEXIST)`);
  });
  test('a folder that others may write to, but not this user', () => {
    const dataDir = newDataDir();
    chmodSync(dataDir, 0o555);
    expect(() => asNobodyInParticular(() => openForTest(dataDir))).toThrow(
      `${join(dataDir, 'bot.lock')} cannot be written (EACCES)`,
    );
  });
  test('a folder in the place of the state, or of the lock', () => {
    for (const name of ['qunshi.sqlite', 'bot.lock']) {
      const dataDir = newDataDir();
      mkdirSync(join(dataDir, name));
      expect(() => openForTest(dataDir)).toThrow(StateError);
      expect(() => openForTest(dataDir)).toThrow(join(dataDir, name));
    }
  });
});

describe('a full disk', () => {
  const setUp = () => {
    const faults: string[] = [];
    const file = stateFile(newDataDir());
    const database: Database = openDatabase(file, (sentence) => void faults.push(sentence));
    migrate(database);
    const pages = Number(database.pragma('page_count'));
    return {
      ...{ database, faults, file },
      // No page more than there is now; what fits into those still does.
      fill: () => void database.pragma(`max_page_count = ${pages}`),
      room: () => void database.pragma('max_page_count = 100000'),
    };
  };
  const LONG = 'x'.repeat(10_000);

  test('does not keep the bot from answering once, is told once, and what waited is written when there is room', () => {
    const { database, faults, file, fill, room } = setUp();
    const notebook = notebookIn(database);
    fill();
    expect(notebook.answerOnce([`m1 ${LONG}`])).toBe(true);
    expect(notebook.answerOnce([`m1 ${LONG}`])).toBe(false);
    notebook.change(() => ({ lastHeard: 7 }));
    expect(notebook.answerOnce([`m2 ${LONG}`])).toBe(true);
    expect(notebook.read().lastHeard).toBe(7);
    expect(faults).toEqual([`${file} cannot be written: database or disk is full; make room there`]);
    room();
    notebook.save();
    const after = notebookIn(database);
    expect(after.answerOnce([`m1 ${LONG}`])).toBe(false);
    expect(after.answerOnce([`m2 ${LONG}`])).toBe(false);
    expect(after.read().lastHeard).toBe(7);
    // A new fault is told again.
    fill();
    notebook.answerOnce([`m3 ${LONG}`]);
    expect(faults).toHaveLength(2);
  });
  test('is no reason to say that somebody is forgotten who is not', () => {
    const { database, file, fill, room } = setUp();
    const optOuts = optOutsIn(database);
    const wish = { kind: 'forgotten', rooms: ['造物工坊'], names: [LONG], senders: [], since: 1 } as const;
    fill();
    expect(() => optOuts.add(wish)).toThrow(`${file} cannot be written: database or disk is full; make room there`);
    room();
    expect(optOuts.all()).toEqual([]);
    optOuts.add(wish);
    expect(optOuts.all()).toHaveLength(1);
  });
  test('does not keep an admin from what he does, though it is not written down', () => {
    const { database, faults, fill } = setUp();
    const audit = auditIn(database);
    fill();
    audit.add({ at: 1, who: '老许', contact: '@xu', room: '造物工坊', what: LONG, result: 'done' });
    expect(audit.latest(1)).toEqual([]);
    expect(faults).toHaveLength(1);
  });
});
