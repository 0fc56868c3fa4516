import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerBubble } from '../../../bot/reply/bubble.js';
import { replies } from '../../../bot/reply/texts.js';
import { anyAnswer, excerpt, quote } from '../fakes.js';

const answer = (excerpts: Parameters<typeof answerBubble>[0]['excerpts'], question = '怎么报销') => ({
  question,
  answered: true,
  unasked: true,
  sure: 0.9,
  excerpts,
});

describe('any answer', () => {
  test('fits one bubble: 600 characters, 2,048 bytes, no torn character', () => {
    fc.assert(
      fc.property(anyAnswer, fc.nat(9), (any, already) => {
        const { text } = answerBubble(any, { already });
        expect(text.length).toBeLessThanOrEqual(600);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2_048);
        expect(text).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
  test('pings nobody and sends no control character', () => {
    fc.assert(
      fc.property(anyAnswer, (any) => {
        expect(answerBubble(any).text).not.toMatch(/[@\u2005]|[^\P{Cc}\n]/u);
      }),
    );
  });
  test('shows at least one and at most three excerpts, unless nothing was found', () => {
    fc.assert(
      fc.property(anyAnswer, (any) => {
        const { text, shown } = answerBubble(any);
        const found = any.answered && any.excerpts.length > 0;
        expect(shown).toBeGreaterThanOrEqual(found ? 1 : 0);
        expect(shown).toBeLessThanOrEqual(found ? 3 : 0);
        expect([replies.nothingFound, replies.nothingFits].some((sentence) => text.includes(sentence))).toBe(!found);
      }),
    );
  });
});

test('where filters alone let nothing through, that is said, and no other words are asked for', () => {
  const { text } = answerBubble({ ...answer([]), question: '' }, { nothing: '回复「订阅」' });
  expect(text).toBe(replies.nothingFits);
});

describe('an answer shows', () => {
  test('how often the same was discussed elsewhere, where it was', () => {
    const { text } = answerBubble(answer([excerpt('a', [quote('明天停机')], { alike: 2 }), excerpt('b', [quote('后天也停')])]));
    expect(text.match(/同样的讨论还有 2 次/g)).toHaveLength(1);
    expect(text).not.toContain('还有 0 次');
  });
  test('the question, and for each excerpt its number, date, time, people and messages, and who said what when', () => {
    const { text } = answerBubble(
      answer([
        excerpt('a', [quote('怎么报销？', { speaker: '苏禾' }), quote('找老许签字', { time: '09:13:59' })], {
          people: 3,
          messages: 12,
        }),
      ]),
    );
    expect(text).toBe(
      [
        '「怎么报销」',
        '群里聊过：',
        '',
        '【1】2025-03-03 09:12 · 3 人 12 条',
        '苏禾 09:12：怎么报销？',
        '老许 09:13：找老许签字',
        '',
        '回复 1 看整段对话',
      ].join('\n'),
    );
  });
  test('the day of a quote that was said on another day', () => {
    const { text } = answerBubble(
      answer([
        excerpt('a', [
          quote('问', { date: '2024-12-31', time: '23:59:00' }),
          quote('答', { date: '2025-01-01', time: '00:01:00' }),
        ]),
      ]),
    );
    expect(text).toContain('老许 23:59：问');
    expect(text).toContain('老许 2025-01-01 00:01：答');
  });
  test('what a message without words was', () => {
    const quotes = [
      quote('', { kind: 'redpacket' }),
      quote('![2025-03-03 09:12:31](http://example.com/a.png)', { kind: 'image' }),
    ];
    const { text } = answerBubble(answer([excerpt('a', quotes)]));
    expect(text).toContain('老许 09:12：[红包]');
    expect(text).toContain('老许 09:12：[图片]');
  });
  test('long names and long questions cut short', () => {
    const { text } = answerBubble(
      answer([excerpt('a', [quote('好', { speaker: '苏禾-某某某某公司-工程师-杭州' })])], '问'.repeat(100)),
    );
    expect(text).toContain('苏禾-某某某某公司-工…');
    expect(text).toContain(`${'问'.repeat(39)}…」`);
  });
  test('mentions that can still be read but call nobody', () => {
    const { text } = answerBubble(answer([excerpt('a', [quote('@老许\u2005这个怎么弄')])]));
    expect(text).toContain('＠老许 这个怎么弄');
  });
});

describe('as many excerpts are shown as can be read', () => {
  const long = '这是一条比较长的消息'.repeat(30);
  const four = [quote(long), quote(long), quote(long), quote(long)];
  test('three short ones; the others wait behind 更多', () => {
    const { text, shown } = answerBubble(answer(Array.from({ length: 5 }, (_, i) => excerpt(`${i}`, [quote('短')]))));
    expect(shown).toBe(3);
    expect(text).toContain('回复 1～3 的数字看整段对话，回复「更多」再看 2 段');
  });
  test('one with many long quotes alone, and its quotes get all the room', () => {
    const { text, shown } = answerBubble(answer([excerpt('a', four), excerpt('b', four)]));
    expect(shown).toBe(1);
    expect(text.length).toBeGreaterThan(580);
    expect(text).toContain('…');
  });
  test('a strong one alone, if the others are weak', () => {
    const { shown } = answerBubble(answer([excerpt('a', [quote('准')]), excerpt('b', [quote('不准')], { confidence: 0.1 })]));
    expect(shown).toBe(1);
  });
  test('the next ones are numbered on', () => {
    const { text, shown } = answerBubble(answer(Array.from({ length: 5 }, (_, i) => excerpt(`${i}`, [quote(`第${i + 1}`)]))), {
      already: 3,
    });
    expect(shown).toBe(2);
    expect(text).toContain('【4】');
    expect(text).toContain('【5】');
    expect(text).toContain('第5');
    expect(text).not.toContain('更多');
  });
});

test('an emoji of several code points is shown whole or not at all', () => {
  const family = '👨‍👩‍👧‍👦';
  const { text } = answerBubble(answer([excerpt('a', [quote(family.repeat(100))])]));
  expect(text.replaceAll(family, '')).not.toMatch(/[\u200d👨👩👧👦]/u);
  expect(text).toContain(`${family}…`);
});
