import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../../knowledge/text/fold.js';

describe('what readers take as the same', () => {
  it.each([
    ['capital letters', 'PETG', 'petg'],
    ['full width', 'ＰＥＴＧ２３５', 'petg235'],
    ['an emoji code', '好了[强]吧', '好了 吧'],
    ['an image', '看![2025-03-04 09:52:13](http://img.example.com/a.png)图', '看 图'],
    ['the address of a page', '看https://example.com/a?b=1#c 吧', '看  吧'],
    ['an address with text right behind it', 'https://example.com/a这个能用', ' 这个能用'],
  ])('%s', (_, written, folded) => {
    expect(fold(written)).toBe(folded);
  });

  it('keeps the title of a link, however short', () => {
    expect(fold('[报价表](https://example.org/quote)')).toContain('报价表');
  });
});

describe('any text', () => {
  it('is folded alike whatever its case', () => {
    const parts = fc.constantFrom('[', ']', '(', ')', '!', 'http', '://', 'A', 'ｂ', '价', ' ');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 20 }), (list) => {
        expect(fold(list.join(''))).toBe(fold(list.join('').toLowerCase()));
      }),
    );
  });
});
