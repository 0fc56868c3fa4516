/** Traditional and simplified characters are one text to a search. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simplifier } from '../../../knowledge/text/variants.js';

const simplify = simplifier();

describe('traditional text', () => {
  it.each([
    ['激光雕刻機的鏡片怎麼清潔', '激光雕刻机的镜片怎么清洁'],
    ['頭髮絲那麼細', '头发丝那么细'],
    ['發現後臺沒有開', '发现后台没有开'],
    ['擦乾淨再試', '擦干净再试'],
    ['PETG 熱床 70°', 'PETG 热床 70°'],
  ])('%s', (traditional, simplified) => {
    expect(simplify(traditional)).toBe(simplified);
  });
});

describe('simplified text', () => {
  it.each(['激光雕刻机的镜片怎么清洁', '乾隆年间的著名工匠', '瞭望塔', '镕和喆都是名字里的字', 'no Chinese at all', ''])(
    'stays as it is: %s',
    (text) => {
      expect(simplify(text)).toBe(text);
    },
  );
});

describe('any text', () => {
  it('keeps everything that is not Chinese, and what was converted once', () => {
    const chinese = fc.integer({ min: 0x3400, max: 0x9fff }).map((code) => String.fromCharCode(code));
    const text = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 3 }), chinese), { maxLength: 12 });
    fc.assert(
      fc.property(text, (pieces) => {
        const before = pieces.join('');
        const after = simplify(before);
        const rest = (some: string) => some.replace(/[\u3400-\u9fff\p{Script=Han}]/gu, '');
        expect(rest(after)).toBe(rest(before));
        expect(simplify(after)).toBe(simplify(simplify(after)));
      }),
    );
  });
});
