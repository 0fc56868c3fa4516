/** The edge to Wechaty with the real Web WeChat client: what every kind of message looks like behind it, and a picture sent. */
import { spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeWechat, openFakeWechat } from '../../fake-wechat/server.js';
import { newFolder } from './program-for-test.js';

const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const ROOM = '读书群';

let wechat: FakeWechat;
let lines: AsyncIterator<string>;
let screen: Interface;
let child: ReturnType<typeof spawn>;

beforeAll(async () => {
  const members = [{ name: '群史' }, { name: 'Alice', card: '爱丽丝 & 1' }];
  wechat = await openFakeWechat({ bot: '群史', rooms: [{ key: ROOM, topic: ROOM, members }] });
  const redirect = pathToFileURL(fileOf('../../fake-wechat/redirect.mjs')).href;
  child = spawn(process.execPath, ['--import', redirect, fileOf('picture-for-test.mjs'), newFolder()], {
    env: { ...process.env, FAKE_WECHAT_PORT: String(wechat.port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  screen = createInterface({ input: child.stdout as NonNullable<typeof child.stdout> });
  lines = screen[Symbol.asyncIterator]();
  await wechat.listening();
});
afterAll(async () => {
  child.kill('SIGKILL');
  screen.close();
  await wechat.close();
});

const next = async () => (await lines.next()).value as string;
const nextEvent = async () => JSON.parse(await next());

test('a member is known by nickname and group card', async () => {
  wechat.say('Alice', ROOM, { text: '早' });
  expect(await nextEvent()).toEqual({ kind: 'text', text: '早', sender: 'Alice', groupNickname: '爱丽丝 & 1' });
});

test.each([
  ['a picture', { image: true as const }, { kind: 'image', text: '' }],
  ['a voice message', { voice: true as const }, { kind: 'voice', text: '' }],
  ['a file by its name', { file: '报价 A&B.pdf' }, { kind: 'file', text: '报价 A&B.pdf' }],
  [
    'a link by title and address',
    { link: { title: '说明 [新]', url: 'https://example.com/?a=1&b=2' } },
    { kind: 'link', text: '[说明  新 ](https://example.com/?a=1&b=2)' },
  ],
  [
    'a reply with what it quotes',
    { reply: '同意', to: { name: 'Bob', text: '先烘料' } },
    { kind: 'text', text: '「Bob：先烘料」\n- - - - - - - - - - - - - - -\n同意' },
  ],
])('%s', async (_, content, seen) => {
  wechat.say('Alice', ROOM, content);
  expect(await nextEvent()).toMatchObject(seen);
});

test('a message taken back is told by the id it had', async () => {
  const id = wechat.say('Alice', ROOM, { text: '说错了' });
  await nextEvent();
  wechat.say('Alice', ROOM, { recalls: id });
  expect(await nextEvent()).toEqual({ recalled: id, topic: ROOM });
});

test('the complaint of the platform is told, a member’s joke about it is only a message', async () => {
  wechat.say('Alice', ROOM, { notice: '操作过于频繁，可稍后再试。' });
  expect(await next()).toBe('too often');
  wechat.say('Alice', ROOM, { text: '操作过于频繁，哈哈' });
  expect(await nextEvent()).toMatchObject({ kind: 'text' });
});

test('a picture sent arrives as a picture, byte for byte, before the text that was sent after it', async () => {
  wechat.say('Alice', ROOM, { text: '请发图' });
  await wechat.heard(({ text }) => text === '发完了');
  expect(wechat.sent.map(({ to, image }) => [to, image?.length])).toEqual([
    [ROOM, 1000],
    [ROOM, undefined],
  ]);
  expect(Array.from(wechat.sent[0]?.image ?? [])).toEqual(Array.from({ length: 1000 }, (_, i) => i % 256));
});
