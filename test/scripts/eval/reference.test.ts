/**
 * The evaluation against the reference scorer, on invented gold sets and runs: silence, ties, doubles, quotes and results too
 * many, questions never asked, message headers without a thread. expected.json holds what the reference printed.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { abstention } from '../../../scripts/eval/abstention.js';
import { addressKey, readGold } from '../../../scripts/eval/gold.js';
import { type Judged, questionRows } from '../../../scripts/eval/questions.js';
import { meanOfDays, threadDays } from '../../../scripts/eval/threads.js';
import { readJsonLines } from '../../../scripts/json-lines.js';

const FIXTURES = fileURLToPath(new URL('../../fixtures/eval', import.meta.url));
const address = z.object({ file: z.string(), line: z.number() });
const figures = z.record(z.string(), z.number());

const gold = readGold(FIXTURES);
const expected = z
  .object({ questions: z.record(z.string(), figures), abstention: figures, threads: z.record(z.string(), figures) })
  .parse(JSON.parse(readFileSync(`${FIXTURES}/expected.json`, 'utf8')));
const run = new Map<string, Judged>(
  readJsonLines(
    `${FIXTURES}/run.jsonl`,
    z.object({ qid: z.string(), answered: z.boolean(), results: z.array(z.object({ quotes: z.array(address) })) }),
  ).map(({ qid, ...judged }) => [qid, judged]),
);
const pred = new Map(
  readJsonLines(`${FIXTURES}/pred.jsonl`, address.extend({ thread: z.string() })).map((one) => [addressKey(one), one.thread]),
);

/** The reference prints three decimals. */
function expectFigures(actual: object, wanted: Readonly<Record<string, number>>): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(wanted).sort());
  for (const [name, value] of Object.entries(actual)) {
    expect(Math.abs(value - (wanted[name] ?? Number.NaN)), name).toBeLessThan(0.000_501);
  }
}

describe('the reference scorer and ours agree to three decimals', () => {
  const rows = questionRows(gold.questions, run);

  it('on the same groups of questions', () => {
    expect(rows.map(({ view, group }) => `${view}.${group}`)).toEqual(Object.keys(expected.questions));
  });

  it.each(rows)('on questions, $view, $group', ({ view, group, n, figures: actual }) => {
    expectFigures({ n, ...actual }, expected.questions[`${view}.${group}`] ?? {});
  });

  it('on silence', () => {
    const { styles, ...shares } = abstention(gold.questions, gold.unanswerable, (qid) => run.get(qid)?.answered === true);
    expectFigures(shares, expected.abstention);
    expect(styles.map(({ style, n }) => [style, n])).toEqual([
      ['after', 5],
      ['chat', 4],
      ['far', 6],
      ['near', 4],
    ]);
    expect(styles.find(({ style }) => style === 'far')?.answered).toBeCloseTo(0.667, 3);
  });

  const days = threadDays(gold.days, pred);

  it.each(days)('on threads of $file', ({ file, messages, threads, guessed, figures: actual }) => {
    expectFigures({ messages, threads, guessed, ...actual }, expected.threads[file] ?? {});
  });

  it('on threads of all days together', () => {
    expectFigures(
      { messages: days.reduce((sum, day) => sum + day.messages, 0), ...meanOfDays(days) },
      expected.threads.all ?? {},
    );
  });
});
