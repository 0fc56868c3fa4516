/** What counts as covered by a digest, on a day small enough to count by hand. */
import { describe, expect, it } from 'vitest';
import type { Digest, DigestTopic } from '../../../knowledge/index.js';
import { type DayMessage, digestDays, digestFigures } from '../../../scripts/eval/digests.js';

const FILE = '工坊/day';
/** Lines 1 to 8 are one conversation of four people, 11 to 18 another, 21 and 22 a small one. */
const parent = Object.fromEntries(
  [1, 11, 21].flatMap((first) =>
    Array.from({ length: first === 21 ? 2 : 8 }, (_, i) => [String(first + i), first + Math.max(0, i - 1)]),
  ),
);
const said = (text: string) =>
  new Map(
    Object.keys(parent).map((line): [string, DayMessage] => [
      `${line} ${FILE}`,
      { at: Number(line), speaker: `n${Number(line) % 4}`, text },
    ]),
  );

function figures(topics: readonly (readonly number[])[], text = '把喷头拧下来看看'): Readonly<Record<string, number>> {
  let asked: unknown;
  const days = digestDays([{ file: FILE, parent }], said(text), (room, from, to) => {
    asked = [room, from, to];
    const addressed = topics.map(
      (lines) => ({ addresses: lines.map((line) => ({ file: FILE, line })) }) as unknown as DigestTopic,
    );
    return { topics: addressed } as unknown as Digest;
  });
  expect(asked).toEqual(['工坊', 1, 23]);
  return digestFigures(days);
}

describe('the share of conversations that a digest covers', () => {
  it('counts those of four people and eight messages, each covered by a topic that lies mostly in it', () => {
    expect(figures([[1, 2, 3, 11, 12]])).toMatchObject({ covered: 0.5, ceiling: 1 });
    expect(
      figures([
        [1, 2, 3],
        [11, 12, 13, 21],
        [21, 22],
      ]),
    ).toMatchObject({ covered: 1 });
  });

  it('does not count a topic of which only half lies in a conversation', () => {
    expect(figures([[1, 2, 11, 12]])).toMatchObject({ covered: 0 });
  });

  it('tells of topics that say the same', () => {
    expect(
      figures([
        [1, 2, 3],
        [4, 5, 6],
        [21, 22],
      ]),
    ).toMatchObject({ covered: 0.5, twice: 1 });
  });

  it('tells of topics that are mainly noise', () => {
    expect(figures([[1, 2, 3]], '签到').noise).toBe(1);
    expect(figures([[1, 2, 3]], '[强]').noise).toBe(1);
    expect(figures([[1, 2, 3]]).noise).toBe(0);
  });
});
