/** What is heard becomes part of the archive: said in a group, found by the next question, written to files, gone when taken back. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeWechat, openFakeWechat } from '../../fake-wechat/server.js';
import { newArchive, newFolder, type Program, startProgram } from './program-for-test.js';

const ROOM = '造物工坊';
const BOT = '群史';
const members = [
  { name: BOT },
  { name: '老许', card: '老许-厦门' },
  ...Array.from({ length: 20 }, (_, i) => ({ name: `成员${i}` })),
];
const settings = { ARCHIVE: newArchive(), DATA_DIR: newFolder() };

let wechat: FakeWechat;
let program: Program;
/** Unix s. What is older than the login the client drops. */
let loggedIn: number;
beforeAll(async () => {
  wechat = await openFakeWechat({ bot: BOT, rooms: [{ key: ROOM, topic: ROOM, members }] });
  program = startProgram(wechat, settings);
  await wechat.listening();
  loggedIn = Math.floor(Date.now() / 1000);
});
afterAll(async () => {
  program.kill('SIGKILL');
  await program.ended;
  await wechat.close();
});

let asked = 0;
async function answerTo(words: string): Promise<string> {
  asked += 1;
  wechat.say(`成员${asked}`, ROOM, { text: `@${BOT}\u2005第${asked}问 ${words}` });
  return (await wechat.heard(({ text }) => text.startsWith(`「第${asked}问`))).text;
}

/** Everything that stands in the files of the archive. */
function archived(): string {
  const files = readdirSync(settings.ARCHIVE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.jsonl'));
  return files.map((file) => readFileSync(join(settings.ARCHIVE, file), 'utf8')).join('\n');
}
const timesArchived = (words: string) => archived().split(words).length - 1;
const isArchived = (words: string) => expect.poll(() => timesArchived(words), { timeout: 5_000 }).toBe(1);

test('what somebody has just said is found by the next question', async () => {
  wechat.say('成员18', ROOM, { text: '瓦楞机九号的热床最高能到多少度？' });
  wechat.say('老许', ROOM, { text: '瓦楞机九号热床最高 118 度，再高就保护了' });
  expect(await answerTo('瓦楞机九号的热床最高多少度？')).toContain('118 度');
});

test('it is written to the archive once, also if it is delivered again', async () => {
  const id = wechat.say('老许', ROOM, { text: '只说一次的话' });
  await isArchived('只说一次的话');
  wechat.say('老许', ROOM, { text: '只说一次的话' }, { id });
  wechat.say('老许', ROOM, { text: '后来的话' });
  await isArchived('后来的话');
  expect(timesArchived('只说一次的话')).toBe(1);
});

test('a message that comes late stands at its own time', async () => {
  await expect.poll(() => Date.now() / 1000, { timeout: 5_000 }).toBeGreaterThan(loggedIn + 1);
  wechat.say('老许', ROOM, { text: '早就说了的话' }, { at: loggedIn });
  await isArchived('早就说了的话');
  const line = archived()
    .split('\n')
    .find((one) => one.includes('早就说了的话'));
  expect(JSON.parse(line ?? '{}')).toMatchObject({ timestamp: loggedIn });
});

test('so are pictures, files and links, and what the bot answers', async () => {
  wechat.say('老许', ROOM, { file: '参数表 v2.pdf' });
  wechat.say('老许', ROOM, { link: { title: '校准教程', url: 'https://example.com/cal' } });
  wechat.say('老许', ROOM, { image: true });
  await isArchived('参数表 v2.pdf');
  await isArchived('https://example.com/cal');
  await expect.poll(() => timesArchived('群里聊过'), { timeout: 5_000 }).toBeGreaterThan(0);
});

test('after a crash everything is there once, the gap is shown by 状态, and an old message that comes again is not taken twice', async () => {
  const id = wechat.say('老许', ROOM, { text: '崩溃之前说的话' });
  await isArchived('崩溃之前说的话');
  process.kill(program.botPid(), 'SIGKILL');
  await program.prints(/"restarts":1,"msg":"bot started"/);
  await program.prints(/"msg":"logged in"[\s\S]*"msg":"logged in"/);
  await wechat.listening();
  wechat.say('老许', ROOM, { text: '崩溃之前说的话' }, { id });
  expect(await answerTo('瓦楞机九号的热床最高多少度？')).toContain('118 度');
  expect(timesArchived('崩溃之前说的话')).toBe(1);
  wechat.say('成员19', ROOM, { text: `@${BOT} 状态` });
  const { text } = await wechat.heard((sent) => sent.text.startsWith('聊天记录：'));
  expect(text).toMatch(/掉线（这些时间说的话我没听到）：\n\d{4}-\d\d-\d\d \d\d:\d\d 至 /);
  expect(wechat.qr.logins).toBe(1);
});

test('a message taken back is not quoted any more, and its words are gone from the files', async () => {
  const id = wechat.say('老许', ROOM, { text: '独角仙七号机的密码孔是三毫米' });
  await isArchived('独角仙七号机');
  wechat.say('老许', ROOM, { recalls: id });
  await expect.poll(() => timesArchived('独角仙七号机'), { timeout: 5_000 }).toBe(0);
  expect(await answerTo('密码孔几毫米？')).not.toContain('三毫米');
});

test('told to end, the bot writes down what it has just heard', async () => {
  wechat.say('老许', ROOM, { text: '临别一句' });
  expect(await answerTo('PETG 打印拉丝怎么调？')).toContain('【1】');
  program.kill('SIGTERM');
  expect(await program.ended).toEqual({ code: 0, signal: null });
  expect(timesArchived('临别一句')).toBe(1);
});
