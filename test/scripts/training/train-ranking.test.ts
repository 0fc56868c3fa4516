/** `npm run train-ranking` as somebody meets it who gives it the wrong things. What it learns is tested by parts. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainRankingCommand } from '../../../scripts/training/train-ranking.js';
import { runForTest } from '../run-for-test.js';

const SAMPLE = fileURLToPath(new URL('../../../knowledge/sample', import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'qunshi-training-'));
  mkdirSync(join(folder, 'empty'));
  mkdirSync(join(folder, 'broken'));
  writeFileSync(
    join(folder, 'broken', 'questions.jsonl'),
    '{"qid":"1","query":"烘料多久","style":"near","answers":[]}\n{"qid":2}\n',
  );
  writeFileSync(join(folder, 'broken', 'unanswerable.jsonl'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const train = (...args: readonly string[]) => runForTest(trainRankingCommand, ...args);

describe('npm run train-ranking', () => {
  it('tells how it is used', async () => {
    const { code, out } = await train('--help');
    expect([code, out]).toEqual([0, expect.stringContaining('npm run -s train-ranking -- --archive DIR --gold DIR')]);
  });

  it.each([
    ['--nonsense is not an option', () => ['--nonsense']],
    ['--archive and --gold are to be given in pairs', () => []],
    ['--archive and --gold are to be given in pairs', () => ['--archive', SAMPLE]],
    ['more is one argument too many', () => ['--archive', SAMPLE, '--gold', folder, 'more']],
    ['--gold: there is no folder /no/such/folder', () => ['--archive', SAMPLE, '--gold', '/no/such/folder']],
    ['questions.jsonl cannot be read (ENOENT)', () => ['--archive', SAMPLE, '--gold', join(folder, 'empty')]],
    ['questions.jsonl:2: qid', () => ['--archive', SAMPLE, '--gold', join(folder, 'broken')]],
    [
      '--model: there is no folder /no/such/folder',
      () => ['--archive', SAMPLE, '--gold', join(folder, 'broken'), '--model', '/no/such/folder'],
    ],
  ])('refuses in one line with exit code 2, before any work: %s', async (fault, args) => {
    const { code, out, err } = await train(...args());
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^train-ranking: [^\n]+\n$/);
    expect(err).toContain(fault);
  });
});
