import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mask } from '../../../knowledge/answer/mask.js';
import { runs } from '../../properties.js';

// Invented numbers; the cards and the identity numbers only look like ones.
describe('what is masked', () => {
  it.each([
    ['打我电话13800000000', '打我电话138****0000'],
    ['138-0000-0000', '138-****-0000'],
    ['138 0000 0000', '138 **** 0000'],
    ['+8613800000000', '+86138****0000'],
    ['+86 138 0000 0000', '+86 138 **** 0000'],
    ['0086-13800000000', '0086-138****0000'],
    ['电话.13800000000', '电话.138****0000'],
    ['010-00001234', '010-****1234'],
    ['(0571)88881234', '(0571)****1234'],
    ['02100001234', '021****1234'],
  ])('a telephone: %s', (text, shown) => {
    expect(mask(text)).toBe(shown);
  });

  it.each([
    ['写信到 zhang.san+a@example.com，谢谢', '写信到 z***@example.com，谢谢'],
    ['a@b.example.org', 'a***@b.example.org'],
  ])('an e-mail address: %s', (text, shown) => {
    expect(mask(text)).toBe(shown);
  });

  it.each([
    ['身份证110101199001010013', '身份证110*************13'],
    ['11010119900101001x。', '110*************1x。'],
  ])('an identity card: %s', (text, shown) => {
    expect(mask(text)).toBe(shown);
  });

  it.each([
    ['4111111111111111', '4111********1111'],
    ['4111 1111 1111 1111', '4111 **** **** 1111'],
    ['卡号：4111-1111-1111-1111', '卡号：4111-****-****-1111'],
  ])('a bank card: %s', (text, shown) => {
    expect(mask(text)).toBe(shown);
  });
});

describe('what stays as it was written', () => {
  it.each([
    ['an amount', '一共1,380,000.50元，押金20000'],
    ['a long amount', '0.13812345678'],
    ['a fraction that begins like an area code', '误差0.0312345678'],
    ['an order number', '订单20250310143329123'],
    ['a long number that is no card', '4111111111111112'],
    ['a date and a time', '2025-03-10 14:33:29，20250310'],
    ['a version', 'v1.2.3，固件2.0.10-13800'],
    ['a moment in milliseconds', '1741588409123'],
    ['a service number', '400-820-8820'],
    ['zeros', '0000123456'],
    ['a mention', '@阿棠 在吗'],
    ['the page of a web address', '看https://example.com/p/4111111111111111?a=1'],
    ['a version of a package', 'vue@3.4.21'],
  ])('%s', (_, text) => {
    expect(mask(text)).toBe(text);
  });
});

describe('any text', () => {
  const digits = fc.stringMatching(/^[0-9]{1,22}$/);
  const part = fc.oneof(
    digits,
    fc.constantFrom('-', ' ', '@', '.', '/', 'x', '138', '0571', '+86', '4111111111111111', 'a@b.cn', 'https://', '年', '*'),
    fc.string({ maxLength: 3 }),
  );
  const texts = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));

  it('is masked once: masking again changes nothing', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(mask(mask(text))).toBe(mask(text));
      }),
      // Once the rest of the second number made a card of the first.
      { ...runs(1000), examples: [['570691999809-4111111111111111']] },
    );
  });

  it('shows no run of eleven digits that begins like a mobile number', () => {
    fc.assert(
      fc.property(texts, (before) => {
        const text = `${before}号13912345678。`;
        expect(mask(text)).not.toContain('13912345678');
      }),
    );
  });

  it('is masked at once, however long it is', () => {
    const long = `${'a'.repeat(200_000)} @`;
    expect(mask(long)).toBe(long);
  });
});
