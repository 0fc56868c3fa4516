/** Which messages the bot may answer unasked, on a clock that the tests move. */
import { describe, expect, test } from 'vitest';
import type { IncomingMessage } from '../../../bot/chat/chat.js';
import { createUnasked, PEOPLE_FIRST } from '../../../bot/conversation/unasked.js';
import { message } from '../fakes.js';

function setUp(isOn = true) {
  let timers: (() => void)[] = [];
  const due: string[] = [];
  const waits: number[] = [];
  const hear = createUnasked({
    isOn: () => isOn,
    due: ({ text }) => void due.push(text),
    later(ms, call) {
      waits.push(ms);
      timers.push(call);
      return () => {
        timers = timers.filter((one) => one !== call);
      };
    },
  });
  return {
    due,
    waits,
    say: (text: string, overrides: Partial<IncomingMessage> = {}) => hear(message(text, overrides)),
    minutePasses() {
      const now = timers;
      timers = [];
      for (const call of now) call();
    },
  };
}
const bob = { sender: { id: 'bob', name: 'Bob' } };
const QUESTION = 'PETG 打印拉丝怎么调？';

test('a question that nobody answers for a minute is due', () => {
  const { say, due, waits, minutePasses } = setUp();
  say(QUESTION);
  expect(due).toEqual([]);
  minutePasses();
  expect(due).toEqual([QUESTION]);
  expect(waits).toEqual([PEOPLE_FIRST]);
  expect(PEOPLE_FIRST).toBe(60_000);
});

test('nothing is, where it is not switched on', () => {
  const { say, due, minutePasses } = setUp(false);
  say(QUESTION);
  minutePasses();
  expect(due).toEqual([]);
});

test('a question that somebody answers is not', () => {
  const { say, due, minutePasses } = setUp();
  say(QUESTION);
  say('先烘料', bob);
  minutePasses();
  expect(due).toEqual([]);
});

test('a question that the asker goes on about is', () => {
  const { say, due, minutePasses } = setUp();
  say(QUESTION);
  say('喷嘴 245');
  minutePasses();
  expect(due).toEqual([QUESTION]);
});

test('a question asked back is a question of its own', () => {
  const { say, due, minutePasses } = setUp();
  say(QUESTION);
  say('你用的是什么牌子的料？', bob);
  minutePasses();
  expect(due).toEqual(['你用的是什么牌子的料？']);
});

describe('no question to anybody is', () => {
  test.each([
    ['a statement', '今天把喷嘴换了，舒服多了'],
    ['one about what was just said', '真的吗？'],
    ['one to somebody', '@老许 PETG 打印拉丝怎么调？'],
    ['one about a quoted message', '「老许：先烘料」\n- - - - - - - - - - - - - - -\n要烘多久才行？'],
    ['a question word in the middle of a story', '不知道为什么昨天突然就好了。反正能用了'],
  ])('%s', (_, text) => {
    const { say, due, minutePasses } = setUp();
    say(text);
    minutePasses();
    expect(due).toEqual([]);
  });
  test('one of the bot itself, or in a direct chat', () => {
    const { say, due, minutePasses } = setUp();
    say(QUESTION, { self: true });
    minutePasses();
    expect(due).toEqual([]);
  });
});
