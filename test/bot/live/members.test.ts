/** Commands and walls with the real Web WeChat client, seen from outside. A test begins with the command it is about. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memberReplies } from '../../../bot/reply/texts.js';
import { type FakeWechat, openFakeWechat } from '../../fake-wechat/server.js';
import { day } from '../../knowledge/archive/archive-on-disk.js';
import { newArchive, newFolder, type Program, startProgram } from './program-for-test.js';

const [BOT, ROOM, BOARD, NEW] = ['群史', '造物工坊', '理事会', '新群'];
const [ada, ben, cai, dan] = ['阿妲', '小本', 'J.J.', '丹丹'];
const QUESTION = 'PETG 打印拉丝怎么调？';

let wechat: FakeWechat;
let program: Program;
const archive = newArchive();
const settings = { ARCHIVE: archive, DATA_DIR: newFolder(), ROOMS: `${ROOM},${BOARD}`, WATCH: '1' };

beforeAll(async () => {
  mkdirSync(join(archive, BOARD), { recursive: true });
  const secret = day(
    ['10:00:00', '理事', 'PETG 打印拉丝的供应商怎么调价？'],
    ['10:01:00', '理事', 'PETG 拉丝供应商调价到九十九，先保密'],
  );
  writeFileSync(join(archive, BOARD, '2025-03-02.markdown'), secret);
  const members = [{ name: BOT }, { name: ada }, { name: ben }, { name: cai, card: 'J.J.-厦门' }, { name: dan }];
  const impostor = { name: '路人', card: ada };
  wechat = await openFakeWechat({
    bot: BOT,
    rooms: [
      { key: ROOM, topic: ROOM, members: [...members, impostor] },
      { key: BOARD, topic: BOARD, members: [{ name: BOT }, { name: ada }, { name: ben }] },
      { key: NEW, topic: NEW, members },
    ],
  });
  program = startProgram(wechat, settings);
  await wechat.listening();
}, 60_000);
afterAll(async () => {
  program.kill('SIGKILL');
  await program.ended;
  await wechat.close();
});

/** Says something and returns what the bot answers to it. */
async function answerTo(by: string, room: string | undefined, text: string): Promise<string> {
  const before = wechat.sent.length;
  const to = room ?? by;
  wechat.say(by, room, { text });
  await expect.poll(() => wechat.sent.slice(before).some((one) => one.to === to), { timeout: 20_000 }).toBe(true);
  return wechat.sent.slice(before).find((one) => one.to === to)?.text ?? '';
}
/** Says something that must not be answered, and then in another room something that is. */
async function silenceAfter(by: string, room: string, text: string): Promise<void> {
  const before = wechat.sent.length;
  wechat.say(by, room, { text });
  expect(await answerTo(ada, BOARD, '管理员')).toContain(ada);
  expect(wechat.sent.slice(before).filter((one) => one.to === room)).toEqual([]);
}

test('绑定: the code of the log makes an admin in a direct chat', async () => {
  const [, code = ''] = await program.prints(/"code":"(\d{8})"[^\n]*绑定/);
  expect(await answerTo(ada, undefined, '绑定 00000000')).toBe(memberReplies.bound.wrong);
  expect(await answerTo(ada, undefined, `绑定 ${code}`)).toBe(memberReplies.bound.bound);
});

test('启用: a room that ROOMS does not name is deaf until an admin says so there', async () => {
  await silenceAfter(ben, NEW, `@${BOT}\u2005${QUESTION}`);
  await silenceAfter(ben, NEW, `@${BOT}\u2005启用`);
  expect(await answerTo(ada, NEW, '启用')).toBe(memberReplies.enabled);
  expect(await answerTo(dan, NEW, `@${BOT}\u2005状态`)).toMatch(/^聊天记录：\d 条/);
});

describe('管理员', () => {
  test('重载 by somebody whose card is the name of an admin is refused', async () => {
    expect(await answerTo('路人', ROOM, `@${BOT}\u2005重载`)).toBe(memberReplies.adminsOnly);
    await silenceAfter('路人', ROOM, '重载');
  });
  test('管理员 加 @人 takes the one member who is called so, and nobody if there are two', async () => {
    expect(await answerTo(ada, ROOM, '管理员 加 @J.J.-厦门\u2005')).toBe(memberReplies.adminAdded('J.J.-厦门'));
    expect(await answerTo(ada, ROOM, `管理员 减 @${ada}\u2005`)).toBe(memberReplies.severalCalled(ada));
  });
  test('重载 quoted, forwarded or in quotation marks by an admin is not obeyed', async () => {
    await silenceAfter(ada, ROOM, '「小本：重载」\n- - - - - - - - - - - - - - -\n重载是什么');
    await silenceAfter(ada, ROOM, '「小本：重载」\n- - - - - - - - - - - - - - -\n');
    await silenceAfter(ada, ROOM, '「重载」');
  });
  test('重载 by an admin reads the archive again', async () => {
    expect(await answerTo(ada, ROOM, '重载')).toMatch(/^重载好了，用了 [\d.]+ 秒。/);
  });
});

test('@群史 question in a direct chat is answered from the rooms of the person at that moment', async () => {
  const both = await answerTo(ben, undefined, QUESTION);
  expect(both).toContain('九十九');
  expect(await answerTo(dan, undefined, QUESTION)).not.toContain('九十九');
  wechat.leave(ben, BOARD);
  expect(await answerTo(ben, undefined, QUESTION)).not.toContain('九十九');
  expect(await answerTo(ben, undefined, '更多')).not.toContain('九十九');
});

test('@群史 question to somebody who is in no room any more is answered with why there is none', async () => {
  for (const room of [ROOM, NEW]) wechat.leave(dan, room);
  expect(await answerTo(dan, undefined, QUESTION)).toBe(memberReplies.notAMember);
});

test('忘记我: nothing of a member is shown after he confirmed it', async () => {
  expect(await answerTo(cai, ROOM, `@${BOT}\u2005${QUESTION}`)).toMatch(/J\.J\. \d/);
  expect(await answerTo(cai, ROOM, '忘记我')).toMatch(/以 J\.J\..* 的名字说的 \d+ 条/);
  expect(await answerTo(cai, ROOM, '确认忘记')).toMatch(/^好，你说的 \d+ 条消息/);
  expect(await answerTo(ada, undefined, QUESTION)).not.toMatch(/J\.J\. \d/);
});

test('npm run reload and WATCH=1 have the archive read again', async () => {
  process.kill(program.botPid(), 'SIGUSR2');
  await program.prints(/"why":"signal"[^\n]*"archive reloaded"/);
  program.kill('SIGUSR2');
  await expect.poll(() => program.printed().match(/"why":"signal"/g)?.length, { timeout: 20_000 }).toBeGreaterThan(1);
  cpSync(join(archive, BOARD, '2025-03-02.markdown'), join(archive, BOARD, '2025-03-03.markdown'));
  await program.prints(/"why":"changed files","added":1[^\n]*"archive reloaded"/);
}, 60_000);

test('nothing that was said stands in the log', () => {
  expect(program.printed()).not.toMatch(/拉丝|九十九|重载是什么/);
});
