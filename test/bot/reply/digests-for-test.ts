/**
 * Invented digests for the tests of bubble and card: one of an ordinary day, parts to change it, and any digest at all.
 */
import fc from 'fast-check';
import { localTime } from '../../../bot/local-time.js';
import type { Digest, DigestTopic, MessageKind, Quote, SharedItem } from '../../../knowledge/index.js';
import { quote } from '../fakes.js';

export const local = localTime('Asia/Shanghai');

/** A local time of 2025-03-03, or of a later day, as an instant. */
export function at(time: string, day = 3): number {
  return Date.parse(`2025-03-${String(day).padStart(2, '0')}T${time}:00+08:00`);
}

export function topic(title: string, overrides: Partial<DigestTopic> = {}): DigestTopic {
  return {
    thread: title,
    title,
    from: at('09:12'),
    to: at('10:40'),
    people: 6,
    messages: 31,
    quotes: [],
    isQuestion: false,
    addresses: [],
    ...overrides,
  };
}

export function link(title: string, speaker: string): SharedItem {
  return { kind: 'link', title, by: quote(title, { speaker, kind: 'link' }) };
}

/** An ordinary Monday. */
export function digest(overrides: Partial<Digest> = {}): Digest {
  return {
    room: '屋顶菜园',
    from: at('05:00'),
    to: at('05:00', 4),
    date: '2025-03-03',
    days: 1,
    messages: 132,
    people: 18,
    hours: [2, 0, 0, 0, 0, 0, 1, 4, 9, 31, 22, 6, 5, 3, 8, 4, 2, 1, 6, 11, 9, 5, 2, 1],
    byDay: [132],
    usual: { messages: 100, people: 15 },
    topics: [
      topic('番茄苗徒长了怎么办？', {
        isQuestion: true,
        quotes: [
          quote('番茄苗徒长了怎么办？', { speaker: '苏禾' }),
          quote('夜里温度降到十二度，水少浇，土埋到子叶下面 [强]', { speaker: '老许', time: '09:20:10' }),
        ],
      }),
      topic('滴灌的管子到底埋不埋', {
        from: at('23:40'),
        to: at('00:20', 4),
        people: 3,
        messages: 12,
        quotes: [quote('不埋，堵了好找，冬天也好收', { speaker: '林舟-云上农庄-灌溉-昆明' })],
      }),
    ],
    unanswered: [quote('有人用过椰糠加蚯蚓土的配方吗', { speaker: '阿哲', time: '19:05:00' })],
    links: [link('阳台堆肥的七个错误', '苏禾')],
    speakers: [
      { name: '老许', messages: 31 },
      { name: '苏禾', messages: 22 },
    ],
    rising: [],
    ...overrides,
  };
}

/** Whatever people can type or be called, and what breaks layouts. */
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        '土',
        '豆',
        'ABC',
        ' ',
        '！',
        '（',
        '👨‍👩‍👧‍👦',
        '[强]',
        'שלום',
        'مرحبا',
        '\u202e',
        '\u0007',
        '\n',
        '𠮷',
        'é́́́',
      ),
      {
        maxLength: 120,
      },
    )
    .map((parts) => parts.join('')),
  fc.nat(300).map((length) => '长'.repeat(length)),
  fc.nat(300).map((length) => 'W'.repeat(length)),
);

const anyQuote: fc.Arbitrary<Quote> = fc
  .record({ text: anyText, speaker: anyText, kind: fc.constantFrom<MessageKind>('text', 'image', 'link', 'emoji', 'file') })
  .map(({ text, ...rest }) => quote(text, rest));

const anyTopic: fc.Arbitrary<DigestTopic> = fc.record({
  thread: fc.constant('t'),
  title: anyText,
  from: fc.integer({ min: at('05:00'), max: at('12:00') }),
  to: fc.integer({ min: at('12:00'), max: at('04:59', 10) }),
  people: fc.nat(3_000),
  messages: fc.nat(200_000),
  quotes: fc.array(anyQuote, { maxLength: 2 }),
  isQuestion: fc.boolean(),
  addresses: fc.constant([]),
});

export const anyDigest: fc.Arbitrary<Digest> = fc
  .record({
    room: anyText,
    from: fc.constant(at('05:00')),
    to: fc.constant(at('05:00', 4)),
    date: fc.constant('2025-03-03'),
    days: fc.constantFrom(1, 7),
    messages: fc.nat(1_000_000),
    people: fc.nat(10_000),
    hours: fc.array(fc.nat(90_000), { minLength: 24, maxLength: 24 }),
    byDay: fc.array(fc.nat(90_000), { minLength: 7, maxLength: 7 }),
    usual: fc.option(fc.record({ messages: fc.double({ min: 0, max: 1e6, noNaN: true }), people: fc.nat(100) }), {
      nil: undefined,
    }),
    topics: fc.array(anyTopic, { maxLength: 5 }),
    unanswered: fc.array(anyQuote, { maxLength: 5 }),
    links: fc.array(fc.record({ kind: fc.constantFrom('link', 'file'), title: anyText, by: anyQuote }), { maxLength: 40 }),
    speakers: fc.array(fc.record({ name: anyText, messages: fc.integer({ min: 1, max: 90_000 }) }), { maxLength: 5 }),
    rising: fc.array(fc.record({ word: anyText, times: fc.nat(900), before: fc.nat(9) }), { maxLength: 20 }),
  })
  .map(({ usual, ...rest }) => (usual === undefined ? rest : { ...rest, usual }));
