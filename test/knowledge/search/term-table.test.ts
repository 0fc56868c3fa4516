import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { termTable } from '../../../knowledge/search/term-table.js';
import { bigramCode, eachTerm } from '../../../knowledge/text/terms.js';

const characters = fc.constantFrom(...'烘料温度喷嘴㐀鿿', 'a', 'b1', ' ', '。');
const texts = fc.array(
  fc.array(characters, { maxLength: 20 }).map((parts) => parts.join('')),
  { maxLength: 8 },
);

/** Numbers as a plain Map would give them out. */
function naiveNumbers(given: readonly string[]): readonly (readonly number[])[] {
  const numbers = new Map<string, number>();
  const numberOf = (term: string): number => {
    const number = numbers.get(term) ?? numbers.size;
    numbers.set(term, number);
    return number;
  };
  return given.map((text) => {
    const found: number[] = [];
    eachTerm(text, { bigram: (code) => found.push(numberOf(`b${code}`)), word: (word) => found.push(numberOf(`w${word}`)) });
    return found;
  });
}

describe('numbers of terms', () => {
  it('are those that a Map would give out', () => {
    fc.assert(
      fc.property(texts, (given) => {
        const table = termTable();
        const found = given.map((text) => {
          const into: number[] = [];
          table.intern(text, into);
          return into;
        });
        expect(found).toEqual(naiveNumbers(given));
        expect(table.size()).toBe(Math.max(-1, ...found.flat()) + 1);
        expect(given.map((text) => table.known(text))).toEqual(found);
      }),
    );
  });

  it('stay the same while the table grows', () => {
    const table = termTable();
    const all: number[] = [];
    const codes = Array.from({ length: 40_000 }, (_, i) => [0x3400 + (i % 20_000), 0x4e00 + Math.floor(i / 20_000)] as const);
    for (const [first, second] of codes) table.intern(String.fromCharCode(first, second), all);
    expect(all).toEqual(codes.map((_, i) => i));
    const lost = codes.filter(([first, second], i) => {
      const code = bigramCode(first, second);
      return table.bigram(code) !== i || table.codeOf(i) !== code;
    });
    expect(lost).toEqual([]);
  });

  it('are -1 for what the table does not hold, and asking adds nothing', () => {
    const table = termTable();
    table.intern('烘料 petg', []);
    expect([table.word('abs'), table.bigram(bigramCode(0x4e00, 0x4e01))]).toEqual([-1, -1]);
    expect(table.known('树脂 abs')).toEqual([]);
    expect(table.size()).toBe(2);
  });

  it('tell every pair that a character is part of', () => {
    const table = termTable();
    table.intern('喷锡 锡膏 锡 沉金', []);
    const withTin = table.bigramsWith('锡'.charCodeAt(0)).map((number) => table.codeOf(number));
    const [tin, spray, paste] = ['锡', '喷', '膏'].map((character) => character.charCodeAt(0)) as [number, number, number];
    expect(withTin.sort()).toEqual([bigramCode(spray, tin), bigramCode(tin, paste), bigramCode(tin, 0)].sort());
  });
});
