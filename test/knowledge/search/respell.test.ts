/** Which words of a question are taken for slips. */
import { describe, expect, it } from 'vitest';
import { respell } from '../../../knowledge/search/respell.js';
import { vocabulary } from '../../../knowledge/search/vocabulary.js';

const HELD = new Map([
  ['备付', 300],
  ['金', 900],
  ['今', 900],
  ['备付金', 300],
  ['费率', 200],
  ['费律', 3],
  ['直连', 200],
  ['直联', 60],
  ['打', 500],
  ['打码', 50],
  ['罕见', 2],
  ['redis', 40],
]);
const words = vocabulary(HELD);
const meant = (...typed: readonly string[]): readonly string[] =>
  respell(typed, words, (text) => HELD.get(text) ?? 0).map((one) => `${one.typed}>${one.word}`);

describe('a slip', () => {
  it('is seen where it broke a word into pieces', () => {
    expect(meant('备付', '今', '怎么', '交')).toEqual(['备付今>备付金']);
  });

  it('is seen where others made it before, if the right word is far more common', () => {
    expect(meant('费律', '多少')).toEqual(['费律>费率']);
    expect(meant('直联')).toEqual([]);
  });

  it('is seen in Latin words', () => {
    expect(meant('reids', '集群')).toEqual(['reids>redis']);
  });
});

describe('no slip', () => {
  it.each([
    ['what the archive holds', ['备付', '金']],
    ['words of grammar beside another word', ['打', '吗']],
    ['pieces with something between them', ['备付', '，', '今']],
    ['what could only mean a rare word', ['罕建']],
  ])('is %s', (_, typed) => {
    expect(meant(...typed)).toEqual([]);
  });
});
