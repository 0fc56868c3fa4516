/**
 * The real Wechaty with its mock puppet: what a mention goes through before the bot sees it.
 */
import type { EventEmitter } from 'node:events';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import { mock, PuppetMock } from 'wechaty-puppet-mock';
import type { Chat, IncomingMessage } from '../../../bot/chat/chat.js';
import { wechatyChat } from '../../../bot/chat/wechaty-chat.js';
import { serve } from '../../../bot/serve.js';
import { excerpt, fakeKnowledge, quietly, quote } from '../fakes.js';

const log = pino({ level: 'silent' });
const excerpts = [1, 2, 3, 4].map((n) => excerpt(`t${n}`, [quote(`第${n}段的原话`, { line: n })]));
const threads = {
  t1: { room: '读书群', people: 1, quotes: [quote('第1段的原话', { line: 1 }), quote('后来的回答', { line: 9 })] },
};

let mocker: mock.Mocker;
let bot: WechatyInterface;
let chat: Chat;
let people: Record<'me' | 'alice' | 'bob', mock.ContactMock>;
let room: mock.RoomMock;
/** What the bot said in the room. */
let said: string[];

beforeEach(async () => {
  mocker = new mock.Mocker();
  bot = WechatyBuilder.build({ puppet: new PuppetMock({ mocker }) });
  bot.on('error', () => undefined);
  await bot.start();
  people = {
    me: mocker.createContact({ name: '群史' }),
    alice: mocker.createContact({ name: 'Alice' }),
    bob: mocker.createContact({ name: 'Bob' }),
  };
  room = mocker.createRoom({ topic: '读书群', memberIdList: Object.values(people).map(({ id }) => id) });
  mocker.login(people.me);
  said = [];
  (room as unknown as EventEmitter).on('message', (message: mock.MessageMock) => {
    if (message.talker().id === people.me.id) said.push(message.text() ?? '');
  });
  chat = wechatyChat(bot, { botNames: ['小助手'], log });
});

afterEach(() => bot.stop());

/** Enough turns of the event loop for every message under way. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await new Promise(setImmediate);
}

function letBotIn(knowledge = fakeKnowledge(excerpts, threads, ['读书群'])) {
  serve({ ...quietly(), chat, knowledge, log });
  return knowledge;
}

describe('in a room', () => {
  test('a mention gets quotes', async () => {
    letBotIn();
    people.alice.say('@群史\u2005怎么报销').to(room);
    await settle();
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('「怎么报销」');
    expect(said[0]).toContain('第1段的原话');
  });
  test('a name from the settings counts as a mention', async () => {
    letBotIn();
    people.alice.say('@小助手 怎么报销').to(room);
    await settle();
    expect(said).toHaveLength(1);
  });
  test('without a mention the bot is silent', async () => {
    const knowledge = letBotIn();
    people.alice.say('怎么报销').to(room);
    people.bob.say('1').to(room);
    await settle();
    expect(said).toEqual([]);
    expect(knowledge.asked).toEqual([]);
  });
  test('the bot does not answer itself, even if it mentions itself', async () => {
    const knowledge = letBotIn();
    people.me.say('@群史 怎么报销').to(room);
    await settle();
    expect(knowledge.asked).toEqual([]);
  });
  test('a number right after the question opens the answer to it', async () => {
    letBotIn();
    people.alice.say('@群史 怎么报销').to(room);
    people.alice.say('1').to(room);
    await settle();
    expect(said).toHaveLength(2);
    expect(said[1]).toContain('后来的回答');
  });
  test('nobody gets the pages of somebody else', async () => {
    letBotIn();
    people.alice.say('@群史 怎么报销').to(room);
    people.bob.say('更多').to(room);
    people.bob.say('1').to(room);
    await settle();
    expect(said).toHaveLength(1);
  });
  test('a message that is delivered twice is answered once', async () => {
    letBotIn();
    let id = '';
    (room as unknown as EventEmitter).once('message', (message: mock.MessageMock) => {
      id = message.id;
    });
    people.alice.say('@群史 怎么报销').to(room);
    bot.puppet.emit('message', { messageId: id });
    await settle();
    bot.puppet.emit('message', { messageId: id });
    await settle();
    expect(said).toHaveLength(1);
  });
  test('a failing search costs its own question only', async () => {
    const knowledge = fakeKnowledge(excerpts, threads, ['读书群']);
    letBotIn({
      ...knowledge,
      ask: (question, scope) => (question === '坏' ? Promise.reject(new Error('broken')) : knowledge.ask(question, scope)),
    });
    people.alice.say('@群史 坏').to(room);
    people.alice.say('@群史 好').to(room);
    await settle();
    expect(said).toHaveLength(2);
    expect(said[1]).toContain('「好」');
  });
});

describe('what the bot is told of a message', () => {
  async function heard(): Promise<IncomingMessage[]> {
    const messages: IncomingMessage[] = [];
    chat.listen({
      async message(message) {
        messages.push(message);
      },
    });
    return messages;
  }
  test('who said it, where, and by which names the bot goes', async () => {
    const messages = await heard();
    people.alice.say('@群史 在吗').to(room);
    await settle();
    expect(messages).toMatchObject([
      { text: '@群史 在吗', sender: { name: 'Alice' }, room: { topic: '读书群' }, self: false, botNames: ['群史', '小助手'] },
    ]);
  });
  test('the whole text, where the puppet keeps the raw payload', async () => {
    const messages = await heard();
    Object.assign(bot.puppet, {
      messageRawPayload: async () => ({ MsgType: 1, OriginalContent: '@x1:<br/>清单:<br/>1. A&amp;B' }),
    });
    const payload = {
      id: 'raw',
      talkerId: people.alice.id,
      roomId: room.id,
      text: '清单',
      type: 7,
      timestamp: 1,
      mentionIdList: [],
    };
    Object.assign(bot.puppet, { messagePayload: async () => payload });
    bot.puppet.emit('message', { messageId: 'raw' });
    await settle();
    expect(messages.map(({ text }) => text)).toEqual(['清单:\n1. A&B']);
  });
  test('messages come in the order they were said', async () => {
    const messages = await heard();
    for (let i = 0; i < 20; i++) (i % 2 === 0 ? people.alice : people.bob).say(`${i}`).to(room);
    await settle();
    expect(messages.map(({ text }) => text)).toEqual(Array.from({ length: 20 }, (_, i) => `${i}`));
  });
  test('a direct message has no room', async () => {
    const messages = await heard();
    people.alice.say('在吗').to(people.me);
    await settle();
    expect(messages).toHaveLength(1);
    expect(messages[0]?.room).toBeUndefined();
  });
});

test('a direct message is answered to its sender only', async () => {
  const knowledge = letBotIn();
  const toAlice: string[] = [];
  (people.alice as unknown as EventEmitter).on('message', (message: mock.MessageMock) => {
    if (message.talker().id === people.me.id) toAlice.push(message.text() ?? '');
  });
  people.alice.say('怎么报销').to(people.me);
  await settle();
  expect(toAlice).toHaveLength(1);
  expect(said).toEqual([]);
  expect(knowledge.asked).toEqual([{ question: '怎么报销', rooms: ['读书群'] }]);
});

describe('the members of a room', () => {
  test('are those who are in it now', async () => {
    expect(await chat.members(room.id)).toEqual(Object.values(people).map(({ id, payload }) => ({ id, name: payload.name })));
    room.remove(people.bob).by(people.me);
    expect((await chat.members(room.id))?.map(({ name }) => name)).toEqual(['群史', 'Alice']);
  });
  test('of a room that is not known are not told', async () => {
    expect(await chat.members('no such room')).toBeUndefined();
  });
  test('are not told, and nothing else fails, where the server does not answer as it should', async () => {
    Object.assign(bot.puppet, { wechat4u: { batchGetContact: async () => Promise.reject(new Error('-1 == 0')) } });
    expect(await chat.members(room.id)).toBeUndefined();
    Object.assign(bot.puppet, { wechat4u: { batchGetContact: async () => [{ UserName: room.id, MemberList: [] }] } });
    expect(await chat.members(room.id)).toBeUndefined();
  });
});
