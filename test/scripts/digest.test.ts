/** `npm run digest`: what a program and a person read of a day. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { digestCommand } from '../../scripts/digest.js';
import { MAIN_ROOM, SAMPLE } from '../knowledge/sample-for-test.js';
import { runForTest } from './run-for-test.js';

const run = (...args: readonly string[]) => runForTest(digestCommand, '--archive', SAMPLE, ...args);
const DAY = ['--room', MAIN_ROOM, '--date', '2025-03-10'];

describe('the JSON of a digest', () => {
  it('has the fields that other programs read, with times that name their zone and lines that are headers', async () => {
    const { code, out } = await run(...DAY, '--json');
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(1);
    const digest = JSON.parse(out);
    expect(Object.keys(digest).slice(0, 9)).toEqual([
      'room',
      'from',
      'to',
      'messages',
      'people',
      'topics',
      'unanswered',
      'links',
      'speakers',
    ]);
    expect([digest.room, digest.from, digest.to]).toEqual([MAIN_ROOM, '2025-03-10T05:00:00+08:00', '2025-03-11T05:00:00+08:00']);
    expect(digest.topics.length).toBeGreaterThan(1);
    for (const { title, from, to, quotes, thread, messages } of digest.topics) {
      expect(title).not.toBe('');
      expect(Date.parse(from)).toBeLessThanOrEqual(Date.parse(to));
      expect(thread).toHaveLength(messages);
      for (const { file, line, time } of quotes)
        expect(readFileSync(join(SAMPLE, file), 'utf8').split('\n')[line - 1]).toContain(`> ${time}`);
    }
  });

  it('holds the words that rose in a week', async () => {
    const { out } = await run('--room', MAIN_ROOM, '--date', '2025-03-17', '--days', '7', '--json');
    expect(JSON.parse(out)).toMatchObject({ days: 7, to: '2025-03-24T05:00:00+08:00' });
  });
});

describe('the text of a digest', () => {
  it('names the day, its topics and the most active people', async () => {
    const { code, out } = await run(...DAY);
    expect(code).toBe(0);
    expect(out).toContain(`${MAIN_ROOM}, 2025-03-10: `);
    expect(out).toMatch(/^1\. /m);
    expect(out).toContain('\nmost active\n');
  });
});

describe('the picture of a digest', () => {
  it('is written as a PNG by the program as it is built, which says where on stderr and nothing on stdout', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'qunshi-digest-')), 'card.png');
    const command = ['scripts/run.mjs', 'scripts/digest', '--archive', SAMPLE, ...DAY, '--out', file];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, command);
    expect(stdout).toBe('');
    expect(stderr).toContain(`${file} written\n`);
    expect(readFileSync(file).subarray(1, 4).toString('latin1')).toBe('PNG');
  });
});

describe('wrong use', () => {
  it.each([
    [['--room', '没有的群', '--date', '2025-03-10'], 2, `--room: there is no room 没有的群; the archive has ${MAIN_ROOM}, `],
    [['--room', MAIN_ROOM], 2, '--date is missing'],
    [['--date', '2025-03-10'], 2, '--room is missing'],
    [['--room', MAIN_ROOM, '--date', '2025-02-30'], 2, '--date: "2025-02-30" is no date'],
    [[...DAY, '--days', '3'], 2, '--days: 3 is neither 1 nor 7'],
    [[...DAY, '--json', '--out', 'card.png'], 2, '--json and --out exclude each other'],
    [[...DAY, '--out', '/no/such/folder/card.png'], 2, '--out: there is no folder /no/such/folder'],
    [['--room', MAIN_ROOM, '--date', '2024-01-01'], 1, 'the archive reaches from 2025-03-03 to 2025-03-23'],
  ])('%j is told in one line, exit code %i', async (args, expected, told) => {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([expected, '']);
    expect(err.trim().split('\n').at(-1)).toContain(told);
  });
});
