import { describe, expect, it } from 'vitest';
import { indexPassages, type PassageIndex } from '../../../knowledge/search/passage-index.js';
import { type Query, weigh } from '../../../knowledge/search/query.js';
import { messagesOf } from '../message-for-test.js';

const TEXTS = ['烘料六小时', '喷嘴温度二三五', '床温六十度', '哈哈哈哈哈哈哈哈', '3×4的板', 'petg 拉丝', '喷锡 锡膏', '温度合适'];

function indexOf(texts: readonly string[]): PassageIndex {
  return indexPassages(
    messagesOf(...texts),
    Int32Array.from(texts, (_, i) => i),
  );
}

/** Cuts at blanks: what a test calls a word is one. */
const byBlanks = { words: (text: string) => text.split(/(?<=\s)|(?=\s)/), dictionary: () => [] };
const ask = (question: string, texts: readonly string[] = TEXTS): { readonly query: Query; readonly index: PassageIndex } => {
  const index = indexOf(texts);
  return { index, query: weigh(question, index, byBlanks, () => []) };
};
const weightOf = ({ query, index }: ReturnType<typeof ask>, term: string): number =>
  query.terms.find((one) => one.term === index.table.known(term)[0])?.weight ?? 0;

describe('the weight of a word of the question', () => {
  it('is greater for a rarer word', () => {
    const asked = ask('温度 petg');
    expect(weightOf(asked, 'petg')).toBeGreaterThan(weightOf(asked, '温度'));
  });

  it('is greater inside a word than across a border of words', () => {
    const asked = ask('喷嘴 温度', ['喷嘴温度']);
    const crossing = ask('喷嘴温 度', ['喷嘴温度']);
    expect(weightOf(asked, '温度')).toBeGreaterThan(weightOf(crossing, '温度'));
  });

  it('is shared by the bigrams of a long word, so that a word of three characters does not count double', () => {
    const long = ask('喷嘴温', ['喷嘴温度', '床温']);
    const short = ask('喷嘴', ['喷嘴温度', '床温']);
    expect(weightOf(long, '喷嘴')).toBeCloseTo(weightOf(short, '喷嘴') / Math.SQRT2);
  });

  it('counts messages, not how often one of them says the word', () => {
    const asked = ask('哈哈 petg');
    expect(weightOf(asked, '哈哈')).toBeCloseTo(weightOf(asked, 'petg'));
    expect(weightOf(ask('哈哈', ['哈哈哈哈哈哈']), '哈哈')).toBeGreaterThan(0);
  });

  it('is not lost where numbers are parted by a sign', () => {
    expect(weightOf(ask('3×4'), '3')).toBeGreaterThan(0);
  });

  it('is counted once, however often the question says the word', () => {
    expect(ask('petg petg petg').query).toEqual(ask('petg').query);
  });
});

describe('a question of single Chinese characters', () => {
  it('looks each of them up once, and no more than twenty, for each costs a look at every bigram', () => {
    const characters = Array.from({ length: 400 }, (_, i) => String.fromCharCode(0x4e00 + (i % 100)));
    const texts = characters.slice(0, 100).map((character) => `${character}锡`);
    const looked: number[] = [];
    const index = indexOf(texts);
    const table: PassageIndex['table'] = {
      ...index.table,
      bigramsWith(character) {
        looked.push(character);
        return index.table.bigramsWith(character);
      },
    };
    weigh(characters.join(' '), { ...index, table }, byBlanks, () => []);
    expect(looked).toEqual(characters.slice(0, 20).map((character) => character.charCodeAt(0)));
  });
  it('asks for every word that holds one of them', () => {
    const { query, index } = ask('锡');
    const held = ['喷锡', '锡膏'].map((word) => index.table.known(word)[0]);
    expect(query.terms.map(({ term }) => term)).toEqual(expect.arrayContaining(held));
  });
});

describe('the single characters of a question', () => {
  const texts = ['能退款吗', '退费要几天', ...Array.from({ length: 80 }, (_, i) => `今天${i}号爬山`)];

  it('are found wherever they stand, the rarer ones for more', () => {
    const { query, index } = ask('退几', texts);
    const [refund, some] = query.characters;
    expect([...new Set(refund?.at)].map((position) => index.messageAt[position])).toEqual([0, 1]);
    expect(some?.weight).toBeGreaterThan(refund?.weight as number);
  });

  it('are left out where nearly every message has them', () => {
    expect(ask('爬退', texts).query.characters).toEqual(ask('退', texts).query.characters);
  });
});

describe('words that stand nowhere', () => {
  it('are counted, and names and numbers among them by themselves', () => {
    expect(ask('温度 jwt 灰锁').query.unknown).toEqual({ words: 2, latin: 1 });
    expect(ask('温度 petg').query.unknown).toEqual({ words: 0, latin: 0 });
  });
});

describe('what the archive does not hold', () => {
  it('is part of the whole, so that the known part is seen to be small', () => {
    const { query } = ask('petg 示波器');
    const known = query.terms.reduce((sum, { weight }) => sum + weight, 0);
    expect(known).toBeGreaterThan(0);
    expect(known / query.total).toBeLessThan(0.6);
  });

  it('is all there is in an empty archive', () => {
    const { query } = ask('petg 烘料', []);
    expect(query.terms).toEqual([]);
    expect(query.total).toBeGreaterThan(0);
    expect(query.matter).toBeCloseTo(2);
  });

  it('is nothing in a question without words', () => {
    expect(ask('？？！').query).toMatchObject({ terms: [], total: 0, matter: 0 });
  });
});

describe('a word that may have been meant', () => {
  it('is looked for with less weight, and not missed', () => {
    const index = indexOf(TEXTS);
    const typed = weigh('喷咀', index, byBlanks, () => []);
    const meant = weigh('喷咀', index, byBlanks, () => [{ typed: '喷咀', word: '喷嘴', similarity: 0.7 }]);
    expect(meant.total).toBe(typed.total);
    expect(meant.terms.map(({ term }) => term)).toEqual(index.table.known('喷嘴'));
    expect(meant.terms[0]?.weight).toBeLessThan(weightOf(ask('喷嘴'), '喷嘴'));
  });
});
