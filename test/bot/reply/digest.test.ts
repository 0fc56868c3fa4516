import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DIGEST_BYTES, digestBubble } from '../../../bot/reply/digest.js';
import { isQuiet } from '../../../bot/reply/digest-wording.js';
import type { Digest } from '../../../knowledge/index.js';
import { quote } from '../fakes.js';
import { anyDigest, at, digest, link, local, topic } from './digests-for-test.js';

const bubble = (overrides: Partial<Digest> = {}) => digestBubble(digest(overrides), local);

describe('any digest', () => {
  test('fits one bubble of 2,048 bytes, without torn or control characters, and pings nobody', () => {
    fc.assert(
      fc.property(anyDigest, (any) => {
        const text = digestBubble(any, local);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(DIGEST_BYTES);
        expect(text).not.toMatch(/\p{Cs}|[^\P{Cc}\n]|[@\u2005\u202a-\u202e]/u);
      }),
    );
  });
  test('shows every topic with its number, and how to open it', () => {
    fc.assert(
      fc.property(anyDigest, (any) => {
        fc.pre(!isQuiet(any));
        const lines = digestBubble(any, local).split('\n');
        for (const i of any.topics.keys()) expect(lines.filter((line) => line.startsWith(`【${i + 1}】`))).toHaveLength(1);
        expect(lines.at(-1)).toMatch(/^回复 1.*看整段对话$/);
      }),
    );
  });
  test('closes what is written from right to left within its line', () => {
    fc.assert(
      fc.property(anyDigest, (any) => {
        for (const line of digestBubble(any, local).split('\n')) {
          expect(line.split('\u2068').length).toBe(line.split('\u2069').length);
          expect(line.replace(/\u2068[^\u2069]*\u2069/g, '')).not.toMatch(/[\u0590-\u08ff]/);
        }
      }),
    );
  });
});

describe('a day', () => {
  test('is told from its headline to how its topics are opened', () => {
    expect(bubble()).toBe(
      [
        '屋顶菜园 日报 · 2025-03-03 周一',
        '132 条消息，18 人发言，比平时多 32%，9～10 点最热闹',
        '',
        '【1】番茄苗徒长了怎么办？',
        '09:12～10:40 · 6 人 31 条',
        '老许：夜里温度降到十二度，水少浇，土埋到子叶下面 [强]',
        '',
        '【2】滴灌的管子到底埋不埋',
        '23:40～次日 00:20 · 3 人 12 条',
        '林舟-云上农庄-灌溉…：不埋，堵了好找，冬天也好收',
        '',
        '待解答：',
        '· 有人用过椰糠加蚯蚓土的配方吗（阿哲 19:05）',
        '',
        '链接和文件：',
        '· 阳台堆肥的七个错误（苏禾）',
        '',
        '发言最多：老许 31、苏禾 22',
        '',
        '回复 1～2 看整段对话',
      ].join('\n'),
    );
  });
  test.each([
    [100, '和平时差不多'],
    [91, '和平时差不多'],
    [150, '比平时多 50%'],
    [60, '比平时少 40%'],
    [250, '是平时的 2.5 倍'],
  ])('of %i messages, where 100 are usual, is %s', (messages, words) => {
    expect(bubble({ messages })).toContain(`，${words}，`);
  });
  test('is compared with nothing where nothing is usual', () => {
    const { usual: _, ...first } = digest();
    expect(digestBubble(first, local)).not.toContain('平时');
    expect(bubble({ usual: { messages: 0, people: 0 } })).not.toContain('平时');
  });
  test('with one topic says how to open that one', () => {
    expect(bubble({ topics: [topic('只有一个话题')] })).toMatch(/\n回复 1 看整段对话$/);
  });
  test('leaves out what it does not have', () => {
    const text = bubble({ unanswered: [], links: [], speakers: [] });
    expect(text).not.toMatch(/待解答|链接|发言最多|\n\n\n/);
  });
  test.each([
    ['fewer than 20 messages', { messages: 7 }, '屋顶菜园 日报 · 2025-03-03 周一 · 很安静，只有 7 条消息'],
    ['no topic', { messages: 40, topics: [] }, '屋顶菜园 日报 · 2025-03-03 周一 · 40 条消息，没有聊成一段的话题'],
    ['no message', { messages: 0, topics: [] }, '屋顶菜园 日报 · 2025-03-03 周一 · 没有人说话'],
  ])('with %s is one line', (_, overrides, line) => {
    expect(bubble(overrides)).toBe(line);
  });
});

describe('a week', () => {
  const week = { days: 7, to: at('05:00', 10) };
  test('is called 周报, names the days, and is compared with a week', () => {
    const text = bubble({ ...week, topics: [topic('育苗', { from: at('09:12', 5), to: at('10:40', 6) })] });
    expect(text).toContain('屋顶菜园 周报 · 2025-03-03 至 2025-03-09\n');
    expect(text).toContain('比往常一周多 32%');
    expect(text).toContain('3月5日 09:12～3月6日 10:40');
  });
  test('tells the words that rose', () => {
    expect(bubble({ ...week, rising: [{ word: '椰糠', times: 12, before: 1 }] })).toContain('本周热词：椰糠 12 次');
  });
});

describe('what is shown of a topic', () => {
  test('is no quote that only repeats the title', () => {
    const text = bubble({ topics: [topic('…今晚八点讲嫁接', { quotes: [quote('预告：今晚八点讲嫁接', { speaker: '老许' })] })] });
    expect(text).not.toContain('预告');
  });
  test('is the longer message that its title was taken from', () => {
    const text = bubble({
      topics: [topic('讲嫁接', { quotes: [quote('讲嫁接，砧木用野生番茄，抗病又不挑土', { speaker: '老许' })] })],
    });
    expect(text).toContain('老许：讲嫁接，砧木');
  });
  test('is of a link without a title the address, whole if it is no longer than a title', () => {
    const shown = (path: string) => bubble({ links: [link(`https://www.example.com/${path}`, '苏禾')] });
    expect(shown('a/b/c?d=1')).toContain('· https://www.example.com/a/b/c?d=1（苏禾）');
    expect(shown('tomato/'.repeat(12))).toContain(`· example.com/${'tomato/'.repeat(6)}tomat…（苏禾）`);
  });
  test('is a name without the question marks of lost emoji', () => {
    expect(bubble({ speakers: [{ name: '??小麦 ?', messages: 9 }] })).toContain('发言最多：小麦 9');
  });
});

describe('where there is too much', () => {
  const long = '这句话特别长，'.repeat(20);
  const crowded = (count: number) =>
    digest({
      topics: Array.from({ length: 5 }, (_, i) =>
        topic(`${i}${long}`, { isQuestion: true, quotes: [quote(`问${long}`), quote(`答${long}`, { speaker: '老许' })] }),
      ),
      unanswered: Array.from({ length: count }, (_, i) => quote(`${i}待${long}`)),
      links: Array.from({ length: count }, (_, i) => link(`${i}链${long}`, '苏禾')),
      speakers: Array.from({ length: count }, (_, i) => ({ name: `${i}名${long}`, messages: 5 })),
    });
  const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

  test('the question goes before its answer', () => {
    const text = digestBubble(crowded(2), local);
    expect(count(text, /：答这句/g)).toBe(5);
    expect(count(text, /：问这句/g)).toBe(0);
  });
  test('how a guest was announced goes before what he said, for the title tells it already', () => {
    const talks = Array.from({ length: 5 }, (_, i) =>
      topic(`嫁接入门${i}`, { quotes: [quote(`今晚请到一位朋友，给大家讲“嫁接入门${i}”${long}`), quote(`说${long}`)] }),
    );
    const text = digestBubble(digest({ ...crowded(2), topics: talks }), local);
    expect(count(text, /：说这句/g)).toBe(5);
    expect(count(text, /：今晚请到/g)).toBe(0);
  });
  test('quotes are shortened before links go, and links go before questions nobody answered', () => {
    const text = digestBubble(crowded(5), local);
    expect(count(text, /· \d链/g)).toBeLessThan(5);
    expect(count(text, /· \d待/g)).toBeGreaterThan(count(text, /· \d链/g));
    expect(Math.max(...text.split('\n').map((line) => /^老许：(.*)/.exec(line)?.[1]?.length ?? 0))).toBeLessThanOrEqual(24);
  });
});
