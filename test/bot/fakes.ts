/**
 * Invented answers and messages for the tests of the bot, and a Knowledge that knows only them.
 */
import fc from 'fast-check';
import { pino } from 'pino';
import type { IncomingMessage, Room } from '../../bot/chat/chat.js';
import { createAdmission } from '../../bot/conversation/admission.js';
import type { ConversationOptions } from '../../bot/conversation/conversation.js';
import { createWalls } from '../../bot/conversation/walls.js';
import { terminalPace } from '../../bot/pace.js';
import type { ServeOptions } from '../../bot/serve.js';
import { blankState } from '../../bot/state/open.js';
import type { Answer, Excerpt, Knowledge, LoadSummary, MessageKind, Quote, Scope, ThreadView } from '../../knowledge/index.js';

export function quote(text: string, overrides: Partial<Quote> = {}): Quote {
  return {
    file: '群/2025-03-03.md',
    line: 1,
    at: Date.UTC(2025, 2, 3, 1, 12),
    date: '2025-03-03',
    time: '09:12:00',
    speaker: '老许',
    text,
    kind: 'text',
    mark: text,
    ...overrides,
  };
}

export function excerpt(thread: string, quotes: readonly Quote[], overrides: Partial<Excerpt> = {}): Excerpt {
  return {
    thread,
    room: '群',
    score: 1,
    confidence: 0.9,
    from: quotes[0]?.at ?? 0,
    to: quotes.at(-1)?.at ?? 0,
    date: quotes[0]?.date ?? '2025-03-03',
    time: quotes[0]?.time ?? '09:12:00',
    people: 2,
    messages: quotes.length,
    alike: 0,
    quotes,
    addresses: quotes.map(({ file, line }) => ({ file, line })),
    ...overrides,
  };
}

export function message(text: string, overrides: Partial<IncomingMessage> = {}): IncomingMessage {
  return {
    id: '1',
    at: 0,
    room: { id: 'room', topic: '群' },
    sender: { id: 'alice', name: '苏禾' },
    kind: 'text',
    text,
    self: false,
    botNames: ['群史'],
    ...overrides,
  };
}

export const summary: LoadSummary = {
  files: 1,
  messages: 3,
  doubles: 0,
  threads: 1,
  speakers: 2,
  skipped: 0,
  seconds: 0,
  rooms: ['群'],
  firstDate: '2025-03-03',
  lastDate: '2025-03-03',
  warnings: [],
  added: 0,
  changed: 0,
  removed: 0,
};

export interface FakeKnowledge extends Knowledge {
  /** Every question asked, with the rooms it was asked of. */
  readonly asked: { readonly question: string; readonly rooms: readonly string[] | undefined }[];
}

/** Answers every question with the same excerpts; a thread is found under its key, in its room only. */
export function fakeKnowledge(
  excerpts: readonly Excerpt[],
  threads: Readonly<Record<string, ThreadView>> = {},
  rooms: readonly string[] = ['群'],
): FakeKnowledge {
  const asked: FakeKnowledge['asked'] = [];
  return {
    asked,
    summary: () => ({ ...summary, rooms }),
    ask: async (question: string, scope?: Scope): Promise<Answer> => {
      asked.push({ question, rooms: scope?.rooms });
      return { question, answered: excerpts.length > 0, unasked: excerpts.length > 0, sure: 0.9, excerpts };
    },
    thread: (key: string, scope?: Scope) => {
      const view = threads[key];
      return view !== undefined && scope?.rooms?.includes(view.room) ? view : undefined;
    },
    isAnsweredSince: () => false,
    digest: ({ rooms: read, name, from, to, days }) => ({
      room: name ?? read[0] ?? '',
      from,
      to,
      date: new Date(from).toISOString().slice(0, 10),
      days,
      messages: 0,
      people: 0,
      hours: new Array<number>(24).fill(0),
      byDay: new Array<number>(days).fill(0),
      topics: [],
      unanswered: [],
      links: [],
      speakers: [],
      rising: [],
    }),
    heed: () => undefined,
    figures: () => ({ messages: summary.messages, threads: summary.threads, speakers: summary.speakers }),
    whoIs: async () => undefined,
    marked: () => [],
    assignments: () => [],
    reload: async () => summary,
    addAlias: async () => ({ outcome: 'known' }),
    addWord: async () => ({ outcome: 'known' }),
    record: async () => undefined,
    recall: async () => undefined,
    noteGap: async () => undefined,
    gaps: () => [],
    flush: async () => undefined,
    meaning: () => undefined,
    settled: async () => undefined,
    close: async () => undefined,
  };
}

/** What serve needs besides a chat and knowledge, where none of it matters. */
export const quietly = (): Omit<ServeOptions, 'chat' | 'knowledge' | 'log'> => ({
  roomMap: new Map(),
  rooms: 'all',
  state: blankState(),
  pace: terminalPace,
  dailyCap: Number.POSITIVE_INFINITY,
  digest: { weekly: false, format: 'text', quietDays: 'skip' },
  zone: 'Asia/Shanghai',
  local: String,
  clock: () => 0,
  alert: async () => undefined,
});

/** What a conversation needs in rooms where everybody may be, and nobody is an admin. */
export function conversationWith(knowledge: Knowledge, live: readonly Room[], clock: () => number): ConversationOptions {
  const [state, log] = [blankState(), pino({ level: 'silent' })];
  const chat = { rooms: async () => live, members: async () => undefined, me: () => ({ id: 'me', name: '群史' }) };
  const archiveRooms = () => knowledge.summary().rooms;
  return {
    ...{ knowledge, state, chat, clock, log },
    walls: createWalls({ enabled: 'all', roomMap: new Map(), state, chat, archiveRooms }),
    admission: createAdmission({ admins: state.admins, login: () => 'me', draw: () => '1', clock, log }),
    reload: knowledge.reload,
    status: () => '状态',
    digests: {
      of: async () => undefined,
      make: async () => undefined,
      local: String,
      days: () => ({ today: '2025-03-03' }),
      window: (date, days) => ({ date, days, from: 0, to: 0 }),
      passOver: () => undefined,
    },
    admit: () => 'answer',
  };
}

// === Anything a transcript might hold

const kinds: readonly MessageKind[] = [
  'text',
  'image',
  'link',
  'emoji',
  'file',
  'voice',
  'video',
  'card',
  'redpacket',
  'system',
  'empty',
  'bot',
];

/** Any text at all: Chinese, emoji of several code points, lone surrogates, mention marks, line breaks, controls. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(
        '讨论',
        '怎么',
        '@群史\u2005',
        '＠',
        'a@b.com',
        '👨‍👩‍👧‍👦',
        '🇨🇳',
        'é',
        '\ud83d',
        '\n',
        '\u001b[2J',
        ' ',
        'https://example.com/x',
      ),
      {
        maxLength: 200,
      },
    )
    .map((parts) => parts.join('')),
);

const anyDate = fc.constantFrom('2024-12-31', '2025-03-03', '2025-03-04');
const anyTime = fc.constantFrom('00:00:00', '09:12:34', '23:59:59');

export const anyQuote: fc.Arbitrary<Quote> = fc
  .record({ text: anyText, speaker: anyText, date: anyDate, time: anyTime, kind: fc.constantFrom(...kinds), line: fc.nat() })
  .map(({ text, ...rest }) => quote(text, rest));

const anyExcerpt: fc.Arbitrary<Excerpt> = fc
  .record({
    quotes: fc.array(anyQuote, { maxLength: 4 }),
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    people: fc.nat(500),
    messages: fc.nat(100_000),
    alike: fc.nat(30),
    date: anyDate,
    time: anyTime,
  })
  .map(({ quotes, ...rest }) => excerpt('t', quotes, rest));

export const anyAnswer: fc.Arbitrary<Answer> = fc.record({
  question: anyText,
  answered: fc.boolean(),
  unasked: fc.boolean(),
  sure: fc.double({ min: 0, max: 1, noNaN: true }),
  excerpts: fc.array(anyExcerpt, { maxLength: 10 }),
});
