import { describe, expect, it } from 'vitest';
import { asks, isPhatic } from '../../../knowledge/text/speech.js';

describe('a message that asks', () => {
  it.each([
    'PETG喷嘴多少度',
    '谁用过碳纤管',
    '有什么推荐',
    '这是为什么',
    '怎么调都拉丝，救救我，怎么办',
    '哪家的铝材便宜',
    'M2呢',
    '@阿棠-半亩工坊?你是多少',
    '@阿棠 床温多少',
    '@阿棠你那边行吗',
    '问下大家，玻璃床怎么粘',
    '几个人去',
    '请教一个打样的问题',
    '看这个 https://example.com/a 能不能用',
  ])('%s', (text) => {
    expect(asks(text)).toBe(true);
  });
});

describe('a message that only looks as if it asked', () => {
  it.each([
    ['a web address with parameters', '说明书 https://example.com/a?b=1'],
    ['a mention whose space was lost in the export', '@阿棠-半亩工坊?对，就是这个'],
    ['a mention before an emoji', '@阿棠?[玫瑰]'],
    ['emoji that the export lost', '好的??'],
    ['some days', '这几天都在下雨'],
    ['several times', '试了好几次'],
    ['nothing', '没什么，随便看看'],
    ['anything', '什么都行'],
    ['everybody', '谁都知道'],
    ['not very', '不怎么样'],
    ['in any case', '无论如何都要烘料'],
    ['a polite phrase', '哪里哪里'],
    ['an application that went through', '申请下来了'],
    ['who will ask somebody else', '我问下客服'],
    ['not long', '没多久就堵了'],
    ['still early', '还早着呢'],
  ])('%s: %s', (_, text) => {
    expect(asks(text)).toBe(false);
  });
});

describe('a message without matter of its own', () => {
  it.each([
    '谢谢',
    '谢谢大佬们！',
    '[强][强]',
    '👍👍',
    '',
    '……',
    '+1',
    '签到',
    '好的好的'.slice(0, 2),
    '收到~',
    '@阿棠',
    '@阿棠?[玫瑰]',
    'OK',
    '哈哈哈哈',
  ])('%s', (text) => {
    expect(isPhatic(text)).toBe(true);
  });

  it.each([
    '217',
    '不用',
    '2.5',
    '谢谢，不过235度还是拉丝，换了料也一样',
    '@阿棠?温度降到235',
    '好的打印机要三千块',
    '收到货先验收',
  ])('is not %s', (text) => {
    expect(isPhatic(text)).toBe(false);
  });
});
