/**
 * What the built program survives: restarts, outages, the end of the session. Each with the real client and a fake server.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeWechat, openFakeWechat } from '../../fake-wechat/server.js';
import { newArchive, newFolder, type Program, startProgram } from './program-for-test.js';

const ROOM = '造物工坊';
const BOT = '群史';
const members = [{ name: BOT }, ...Array.from({ length: 20 }, (_, i) => ({ name: `成员${i}` }))];
const settings = { ARCHIVE: newArchive(), DATA_DIR: newFolder() };

let wechat: FakeWechat;
let program: Program;
beforeAll(async () => {
  wechat = await openFakeWechat({ bot: BOT, rooms: [{ key: ROOM, topic: ROOM, members }] });
  program = startProgram(wechat, settings);
  await wechat.listening();
}, 40_000);
afterAll(async () => {
  program.kill('SIGKILL');
  await program.ended;
  await wechat.close();
});

let asked = 0;
/** Asks something that was not asked before; fulfilled when the answer is there. */
async function isAnswered(ms?: number): Promise<void> {
  asked += 1;
  wechat.say(`成员${asked}`, ROOM, { text: `@${BOT}\u2005第${asked}次问：PETG 打印拉丝怎么调？` });
  await wechat.heard(({ text }) => text.startsWith(`「第${asked}次问`) && text.includes('【1】'), ms);
}

test('SIGTERM ends it well, and the next start needs no new QR code', async () => {
  await isAnswered();
  program.kill('SIGTERM');
  expect(await program.ended).toEqual({ code: 0, signal: null });
  program = startProgram(wechat, settings);
  await wechat.listening();
  await isAnswered();
  expect(wechat.qr.logins).toBe(1);
}, 40_000);

test('the login can be read by nobody else', () => {
  expect(statSync(join(settings.DATA_DIR, 'wechat.memory-card.json')).mode & 0o777).toBe(0o600);
});

test('a bot that is killed is started again within seconds, without a new QR code', async () => {
  const killed = program.botPid();
  process.kill(killed, 'SIGKILL');
  await program.prints(/"restarts":1,"msg":"bot started"/);
  expect(program.botPid()).not.toBe(killed);
  await program.prints(/"msg":"logged in"[\s\S]*"msg":"logged in"/);
  await wechat.listening();
  await isAnswered();
  expect(wechat.qr.logins).toBe(1);
}, 40_000);

test('an outage of 15 s costs no login: it answers again within 20 s', async () => {
  const end = wechat.faults.outage();
  await new Promise((resolve) => setTimeout(resolve, 15_000));
  end();
  const before = Date.now();
  await wechat.listening(20_000);
  await isAnswered(20_000 - (Date.now() - before));
  expect(wechat.qr.logins).toBe(1);
}, 45_000);

test('a bot whose supervisor is killed ends too, and the next start needs no new QR code', async () => {
  process.kill(program.pid, 'SIGKILL');
  // The streams belong to both: they close when the last of the two has ended.
  await program.ended;
  program = startProgram(wechat, settings);
  await wechat.listening();
  await isAnswered();
  expect(wechat.qr.logins).toBe(1);
}, 40_000);

test('when the phone ends the session, a new QR code is shown, and after it all is well under new ids', async () => {
  wechat.faults.logOut();
  await program.prints(/QR code needed/);
  await program.prints(/请用手机微信扫描/);
  await wechat.listening();
  await isAnswered();
  expect(wechat.qr.logins).toBe(2);
}, 40_000);

test('what the bot must remember is in one small file', () => {
  const notes = JSON.parse(readFileSync(join(settings.DATA_DIR, 'bot.json'), 'utf8'));
  expect(notes.answered.length).toBeGreaterThan(2);
  expect(notes.lastHeard).toBeGreaterThan(Date.now() - 60_000);
});
