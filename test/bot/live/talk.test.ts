/**
 * The built program as a member of groups: the real Web WeChat client, a fake server, everything seen from outside.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replies } from '../../../bot/reply/texts.js';
import { type FakeWechat, openFakeWechat, type Sent } from '../../fake-wechat/server.js';
import { newArchive, newFolder, type Program, startProgram } from './program-for-test.js';

/** A nickname with a space and an emoji, as the server writes it. */
const BOT = '群史 Bot<span class="emoji emoji1f916"></span>';
const NAME = '群史 Bot🤖';
const ROOM = '造物工坊';
const LASERS = '造物工坊-激光组';
const CROWD = '五百人群';
const asker = (n: number) => `成员${n}`;
const members = [{ name: BOT }, ...Array.from({ length: 30 }, (_, i) => ({ name: asker(i) }))];
const QUESTION = 'PETG 打印拉丝怎么调？';

let wechat: FakeWechat;
let program: Program;
let operator: Server;
const alerts: { readonly alert: string }[] = [];
let httpPort: number;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

beforeAll(async () => {
  operator = createServer(async (request, response) => {
    alerts.push(JSON.parse(await text(request)));
    response.end();
    operator.emit('alert');
  }).listen(0, '127.0.0.1');
  await once(operator, 'listening');
  httpPort = await freePort();
  wechat = await openFakeWechat({
    bot: BOT,
    rooms: [
      { key: ROOM, topic: ROOM, members },
      { key: LASERS, topic: LASERS, members: [{ name: BOT, card: '小史' }, ...members.slice(1)] },
      { key: 'one', topic: '同名群', members },
      { key: 'other', topic: '同名群', members },
      { key: '旁听群', topic: '旁听群', members },
      { key: CROWD, topic: CROWD, members: [{ name: BOT }, ...Array.from({ length: 500 }, (_, i) => ({ name: asker(i) }))] },
    ],
  });
  wechat.faults.hideMembers(1);
  program = startProgram(wechat, {
    ARCHIVE: newArchive(),
    DATA_DIR: newFolder(),
    HTTP_PORT: String(httpPort),
    ALERT_WEBHOOK: `http://127.0.0.1:${(operator.address() as AddressInfo).port}/`,
    ROOM_MAP: `同名群=${ROOM};旁听群=${ROOM};${CROWD}=${ROOM}`,
  });
  await wechat.listening();
});

afterAll(async () => {
  program.kill('SIGTERM');
  await program.ended;
  await wechat.close();
  operator.close();
});

let askers = 0;
/** Somebody who has not asked yet, so that no limit is in the way. */
const somebody = () => asker(askers++);
const ask = (room: string, words: string, by = somebody()) => wechat.say(by, room, { text: `@${NAME}\u2005${words}` });
const answerTo = (title: string) => wechat.heard(({ text }) => text.startsWith(`「${title}`));
/** Says things that must not be answered, then something that is; whatever was sent in between would stand before it. */
async function onlyAnswers(room: string, sentinel: string): Promise<readonly Sent[]> {
  const before = wechat.sent.length;
  ask(room, sentinel);
  await answerTo(sentinel);
  return wechat.sent.slice(before).filter(({ text }) => !text.startsWith(`「${sentinel}`));
}

test('after a login by QR code, a mention in a group is answered there with quotes', async () => {
  ask(ROOM, QUESTION);
  const { to, text } = await answerTo(QUESTION);
  expect(to).toBe(ROOM);
  expect(text).toContain('【1】2025-03-03');
  expect(wechat.qr).toEqual({ shown: 1, logins: 1 });
});

describe('of a message the bot reads', () => {
  test('the whole, also behind a second colon at the end of a line', async () => {
    ask(ROOM, 'PETG 拉丝:\n怎么调:\n回抽多少？');
    expect((await answerTo('PETG 拉丝')).text.split('\n')[0]).toBe('「PETG 拉丝: 怎么调: 回抽多少？」');
  });
  test('the signs & and < as they were typed', async () => {
    ask(ROOM, 'A&B <c> 热熔螺母的孔留多大？');
    expect((await answerTo('A&B')).text).toContain('「A&B <c> 热熔螺母的孔留多大？」');
  });
});

test('a server that takes its time is waited for', async () => {
  wechat.faults.slow(400);
  ask(ROOM, '断料检测怎么接线？');
  await answerTo('断料检测');
  wechat.faults.slow(0);
});

describe('the bot is called', () => {
  test('by a nickname with a space and an emoji, however the emoji is sent', async () => {
    wechat.say(somebody(), LASERS, { text: '@群史 Bot🤖 激光切多厚的亚克力？' });
    await answerTo('激光切多厚的亚克力');
  });
  test('by its name in the group', async () => {
    wechat.say(somebody(), LASERS, { text: '@小史\u2005亚克力怎么切不发黄？' });
    await answerTo('亚克力怎么切不发黄');
  });
  test('by two messages that are one question', async () => {
    const by = somebody();
    ask(LASERS, '请问一下', by);
    wechat.say(by, LASERS, { text: '激光头多久擦一次？' });
    expect((await wechat.heard(({ text }) => text.includes('激光头多久擦一次'))).to).toBe(LASERS);
    expect(wechat.sent.filter(({ text }) => text.includes('@'))).toEqual([]);
  });
});

describe('the bot is not called', () => {
  test('by a quotation of an old call, made by the phone or typed', async () => {
    const quoted = { name: '老许', text: `@${NAME} ${QUESTION}` };
    wechat.say(somebody(), LASERS, { reply: '同意', to: quoted });
    wechat.say(somebody(), LASERS, { text: `「老许：@${NAME} ${QUESTION}」\n- - - - - - - - - - - - - - -\n同意` });
    expect(await onlyAnswers(LASERS, '木板用什么功率切？')).toEqual([]);
  });
  test('by itself, from its own phone', async () => {
    wechat.say(BOT, LASERS, { text: `@${NAME}\u2005${QUESTION}` });
    expect(await onlyAnswers(LASERS, '皮革能切吗？')).toEqual([]);
  });
  test('twice, if a message is delivered twice', async () => {
    const by = somebody();
    const id = ask(ROOM, '无铅锡丝要多少度才熔？', by);
    wechat.say(by, ROOM, { text: `@${NAME}\u2005无铅锡丝要多少度才熔？` }, { id });
    await answerTo('无铅锡丝');
    wechat.say(by, ROOM, { text: `@${NAME}\u2005无铅锡丝要多少度才熔？` }, { id });
    expect(await onlyAnswers(ROOM, '铜螺母怎么压进去？')).toEqual([]);
    expect(wechat.sent.filter(({ text }) => text.startsWith('「无铅锡丝'))).toHaveLength(1);
  });
});

test('a message full of mentions in a room of 500 keeps nobody waiting', async () => {
  ask(CROWD, '热床翘边怎么办？');
  await answerTo('热床翘边');
  for (const text of ['@a '.repeat(1_600), '@a'.repeat(2_400)]) wechat.say(somebody(), CROWD, { text });
  ask(CROWD, 'PETG 要烘多久？');
  await answerTo('PETG 要烘多久');
});

test('two groups of one name get nothing of the archive, and the operator hears of it', async () => {
  ask('one', QUESTION);
  expect((await wechat.heard(({ to }) => to === 'one')).text).toBe(replies.noArchive);
  while (!alerts.some(({ alert }) => alert === 'two rooms of one name')) await once(operator, 'alert');
});

test('whoever sends the signs that make the client log out changes nothing', async () => {
  wechat.say(somebody(), undefined, { text: '🌚 🌝🌚 🌝🌚 🌝' });
  const by = somebody();
  wechat.say(by, undefined, { text: '🌚 🌝 🌚 ' });
  await wechat.heard(({ to }) => to === by);
  ask('other', QUESTION);
  await wechat.heard(({ to }) => to === 'other');
  expect(wechat.qr).toEqual({ shown: 1, logins: 1 });
});

test('the health and the figures can be read on the port', async () => {
  const health = await fetch(`http://127.0.0.1:${httpPort}/healthz`);
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({
    online: true,
    queue: expect.any(Number),
    restarts: 0,
    lastMessage: expect.any(String),
  });
  const metrics = await (await fetch(`http://127.0.0.1:${httpPort}/metrics`)).text();
  for (const [name, figure] of [
    ['questions_total', '[1-9]'],
    ['answers_total', '[1-9]'],
    ['abstentions_total', '\\d'],
    ['answer_seconds_count', '[1-9]'],
    ['archive_messages', '[1-9]\\d{3}'],
    ['queue', '\\d'],
    ['last_message_timestamp_seconds', '\\d{10}'],
    ['restarts', '0'],
  ]) {
    expect(metrics).toMatch(new RegExp(`^qunshi_${name} ${figure}`, 'm'));
  }
});

// Last, for the bot then rests for a minute.
test('when WeChat says it is too often, the bot stops sending and the operator hears of it', async () => {
  wechat.faults.refuseSends(1205, 1);
  ask('旁听群', '喷嘴堵了怎么通？');
  while (!alerts.some(({ alert }) => alert === 'sending restricted')) await once(operator, 'alert');
  expect(wechat.sent.some(({ text }) => text.includes('喷嘴堵了'))).toBe(false);
});

test('nothing that was said stands in the log, and no secret of the login', () => {
  expect(program.printed()).not.toMatch(/拉丝|亚克力|@crypt|sid-1|webwx_data_ticket/);
});
