import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardContent } from '../../../../bot/reply/card/content.js';
import { layOut } from '../../../../bot/reply/card/layout.js';
import type { Measure, Picture, TextMark } from '../../../../bot/reply/card/picture.js';
import type { Digest } from '../../../../knowledge/index.js';
import { runs } from '../../../properties.js';
import { quote } from '../../fakes.js';
import { anyDigest, digest, link, local, topic } from '../digests-for-test.js';

/** Chinese takes a square, Latin half of one. */
const measure: Measure = (text, { size }) =>
  Array.from(text).reduce((sum, sign) => sum + (/^[ -~]$/.test(sign) ? size / 2 : size), 0);
const pictureOf = (any: Digest) => layOut(cardContent(any, local), measure);
const textsOf = ({ marks }: Picture): readonly TextMark[] => marks.filter((mark) => mark.kind === 'text');
const wordsOf = (picture: Picture) => textsOf(picture).map(({ text }) => text);

/** A card takes some milliseconds, so not the usual hundred. */
const everyDigest = (holds: (any: Digest) => void) => fc.assert(fc.property(anyDigest, holds), runs(40));

describe('any digest makes a card', () => {
  test('1,080 pixels wide and at most 2,400 high, with everything on it', () => {
    everyDigest((any) => {
      const { width, height, marks } = pictureOf(any);
      expect(width).toBe(1_080);
      expect(height).toBeLessThanOrEqual(2_400);
      for (const mark of marks) {
        const [top, bottom] =
          mark.kind === 'box' ? [mark.y, mark.y + mark.height] : [mark.y - mark.font.size, mark.y + mark.font.size / 4];
        expect(mark.x).toBeGreaterThanOrEqual(0);
        expect(mark.x + mark.width).toBeLessThanOrEqual(width + 0.01);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(bottom).toBeLessThanOrEqual(height);
      }
    });
  });
  test('on which nothing is written over another thing', () => {
    everyDigest((any) => {
      const texts = textsOf(pictureOf(any));
      const overlaps = (a: TextMark, b: TextMark) =>
        a.x + 0.01 < b.x + b.width && b.x + 0.01 < a.x + a.width && Math.abs(a.y - b.y) < Math.min(a.font.size, b.font.size);
      for (const [i, one] of texts.entries()) for (const other of texts.slice(0, i)) expect(overlaps(one, other)).toBe(false);
    });
  });
  test('on which nothing is smaller than 28 pixels', () => {
    everyDigest((any) => {
      for (const { font } of textsOf(pictureOf(any))) expect(font.size).toBeGreaterThanOrEqual(28);
    });
  });
  test('with a number for every topic', () => {
    everyDigest((any) => {
      const words = wordsOf(pictureOf({ ...any, speakers: [] }));
      for (const i of any.topics.keys()) expect(words).toContain(`${i + 1}`);
    });
  });
});

describe('a card', () => {
  test('begins its hours with that of the window, and names every sixth', () => {
    const texts = textsOf(pictureOf(digest()));
    const named = texts.filter(({ text }) => /^\d+ 点$/.test(text)).sort((a, b) => a.x - b.x);
    expect(named.map(({ text }) => text)).toEqual(['6 点', '12 点', '18 点', '0 点']);
  });
  test('of a week has a bar for every day, named by its weekday', () => {
    const week = pictureOf(digest({ days: 7, byDay: [204, 31, 0, 57, 160, 480, 48] }));
    const named = textsOf(week).filter(({ text }) => /^周.$/.test(text));
    expect(named.map(({ text }) => text)).toEqual(['周一', '周二', '周三', '周四', '周五', '周六', '周日']);
    expect(wordsOf(week).join()).not.toMatch(/\d+ 点$/);
  });
  test('marks the answer to a question, and only that', () => {
    const quotes = [quote('问的时候说了很多别的话，所以不只是标题，还有背景'), quote('种下去就好')];
    expect(
      wordsOf(pictureOf(digest({ topics: [topic('问题', { isQuestion: true, quotes })] }))).filter((text) => text === '答'),
    ).toHaveLength(1);
    expect(wordsOf(pictureOf(digest({ topics: [topic('闲谈', { quotes })] })))).not.toContain('答');
  });
  test('of a day without topics shows its figures all the same', () => {
    const words = wordsOf(pictureOf(digest({ topics: [], unanswered: [], links: [], speakers: [] })));
    expect(words).toContain('132');
    expect(words.join()).not.toMatch(/待解答|链接|发言最多|回复/);
  });
  test('where there is too much, keeps titles, people and a line of each answer, and gives up links first', () => {
    const long = '这句话特别长，'.repeat(20);
    const words = wordsOf(
      pictureOf(
        digest({
          topics: Array.from({ length: 5 }, (_, i) =>
            topic(`题${i}${long}`, { isQuestion: true, quotes: [quote(`问${long}`), quote(`答${long}`)] }),
          ),
          unanswered: Array.from({ length: 5 }, (_, i) => quote(`待${i}${long}`)),
          links: Array.from({ length: 5 }, (_, i) => link(`链${i}${long}`, '苏禾')),
        }),
      ),
    );
    const talk = topic('嫁接入门', { quotes: [quote(`讲嫁接入门，${long}`), quote(`说${long}`)] });
    expect(wordsOf(pictureOf(digest({ topics: [talk, talk, talk, talk, talk] }))).join()).not.toContain('讲嫁接入门');
    const beginningWith = (sign: string) => words.filter((text) => new RegExp(`^${sign}(\\d|这)`).test(text)).length;
    expect(beginningWith('题')).toBe(5);
    expect(beginningWith('答')).toBe(5);
    expect(words).toContain('发言最多');
    expect(beginningWith('链')).toBeLessThan(beginningWith('待'));
  });
});
