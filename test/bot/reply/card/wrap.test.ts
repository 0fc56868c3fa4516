import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutToFit, wrap, wrapEvenly } from '../../../../bot/reply/card/wrap.js';

/** A Chinese sign is 10 wide, a Latin one 5. */
const widthOf = (text: string) =>
  Array.from(new Intl.Segmenter('zh').segment(text)).reduce((sum, { segment }) => sum + (/^[ -~]$/.test(segment) ? 5 : 10), 0);
/** What one sees of a text, wherever its lines break: white space at the end of a line is not drawn. */
const drawn = (text: string) => text.replaceAll(/\s/gu, '');
const wrapped = (text: string, width: number, lines = 99, indent = 0) => wrap(text, widthOf, { width, lines, indent });

describe('lines', () => {
  test.each([
    ['break between Chinese signs', '一二三四五', 30, ['一二三', '四五']],
    ['do not begin with closing punctuation', '一二三，四五', 30, ['一二', '三，四', '五']],
    ['do not end with an opening sign', '一二（三四）', 30, ['一二', '（三', '四）']],
    ['do not begin with the hyphen of a name', '一二三-四五', 30, ['一二', '三-四', '五']],
    ['keep a word whole', '一二 word 三', 40, ['一二', 'word 三']],
    ['tear a word that is longer than a line', 'abcdefgh', 20, ['abcd', 'efgh']],
    ['keep an address whole if it fits', '看a.b/c?d=1吧', 50, ['看', 'a.b/c?d=1', '吧']],
    ['are one, if the text is empty', '', 30, ['']],
  ])('%s', (_, text, width, lines) => {
    expect(wrapped(text, width)).toEqual(lines);
  });
  test('begin after what stands before the first', () => {
    expect(wrapped('一二三四五', 30, 99, 20)).toEqual(['一', '二三四', '五']);
    expect(wrapped('一二', 30, 99, 28)).toEqual(['', '一二']);
  });
  test('end with an ellipsis where the text goes on', () => {
    expect(wrapped('一二三四五六七八', 30, 2)).toEqual(['一二三', '四五…']);
  });
  test('hold the whole text, in order, and are as wide as they may be at most', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 10, max: 200 }), fc.nat(200), (text, width, indent) => {
        const lines = wrapped(text, width, 10_000, indent);
        expect(drawn(lines.join(''))).toBe(drawn(text));
        for (const [i, line] of lines.entries())
          expect(widthOf(line)).toBeLessThanOrEqual(i === 0 ? Math.max(width - indent, 0) : width);
      }),
    );
  });
  test('are never more than asked for', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.integer({ min: 20, max: 100 }),
        fc.integer({ min: 1, max: 4 }),
        (text, width, most) => {
          const lines = wrapped(text, width, most);
          expect(lines.length).toBeLessThanOrEqual(most);
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});

describe('even lines', () => {
  const evenly = (text: string, width: number, lines: number) => wrapEvenly(text, widthOf, { width, lines });
  test('leave no sign alone', () => {
    expect(evenly('一二三四五六七', 60, 2)).toEqual(['一二三四', '五六七']);
    expect(evenly('一二三', 60, 2)).toEqual(['一二三']);
  });
  test('are as long as they can be where the text is cut', () => {
    expect(evenly('一二三四五六七', 30, 2)).toEqual(['一二三', '四五…']);
  });
  test('are as many as other lines and hold the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 20, max: 200 }), (text, width) => {
        const [even, plain] = [evenly(text, width, 10_000), wrapped(text, width, 10_000)];
        expect(even).toHaveLength(plain.length);
        expect(drawn(even.join(''))).toBe(drawn(plain.join('')));
      }),
    );
  });
});

test('a cut text is the longest beginning that leaves room for an ellipsis, and no emoji is torn', () => {
  expect(cutToFit('一二三四', widthOf, 40)).toBe('一二三四');
  expect(cutToFit('一二三四', widthOf, 39)).toBe('一二…');
  expect(cutToFit('👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', widthOf, 25)).toBe('👨‍👩‍👧‍👦…');
});
