/** Which of the archive's words somebody meant who typed another. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vocabulary } from '../../../knowledge/search/vocabulary.js';

const WORDS: readonly (readonly [string, number])[] = [
  ['螺母', 90],
  ['螺姆', 3],
  ['喷嘴', 80],
  ['重定向', 30],
  ['重复', 30],
  ['重量', 30],
  ['充电', 30],
  ['中间', 30],
  ['银行', 60],
  ['支付', 70],
  ['至富', 20],
  ['备付金', 50],
  ['一次性', 1],
  ['kubernetes', 40],
  ['redis', 30],
  ['readme', 10],
  ['arduino', 25],
  ['arduinos', 4],
  ['container', 20],
  ['2812', 12],
  ['sdk', 30],
];
const near = (word: string): readonly string[] =>
  vocabulary(WORDS)
    .near(word)
    .map((one) => one.word);

describe('a Chinese word typed by its sound', () => {
  it.each([
    ['备付今', '备付金'],
    ['盆嘴', '喷嘴'],
    ['重定相', '重定向'],
    ['银航', '银行'],
  ])('%s means %s', (typed, meant) => {
    expect(near(typed)).toEqual([meant]);
  });

  it('is not another word that sounds a little different', () => {
    expect(near('碰嘴')).toEqual([]);
  });

  it('is read in every way its characters are read in the archive', () => {
    // 重 is chong in 重复 and zhong in 重量.
    expect(near('虫复')).toEqual(['重复']);
    expect(near('重电')).toEqual(['充电']);
    expect(near('重间')).toEqual(['中间']);
    expect(near('众复')).toEqual([]);
  });

  it('prefers the words that share more characters, then the more frequent ones', () => {
    expect(near('罗母')).toEqual(['螺母']);
    expect(near('螺亩')).toEqual(['螺母', '螺姆']);
  });

  it('is not another word with no character in common', () => {
    expect(near('之负')).toEqual([]);
  });
});

describe('a Latin word', () => {
  it.each([
    ['kubernets', 'kubernetes'],
    ['kubrenetes', 'kubernetes'],
    ['reids', 'redis'],
    ['redsi', 'redis'],
    ['adruino', 'arduino'],
    ['kubern', 'kubernetes'],
    ['contaner', 'container'],
  ])('%s means %s', (typed, meant) => {
    expect(near(typed)[0]).toBe(meant);
  });

  it.each(['cont', 'zigbee', 'sdn', '2813', 'redis', '螺母', '螺', '', '螺mu', ' redis'])(
    'nothing is near %j, or only itself',
    (typed) => {
      expect(near(typed)).not.toContain(typed);
      expect(near(typed).filter((word) => !word.startsWith('螺姆'))).toEqual([]);
    },
  );
});

describe('the words it knows', () => {
  it('leave out what occurs once, for that may be a slip itself', () => {
    expect(near('一次幸')).toEqual([]);
  });

  it('are not read before they are needed, and then once', () => {
    let reads = 0;
    const words = {
      *[Symbol.iterator]() {
        reads += 1;
        yield* WORDS;
      },
    };
    const known = vocabulary(words);
    expect(reads).toBe(0);
    known.near('?');
    expect(reads).toBe(0);
    known.near('备付今');
    known.near('reids');
    expect(reads).toBe(1);
  });

  it('are near by 0 to 1, best first, and never the word itself', () => {
    const known = vocabulary(WORDS);
    const letters = fc.string({ unit: fc.constantFrom(...'螺母姆银行金备付重定向kubernetsadio2 '), maxLength: 10 });
    fc.assert(
      fc.property(fc.oneof(letters, fc.string({ unit: 'binary', maxLength: 10 })), (typed) => {
        const found = known.near(typed);
        const similarities = found.map((one) => one.similarity);
        expect(similarities).toEqual([...similarities].sort((a, b) => b - a));
        for (const { word, similarity } of found) {
          expect(word).not.toBe(typed);
          expect(similarity).toBeGreaterThan(0);
          expect(similarity).toBeLessThan(1);
        }
      }),
    );
  });
});

describe('a vocabulary that is prepared', () => {
  /** Enough for several slices. */
  const many = [...WORDS, ...Array.from({ length: 30_000 }, (_, i): [string, number] => [`word${i.toString(36)}x`, 30])];

  it('pauses in between, and finds what it finds unprepared', async () => {
    const prepared = vocabulary(many);
    let pauses = 0;
    await prepared.prepare(async () => {
      pauses++;
    });
    expect(pauses).toBeGreaterThan(1);
    const other = vocabulary(many);
    for (const word of ['备付今', '重定相', 'kubernets', 'conta']) expect(prepared.near(word)).toEqual(other.near(word));
  });

  it('is learned to the end by a question that comes in a pause', async () => {
    const prepared = vocabulary(many);
    const found: string[] = [];
    await prepared.prepare(async () => {
      if (found.length === 0) found.push(...prepared.near('备付今').map(({ word }) => word));
    });
    expect(found).toEqual(['备付金']);
  });
});
