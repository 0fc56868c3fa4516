/** The parts of the evaluation that have no outside reference, on cases small enough to count by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationError, reliability } from '../../../scripts/eval/calibration.js';
import type { GoldAddress, GoldQuestion } from '../../../scripts/eval/gold.js';
import { linking } from '../../../scripts/eval/linking.js';
import { bestMatching } from '../../../scripts/eval/matching.js';
import { belowFloor } from '../../../scripts/eval/report.js';

describe('the best one-to-one pairing', () => {
  /** Tries every pairing. */
  const tryAll = (table: readonly (readonly number[])[], free: readonly number[]): number => {
    const [row, ...rest] = table;
    if (row === undefined) return 0;
    const skipped = tryAll(rest, free);
    const paired = free.map(
      (column) =>
        (row[column] ?? 0) +
        tryAll(
          rest,
          free.filter((other) => other !== column),
        ),
    );
    return Math.max(skipped, ...paired);
  };

  it('is as good as the best of all pairings', () => {
    const table = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .chain(([rows, columns]) =>
        fc.array(fc.array(fc.nat(9), { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
      );
    fc.assert(
      fc.property(table, (weights) => {
        expect(bestMatching(weights)).toBe(tryAll(weights, [...(weights[0] ?? []).keys()]));
      }),
    );
  });
});

describe('answer linking', () => {
  const at = (line: number, file = 'day'): GoldAddress => ({ file, line });
  const question = (part: Partial<GoldQuestion>): GoldQuestion => ({
    qid: 'q',
    query: 'how',
    style: 'near',
    asked: at(1),
    answers: [],
    thread: [],
    ...part,
  });
  const texts: Readonly<Record<number, string>> = {
    1: '怎么校准打印平台',
    2: '用一张纸塞着调',
    3: '[强][强][强]',
    4: '晚饭吃什么好',
    5: '火锅吃不吃',
  };
  const threads = (parts: readonly (readonly number[])[]) => {
    const of = new Map(parts.flatMap((lines, i) => lines.map((line) => [line, String(i)] as const)));
    return {
      threadOf: ({ file, line }: GoldAddress) => (file === 'day' ? of.get(line) : undefined),
      messagesOf: (thread: string) => (parts[Number(thread)] ?? []).map((line) => ({ ...at(line), text: texts[line] ?? '' })),
    };
  };

  it('counts the answers of the same file that stand in the thread of the asked message', () => {
    const gold = question({
      answers: [
        { ...at(2), grade: 3 },
        { ...at(4), grade: 2 },
        { ...at(5), grade: 1 },
        { ...at(2, 'other day'), grade: 3 },
      ],
    });
    expect(linking([gold], threads([[1, 2], [4]]))).toMatchObject({ n: 1, held: 0.5 });
    expect(linking([gold], threads([[1, 2, 4]]))).toMatchObject({ held: 1 });
    expect(linking([gold], threads([[2], [4]]))).toEqual({ n: 1, held: 0, topical: 0, pure: 0 });
  });

  it('calls a thread pure if half of what says something is on topic, emoji left aside', () => {
    const gold = question({ answers: [{ ...at(2), grade: 3 }], thread: [at(1), at(2)] });
    expect(linking([gold], threads([[1, 2, 3, 4, 5]]))).toMatchObject({ topical: 0.5, pure: 1 });
    expect(linking([gold], threads([[1, 3, 4, 5], [2]]))).toMatchObject({ pure: 0 });
  });

  it('leaves out questions without an original, or without an answer beside it', () => {
    const orphan = question({ asked: null, answers: [{ ...at(2), grade: 3 }] });
    const elsewhere = question({ answers: [{ ...at(2, 'other day'), grade: 3 }] });
    const offTopic = question({ answers: [{ ...at(2), grade: 1 }] });
    expect(linking([orphan, elsewhere, offTopic], threads([[1, 2]])).n).toBe(0);
  });
});

describe('whether confidence can be trusted', () => {
  it('compares what was claimed with what was right, in ten bins', () => {
    const claims = [
      { confidence: 0.95, right: true },
      { confidence: 1, right: false },
      { confidence: 0.1, right: false },
    ];
    const bins = reliability(claims);
    expect(bins).toHaveLength(10);
    expect(bins[9]).toMatchObject({ n: 2, confidence: 0.975, right: 0.5 });
    expect(bins[1]).toMatchObject({ n: 1, confidence: 0.1, right: 0 });
    expect(calibrationError(bins)).toBeCloseTo((2 * 0.475 + 0.1) / 3, 10);
  });

  it('finds no error in confidence that comes true', () => {
    const claims = Array.from({ length: 10 }, (_, i) => ({ confidence: 0.7, right: i < 7 }));
    expect(calibrationError(reliability(claims))).toBeCloseTo(0, 10);
  });
});

describe('the floor', () => {
  const figures = { 'threads.one_to_one': 0.7, 'ranked.all.answer@3': 0.58 };

  it('is kept by a figure that reaches it', () => {
    expect(belowFloor(figures, { 'threads.one_to_one': 0.7 })).toEqual([]);
  });

  it('names the figures below, and floors that belong to no figure', () => {
    expect(belowFloor(figures, { 'ranked.all.answer@3': 0.6, 'treads.one_to_one': 0.1 })).toEqual([
      'ranked.all.answer@3 is 0.580, below its floor 0.600',
      'treads.one_to_one is in the floor, but there is no such figure',
    ]);
  });
});
