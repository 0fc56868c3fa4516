import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clip } from '../../../knowledge/answer/clip.js';

const worthOf =
  (word: string) =>
  (sentence: string): number =>
    sentence.includes(word) ? 1 : 0;
const nothing = (): number => 0;

describe('a text that fits', () => {
  it('is shown whole', () => {
    expect(clip('先烘料。再降温！', 8, nothing)).toBe('先烘料。再降温！');
  });
});

describe('a longer text', () => {
  const text = '大家好。先说天气，今天很冷！喷嘴温度设到235度就不拉丝了。别的以后再说；有空来玩。';

  it('is cut to the whole sentences that answer, with an ellipsis where something is left out', () => {
    expect(clip(text, 20, worthOf('喷嘴'))).toBe('…喷嘴温度设到235度就不拉丝了。…');
  });

  it('begins at the beginning where no sentence is better than another', () => {
    expect(clip(text, 14, nothing)).toBe('大家好。先说天气，今天很冷！…');
  });

  it('ends without an ellipsis where its last sentence is shown', () => {
    expect(clip(text, 14, worthOf('来玩'))).toBe('…别的以后再说；有空来玩。');
  });

  it('keeps neighbouring sentences that answer together', () => {
    expect(clip('一。甲乙。甲丙。二二二二。', 6, worthOf('甲'))).toBe('…甲乙。甲丙。…');
  });

  it('keeps closing quotation marks with their sentence', () => {
    expect(clip('他说：“先烘料。”然后就走了，再也没有回来过。', 9, worthOf('烘'))).toBe('他说：“先烘料。”…');
  });

  it('does not cut at the marks inside a web address', () => {
    const address = 'https://example.com/?a=1;b=2!c';
    expect(clip(`说明书在这里。${address} 自己看。谢谢大家了。`, 40, worthOf('a=1'))).toContain(address);
  });

  it('is cut at commas where a sentence alone is too long', () => {
    const sentence = '首先说明一下背景情况，然后介绍一下测试环境，结论是温度设到235度，其他的都不重要';
    expect(clip(sentence, 16, worthOf('结论'))).toBe('…结论是温度设到235度，…');
  });

  it('is cut hard where there is no border at all, never inside a character', () => {
    expect(clip('😀'.repeat(10), 7, nothing)).toBe(`${'😀'.repeat(3)}…`);
  });
});

describe('any text', () => {
  const texts = fc
    .array(
      fc.oneof(fc.string({ unit: 'grapheme', maxLength: 6 }), fc.constantFrom('。', '！\n', '?', ';', '，', '甲', '，。', '”')),
      {
        maxLength: 40,
      },
    )
    .map((parts) => parts.join('').trim());

  it('gives one piece of itself, within the limit, and marks what is missing', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 30 }), (text, limit) => {
        const cut = clip(text, limit, worthOf('甲'));
        if (text.length <= limit) {
          expect(cut).toBe(text);
          return;
        }
        // The text itself may hold ellipses, so only those that were added are taken away.
        const pieces = [cut, cut.slice(1), cut.slice(0, -1), cut.slice(1, -1)].filter((piece) => text.includes(piece));
        expect(pieces.length).toBeGreaterThan(0);
        expect(cut.length).toBeLessThanOrEqual(limit + 2);
        expect(cut).toContain('…');
        const last = pieces[0]?.charCodeAt((pieces[0]?.length ?? 0) - 1) ?? 0;
        expect(last >= 0xd800 && last <= 0xdbff).toBe(false);
      }),
    );
  });

  it('shows a sentence that answers, if it fits', () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const text = `${before}。喷嘴设到235度。${after}`;
        expect(clip(text, 20, worthOf('喷嘴'))).toContain('喷嘴设到235度。');
      }),
    );
  });
});
