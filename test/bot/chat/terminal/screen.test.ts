import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bubble, displayWidth, wrap } from '../../../../bot/chat/terminal/screen.js';
import { anyText } from '../../fakes.js';

describe('columns', () => {
  test.each([
    ['abc', 3],
    ['群史', 4],
    ['，。「」', 8],
    ['é', 1],
    ['e\u0301', 1],
    ['👍', 2],
    ['👨‍👩‍👧‍👦', 2],
    ['…—·', 3],
    ['', 0],
  ])('%j takes %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('wrapping', () => {
  test('lines are never wider than they may be, and nothing but blanks at their ends is lost', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 4, max: 80 }), (text, width) => {
        const lines = wrap(text, width);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      }),
    );
  });
  test('no line begins with a sign that closes something', () => {
    expect(wrap('一二三四，五六七八。', 10)).toEqual(['一二三四，', '五六七八。']);
  });
  test('a Latin word stays whole where it fits a line', () => {
    expect(wrap('用 wechaty-puppet 吧', 16)).toEqual(['用', 'wechaty-puppet', '吧']);
  });
});

test('the frame of a bubble is closed on the right in every line', () => {
  const lines = bubble('群史', '「报销」\nabc 群里聊过：很长很长的一句话 👍', 20).split('\n').slice(1);
  expect(new Set(lines.map(displayWidth)).size).toBe(1);
  expect(lines.at(0)).toMatch(/^╭─+╮$/);
  expect(lines.at(-1)).toMatch(/^╰─+╯$/);
  for (const line of lines.slice(1, -1)) expect(line).toMatch(/^│ .* │$/);
  expect(displayWidth(lines[0] ?? '')).toBeLessThanOrEqual(20);
});
