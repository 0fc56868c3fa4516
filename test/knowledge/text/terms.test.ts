import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachTerm } from '../../../knowledge/text/terms.js';

/** Terms as readers would write them, with the offset of bigrams. */
function termsOf(text: string): readonly string[] {
  const found: string[] = [];
  eachTerm(text, {
    bigram: (code, at) => {
      const second = code % 0x10000;
      found.push(`${at}:${String.fromCharCode(Math.floor(code / 0x10000))}${second ? String.fromCharCode(second) : ''}`);
    },
    word: (word) => found.push(word),
  });
  return found;
}

describe('the terms of a text', () => {
  it('are pairs of neighbouring Chinese characters and whole Latin words and numbers', () => {
    expect(termsOf('烘料六h, petg 235度')).toEqual(['0:烘料', '1:料六', 'h', 'petg', '235', '14:度']);
  });

  it('are words of any alphabet, parted by signs', () => {
    expect(termsOf('naïve 3×4 über-cool привет')).toEqual(['naïve', '3', '4', 'über', 'cool', 'привет']);
  });

  it('are none where a text only has signs', () => {
    expect(termsOf('……！？ 👍 +-*/')).toEqual([]);
  });

  it('hold every Chinese character of any text, at its place', () => {
    const parts = fc.constantFrom('烘', '料', '温', '度', 'a', '7', ' ', '。', '👍', '\ud800');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (list) => {
        const text = list.join('');
        const covered = new Set(
          termsOf(text).flatMap((term) => {
            const [at, characters = ''] = term.includes(':') ? term.split(':') : ['0', ''];
            return [...characters].map((character, i) => `${Number(at) + i}${character}`);
          }),
        );
        const chinese = [...Array(text.length).keys()].filter((i) => /[\u3400-\u9fff]/.test(text[i] ?? ''));
        expect([...covered].sort()).toEqual(chinese.map((i) => `${i}${text[i]}`).sort());
      }),
    );
  });
});
