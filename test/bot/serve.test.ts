/** The bot in a chat that is made of two functions, on a clock that the tests move: manners, orders, capture. */
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import type { Alert } from '../../bot/alerts.js';
import type { Chat, Content, IncomingMessage, Listener, Room } from '../../bot/chat/chat.js';
import { SendError } from '../../bot/chat/chat.js';
import { UNASKED_A_DAY } from '../../bot/conversation/unasked.js';
import { replies } from '../../bot/reply/texts.js';
import { serve } from '../../bot/serve.js';
import { blankState } from '../../bot/state/open.js';
import type { State } from '../../bot/state/state.js';
import type { Knowledge, LiveMessage } from '../../knowledge/index.js';
import { excerpt, fakeKnowledge, message, quote } from './fakes.js';

const ROOM = { id: 'room', topic: '群' };
const excerpts = [1, 2].map((n) => excerpt(`t${n}`, [quote(`第${n}段的原话`, { line: n })]));

interface Setting {
  readonly rooms?: readonly Room[];
  readonly dailyCap?: number;
  readonly state?: State;
  readonly send?: Chat['send'];
  readonly found?: boolean;
  readonly ask?: Knowledge['ask'];
}

function setUp({ rooms = [ROOM], dailyCap = 1_000, state = blankState(), send, found = true, ask }: Setting = {}) {
  let now = Date.UTC(2025, 2, 3, 1, 0);
  let timers: readonly { readonly at: number; readonly call: () => void }[] = [];
  let listener: Listener | undefined;
  const sent: Content[] = [];
  const alerts: Alert[] = [];
  const recorded: LiveMessage[] = [];
  const recalled: string[] = [];
  const service = serve({
    chat: {
      listen: (one) => {
        listener = one;
      },
      rooms: async () => rooms,
      members: async () => undefined,
      async send(to, content) {
        await send?.(to, content);
        sent.push(content);
      },
      me: () => ({ id: 'me', name: '群史' }),
    },
    knowledge: { ...fakeKnowledge(found ? excerpts : []), ...(ask ? { ask } : {}) },
    archive: {
      record: async (one) => void recorded.push(one),
      recall: async (_, id) => void recalled.push(id),
      noteGap: async () => undefined,
      gaps: () => [{ from: Date.UTC(2025, 2, 2, 1), to: Date.UTC(2025, 2, 2, 2) }],
      flush: async () => undefined,
    },
    roomMap: new Map(),
    rooms: 'all',
    digest: { weekly: false, format: 'text', quietDays: 'skip' },
    zone: 'Asia/Shanghai',
    state,
    pace: {
      pause: async () => undefined,
      wait: async (ms) => {
        now += ms;
      },
      later(ms, call) {
        const timer = { at: now + ms, call };
        timers = [...timers, timer];
        return () => {
          timers = timers.filter((one) => one !== timer);
        };
      },
      mannered: true,
    },
    dailyCap,
    local: (at) => new Date(at).toISOString().slice(0, 16).replace('T', ' '),
    clock: () => now,
    alert: async (alert) => void alerts.push(alert),
    log: pino({ level: 'silent' }),
  });
  state.admins.add({ login: 'me', contact: 'bob', name: 'bob', since: 0, by: 'code' });
  const settle = async () => {
    for (let i = 0; i < 20; i++) await new Promise(setImmediate);
  };
  let ids = 0;
  return {
    ...{ sent, alerts, recorded, recalled, service, state },
    listener: () => listener as Listener,
    async say(text: string, overrides: Partial<IncomingMessage> = {}) {
      ids += 1;
      await listener?.message(message(text, { id: `m${ids}`, at: now, ...overrides }));
      await settle();
    },
    async pass(ms: number) {
      now += ms;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { call } of due) call();
      await settle();
    },
  };
}
const by = (name: string): Partial<IncomingMessage> => ({ sender: { id: name, name } });
const MINUTE = 60_000;

describe('manners', () => {
  test('a person gets three answers a minute, one word about it, and then silence', async () => {
    const { say, sent } = setUp();
    for (let i = 0; i < 6; i++) await say(`@群史 怎么报销${i}？`);
    expect(sent).toHaveLength(4);
    expect(sent.at(-1)).toBe(replies.slowDown);
  });
  test('two messages of one question get one answer', async () => {
    const { say, sent } = setUp();
    await say('@群史 请教一下');
    await say('怎么报销？');
    expect(sent).toHaveLength(1);
  });
  test('what the day allows is kept, over a restart too, and the operator hears of it', async () => {
    const { say, sent, alerts, state } = setUp({ dailyCap: 2 });
    for (const name of ['a', 'b', 'c']) await say('@群史 怎么报销？', by(name));
    const again = setUp({ dailyCap: 2, state });
    await again.say('@群史 怎么报销？', { id: 'after' });
    expect([sent.length, again.sent.length]).toEqual([2, 0]);
    expect(alerts).toEqual(['daily cap reached']);
    await again.pass(24 * 60 * MINUTE);
    await again.say('@群史 怎么报销？', { id: 'tomorrow' });
    expect(again.sent).toHaveLength(1);
  });
  test('a message that was answered before a restart is not answered again', async () => {
    const { say, state } = setUp();
    await say('@群史 怎么报销？', { id: 'x' });
    const again = setUp({ state });
    await again.say('@群史 怎么报销？', { id: 'x' });
    expect(again.sent).toEqual([]);
  });
  test('when the platform refuses, the operator hears of it', async () => {
    const refuse = async () => {
      throw new SendError('restricted', '1205 == 0');
    };
    const { say, alerts } = setUp({ send: refuse });
    await say('@群史 怎么报销？');
    expect(alerts).toEqual(['sending restricted']);
  });
  test('so it is when the platform says so in a room', async () => {
    const { listener, alerts } = setUp();
    listener().tooOften?.();
    expect(alerts).toEqual(['sending restricted']);
  });
});

describe('自动', () => {
  const QUESTION = '有人知道怎么报销吗？';

  test('is off at first', async () => {
    const { say, sent, pass } = setUp();
    await say(QUESTION);
    await pass(MINUTE);
    expect(sent).toEqual([]);
    await say('@群史 自动');
    expect(sent).toEqual([replies.unaskedIs(false)]);
  });
  test('switched on, a question nobody answers gets one excerpt with how to switch it off', async () => {
    const { say, sent, pass } = setUp();
    await say('@群史 自动 开', by('bob'));
    expect(sent).toEqual([replies.unaskedOn(UNASKED_A_DAY)]);
    await say(QUESTION);
    await pass(MINUTE - 1_000);
    expect(sent).toHaveLength(1);
    await pass(1_000);
    expect(sent).toHaveLength(2);
    expect(sent[1]).toContain('第1段的原话');
    expect(sent[1]).not.toContain('第2段的原话');
    expect(String(sent[1]).endsWith(replies.unaskedNote)).toBe(true);
  });
  test('an answer that is not sure enough is not given', async () => {
    const { say, sent, pass } = setUp({ found: false });
    await say('@群史 自动 开', by('bob'));
    await say(QUESTION);
    await pass(MINUTE);
    expect(sent).toHaveLength(1);
  });
  test('停 switches it off, whoever says it, and only after the bot spoke unasked', async () => {
    const { say, sent, pass } = setUp();
    await say('@群史 自动 开', by('bob'));
    await say('停', by('carol'));
    expect(sent).toHaveLength(1);
    await say(QUESTION);
    await pass(MINUTE);
    await say('停', by('carol'));
    expect(sent.at(-1)).toBe(replies.unaskedOff);
    await pass(MINUTE);
    await say('那到底怎么报销才对呢？', by('dave'));
    await pass(MINUTE);
    expect(sent).toHaveLength(3);
  });
  test('at most five are given a day in a room, over a restart too', async () => {
    const { say, sent, pass, state } = setUp();
    await say('@群史 自动 开', by('bob'));
    for (let i = 0; i < 4; i++) {
      await say(`${QUESTION}第${i}次问，怎么弄？`, by(`p${i}`));
      await pass(2 * MINUTE);
    }
    expect(sent).toHaveLength(5);
    const again = setUp({ state });
    for (let i = 0; i < 3; i++) {
      await again.say(`${QUESTION}又问，怎么弄？`, { ...by(`q${i}`), id: `again ${i}` });
      await again.pass(2 * MINUTE);
    }
    expect(again.sent).toHaveLength(1);
  });
  test('is not for a group without a name, which could not be known again', async () => {
    const room = { id: 'x', topic: '' };
    const { say, sent } = setUp({ rooms: [room] });
    await say('@群史 自动 开', { room, ...by('bob') });
    await say('@群史 启用', { room, ...by('bob') });
    expect(sent).toEqual([replies.unaskedNeedsName]);
  });
});

test('状态 tells the size of the archive, the last message, the gaps and the version', async () => {
  const { say, sent } = setUp();
  await say('早', by('bob'));
  await say('@群史 状态');
  expect(String(sent[0]).split('\n')).toEqual([
    '聊天记录：3 条',
    '语义模型：没有用，只凭字词查找',
    '最近听到的消息：2025-03-03 01:00',
    '掉线（这些时间说的话我没听到）：',
    '2025-03-02 01:00 至 2025-03-02 02:00',
    expect.stringMatching(/^版本：\d/),
  ]);
});

describe('the archive takes in', () => {
  test('everything said, all parts of a question, and what the bot sends', async () => {
    const { say, recorded } = setUp();
    await say('早', by('bob'));
    await say('@群史 请教一下');
    await say('怎么报销？');
    expect(recorded.map(({ sender, text }) => [sender, text.split('\n')[0]])).toEqual([
      ['bob', '早'],
      ['alice', '@群史 请教一下'],
      ['alice', '怎么报销？'],
      ['me', '「请教一下 怎么报销？」'],
    ]);
  });
  test('as no talk what was said to the bot or by it, and only that', async () => {
    const { say, recorded, pass } = setUp();
    const said: readonly (readonly [string, string, LiveMessage['kind']])[] = [
      ['bob', '1', 'text'],
      ['bob', '「alice：@群史 怎么报销」\n- - - - - - - - - - - - - - -\n问财务', 'text'],
      ['alice', '@群史 请教一下', 'bot'],
      ['alice', '怎么报销？', 'bot'],
      ['alice', '1', 'bot'],
      ['bob', '更多', 'text'],
      ['bob', '「群史：群里聊过」\n- - - - - - - - - - - - - - -\n@群史 还有呢，怎么报销？', 'bot'],
      ['bob', '@群史 帮助', 'bot'],
      ['carol', '@群史 自动 开', 'bot'],
      ['bob', '自动 开', 'bot'],
      ['dave', '有人知道怎么请假吗？', 'text'],
    ];
    for (const [name, text] of said) await say(text, by(name));
    await pass(MINUTE);
    expect(recorded.filter(({ sender }) => sender !== 'me').map(({ sender, kind }) => [sender, kind])).toEqual(
      said.map(([name, , kind]) => [name, kind]),
    );
    const own = recorded.filter(({ sender }) => sender === 'me');
    expect(own.some(({ text }) => text.endsWith(replies.unaskedNote))).toBe(true);
    expect(new Set(own.map(({ kind }) => kind))).toEqual(new Set(['bot']));
  });
  test('as no talk also a question that could not be answered', async () => {
    const ask = async () => {
      throw new Error('no memory left');
    };
    const { say, sent, recorded } = setUp({ ask });
    await say('@群史 怎么报销？');
    expect(sent).toEqual([replies.trouble]);
    expect(recorded.map(({ kind }) => kind)).toEqual(['bot', 'bot']);
  });
  test('a recall', async () => {
    const { listener, recalled } = setUp();
    await listener().recalled?.(ROOM, '7');
    expect(recalled).toEqual(['7']);
  });
  test('at the end, a question that was still waited for', async () => {
    const { say, recorded, service } = setUp();
    await say('@群史 请教一下');
    expect(recorded).toEqual([]);
    await service.flush();
    expect(recorded).toHaveLength(1);
  });
});

test('two groups of one name are told to the operator as soon as one of them speaks', async () => {
  const { say, alerts } = setUp({ rooms: [ROOM, { id: 'other', topic: '群' }] });
  await say('早');
  expect(alerts).toEqual(['two rooms of one name']);
});
