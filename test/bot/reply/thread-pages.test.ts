import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replies } from '../../../bot/reply/texts.js';
import { threadBubbles } from '../../../bot/reply/thread-pages.js';
import { anyQuote, quote } from '../fakes.js';

const view = (quotes: Parameters<typeof threadBubbles>[0]['quotes']) => ({ room: '群', people: 2, quotes });

test('any thread fits bubbles of 600 characters and 2,048 bytes, at most three at once', () => {
  fc.assert(
    fc.property(fc.array(anyQuote, { maxLength: 40 }), fc.integer({ min: 1, max: 10 }), (quotes, number) => {
      let page = 0;
      for (;;) {
        const { bubbles, pages } = threadBubbles(view(quotes), number, page);
        expect(bubbles.length).toBe(Math.min(3, pages - page));
        for (const bubble of bubbles) {
          expect(bubble.length).toBeLessThanOrEqual(600);
          expect(Buffer.byteLength(bubble)).toBeLessThanOrEqual(2_048);
          expect(bubble).not.toMatch(/[@\u2005]/);
          expect(bubble).not.toMatch(/\p{Cs}/u);
        }
        page += bubbles.length;
        if (page >= pages) break;
      }
    }),
  );
});

test('a message that fits a bubble is never split, and none is left out', () => {
  const texts = Array.from({ length: 40 }, (_, i) => `【第${i}句】${'话'.repeat((i * 37) % 300)}。完`);
  const { pages } = threadBubbles(view(texts.map((text) => quote(text))), 1);
  const all = Array.from(
    { length: Math.ceil(pages / 3) },
    (_, i) => threadBubbles(view(texts.map((text) => quote(text))), 1, i * 3).bubbles,
  ).flat();
  expect(all).toHaveLength(pages);
  for (const text of texts) expect(all.filter((bubble) => bubble.includes(`：${text}`))).toHaveLength(1);
});

test('a message longer than a bubble goes on in the next one, whole', () => {
  const text = Array.from({ length: 400 }, (_, i) => `${i}号`).join('');
  const { bubbles, pages } = threadBubbles(view([quote(text)]), 1);
  const words = bubbles.map((bubble) => bubble.split('\n').slice(1).join('').replace(replies.threadEnd, '')).join('');
  expect(pages).toBeGreaterThan(1);
  expect(words).toBe(`老许 09:12：${text}`);
});

test('line breaks of a message stay, and its further lines stand in', () => {
  expect(threadBubbles(view([quote('清单:\n1. 备份\n2. 升级')]), 1).bubbles[0]).toContain('清单:\n\u30001. 备份\n\u30002. 升级');
});

test('a new day is announced', () => {
  const [bubble] = threadBubbles(view([quote('晚安'), quote('早', { date: '2025-03-04', time: '08:00:00' })]), 2).bubbles;
  expect(bubble).toBe(
    ['【2】2025-03-03 09:12 · 2 人 2 条', '老许 09:12：晚安', '—— 2025-03-04 ——', '老许 08:00：早', replies.threadEnd].join('\n'),
  );
});

test('the last bubble says how many messages are left', () => {
  const quotes = Array.from({ length: 20 }, () => quote('话'.repeat(200)));
  const { bubbles } = threadBubbles(view(quotes), 1);
  const shown = bubbles.join('').split('老许 09:12').length - 1;
  expect(bubbles.at(-1)).toContain(replies.moreMessages(20 - shown));
  expect(bubbles[0]).not.toContain('更多');
});
