import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { countsOf, openNotebook } from '../../bot/notebook.js';

let file: string;
let faults: string[];
beforeEach(() => {
  file = join(mkdtempSync(join(tmpdir(), 'qunshi-')), 'data', 'bot.json');
  faults = [];
});
const open = () => openNotebook(file, (sentence) => void faults.push(sentence));

describe('a message', () => {
  test('is answered once, also after a restart without warning', () => {
    const first = open();
    expect(first.answerOnce(['1', '2'])).toBe(true);
    expect(first.answerOnce(['2'])).toBe(false);
    expect(open().answerOnce(['1'])).toBe(false);
    expect(open().answerOnce(['3'])).toBe(true);
  });
  test('of which a thousand others came since is forgotten', () => {
    const notebook = open();
    notebook.answerOnce(['old']);
    for (let i = 0; i < 1_000; i++) notebook.change(({ answered }) => ({ answered: [...answered, `${i}`] }));
    notebook.answerOnce(['new']);
    expect(notebook.read().answered.length).toBe(1_000);
    expect(notebook.answerOnce(['old'])).toBe(true);
  });
});

test('what was changed is there after a restart', () => {
  const notebook = open();
  notebook.change(() => ({ lastHeard: 7, unaskedRooms: ['读书群'] }));
  notebook.save();
  expect(open().read()).toMatchObject({ lastHeard: 7, unaskedRooms: ['读书群'] });
});

test('it is written within a second by itself', async () => {
  open().change(() => ({ lastHeard: 7 }));
  await expect.poll(() => readFileSync(file, 'utf8'), { timeout: 5_000 }).toContain('"lastHeard":7');
});

test('nobody else can read it, and no half-written file is left', () => {
  open().answerOnce(['1']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(file, '..'))).toEqual(['bot.json']);
});

test.each(['', '{', '{"answered": 7}', '[]'])('a file that holds %j is begun anew, and that is told', (content) => {
  open().answerOnce(['1']);
  writeFileSync(file, content);
  expect(open().answerOnce(['1'])).toBe(true);
  expect(faults).toEqual([`${file} cannot be read and is begun anew`]);
});

test('a disk that refuses is told, and costs nothing else', () => {
  open().answerOnce(['0']);
  file = join(file, 'a file is no folder', 'bot.json');
  expect(open().answerOnce(['1'])).toBe(true);
  expect(faults.at(-1)).toContain('cannot be written');
});

test('the counts of a day end with it', () => {
  const notebook = open();
  notebook.change(() => ({ today: { date: '2025-03-03', sent: 5, unasked: { 读书群: 2 } } }));
  expect(countsOf(notebook.read(), '2025-03-03')).toMatchObject({ sent: 5 });
  expect(countsOf(notebook.read(), '2025-03-04')).toEqual({ date: '2025-03-04', sent: 0, unasked: {} });
});
