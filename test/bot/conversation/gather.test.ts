/** Which messages are one question, on a clock that the tests move. */
import { describe, expect, test } from 'vitest';
import type { IncomingMessage } from '../../../bot/chat/chat.js';
import { createGather, GATHERED_WITHIN } from '../../../bot/conversation/gather.js';
import { message } from '../fakes.js';

function setUp() {
  let now = 0;
  let timers: readonly { readonly at: number; readonly call: () => void }[] = [];
  const handed: { readonly text: string; readonly parts: readonly string[] }[] = [];
  const gather = createGather({
    hand: async ({ message: { text }, parts }) => void handed.push({ text, parts: parts.map((part) => part.text) }),
    later(ms, call) {
      const timer = { at: now + ms, call };
      timers = [...timers, timer];
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    clock: () => now,
  });
  return {
    handed,
    texts: () => handed.map(({ text }) => text),
    say: (text: string, overrides: Partial<IncomingMessage> = {}) => gather.take(message(text, overrides)),
    flush: gather.flush,
    wait(seconds: number) {
      now += seconds * 1_000;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { call } of due) call();
    },
  };
}
const bob = { sender: { id: 'bob', name: 'Bob' } };

describe('at once', () => {
  test.each(['@群史 PETG 拉丝怎么调', '@群史 有没有人用过亚克力?', '@群史 1', '@群史 帮助', '大家好'])(
    '%j is handed on',
    async (text) => {
      const { say, texts } = setUp();
      await say(text);
      expect(texts()).toEqual([text]);
    },
  );
  test('two whole questions are two', async () => {
    const { say, texts } = setUp();
    await say('@群史 PETG 拉丝怎么调？');
    await say('@群史 螺母孔留多大？');
    expect(texts()).toHaveLength(2);
  });
  test('a call without a question in a direct chat', async () => {
    const { say, texts } = setUp();
    const { room: _room, ...direct } = message('在吗');
    await say('在吗', { ...direct });
    expect(texts()).toEqual(['在吗']);
  });
});

describe('one question', () => {
  test.each(['@群史', '@群史 在吗', '@群史 请教一下', '@群史 有个问题想问一下', '@群史 PETG 打印', '@群史 请问，'])(
    'is %j and what the same person says next',
    async (call) => {
      const { say, handed, wait } = setUp();
      await say(call);
      wait(7);
      expect(handed).toEqual([]);
      await say('拉丝怎么调？');
      expect(handed).toEqual([{ text: `${call}\n拉丝怎么调？`, parts: [call, '拉丝怎么调？'] }]);
    },
  );
  test('of three messages, the last of which asks', async () => {
    const { say, texts, wait } = setUp();
    await say('@群史 问一下');
    wait(3);
    await say('PETG 打印');
    wait(3);
    await say('拉丝怎么调？');
    expect(texts()).toEqual(['@群史 问一下\nPETG 打印\n拉丝怎么调？']);
  });
  test('is asked first and put to the bot then', async () => {
    const { say, texts, wait } = setUp();
    await say('拉丝怎么调？');
    wait(5);
    await say('@群史');
    expect(texts().at(-1)).toBe('@群史\n拉丝怎么调？');
  });
  test('is called twice', async () => {
    const { say, texts } = setUp();
    await say('@群史 PETG 打印');
    await say('@群史 拉丝怎么调');
    expect(texts()).toHaveLength(1);
  });
});

describe('no part of it is', () => {
  test('what comes after eight seconds', async () => {
    const { say, texts, wait } = setUp();
    await say('@群史 PETG 拉丝');
    wait(GATHERED_WITHIN / 1_000);
    expect(texts()).toEqual(['@群史 PETG 拉丝']);
    await say('怎么调？');
    expect(texts()).toEqual(['@群史 PETG 拉丝', '怎么调？']);
  });
  test('what was asked more than eight seconds before the call', async () => {
    const { say, texts, wait } = setUp();
    await say('拉丝怎么调？');
    wait(9);
    await say('@群史');
    wait(8);
    expect(texts()).toEqual(['拉丝怎么调？', '@群史']);
  });
  test('what somebody else says', async () => {
    const { say, texts } = setUp();
    await say('@群史 在吗');
    await say('拉丝怎么调？', bob);
    expect(texts()).toEqual(['拉丝怎么调？']);
  });
  test('what he says in another room', async () => {
    const { say, texts } = setUp();
    await say('@群史 在吗');
    await say('拉丝怎么调？', { room: { id: 'other', topic: '别的群' } });
    expect(texts()).toEqual(['拉丝怎么调？']);
  });
  test.each([
    ['said to somebody else', '@老许 拉丝怎么调？', {}],
    ['a command', '更多', {}],
    ['a reply to a quoted message', '「老许：在吗」\n- - - - - - - - - - - - - - -\n在', {}],
    ['a picture', '', { kind: 'image' as const }],
  ])('%s, which ends it', async (_, text, overrides) => {
    const { say, texts } = setUp();
    await say('@群史 PETG 拉丝');
    await say(text, overrides);
    expect(texts()).toEqual(['@群史 PETG 拉丝', text]);
  });
});

test('what still waits at the end is handed on', async () => {
  const { say, texts, flush } = setUp();
  await say('@群史 在吗');
  flush();
  expect(texts()).toEqual(['@群史 在吗']);
});
