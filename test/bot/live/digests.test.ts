/** Digests with the real Web WeChat client, seen from outside: yesterday's words and picture arrive where they belong. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memberReplies, digests as texts } from '../../../bot/reply/texts.js';
import { openState } from '../../../bot/state/open.js';
import { addDays, digestDate } from '../../../knowledge/index.js';
import { type FakeWechat, openFakeWechat, type Sent } from '../../fake-wechat/server.js';
import { A_DAY } from '../commands/day-for-test.js';
import { newFolder, type Program, startProgram } from './program-for-test.js';

const [BOT, ROOM, OTHER] = ['群史', '造物群', '老板群'];
const [ada, ben] = ['阿妲', '小本'];
const YESTERDAY = addDays(digestDate('Asia/Shanghai', Date.now()), -1);

let wechat: FakeWechat;
let program: Program;

/** The room's digests were kept until the day before yesterday, so that one is due since five in the morning, when a day ends. */
function folderOf(room: string): string {
  const dataDir = newFolder();
  const state = openState({ dataDir, onFault: () => undefined });
  const window = `${addDays(YESTERDAY, -1)}/1`;
  state.digests.replace(undefined, { room, window, step: 'sent', at: Date.now() - 86_400_000, tries: 1 });
  state.close();
  return dataDir;
}

beforeAll(async () => {
  const archive = newFolder();
  for (const room of [ROOM, OTHER]) mkdirSync(join(archive, room));
  writeFileSync(join(archive, ROOM, `${YESTERDAY}.markdown`), A_DAY);
  writeFileSync(join(archive, OTHER, `${YESTERDAY}.markdown`), A_DAY.replaceAll('皮带', '供应商'));
  const members = [{ name: BOT }, { name: ada }, { name: ben }];
  const rooms = [ROOM, OTHER].map((topic) => ({ key: topic, topic, members }));
  wechat = await openFakeWechat({ bot: BOT, rooms });
  program = startProgram(wechat, {
    ...{ ARCHIVE: archive, DATA_DIR: folderOf(ROOM) },
    ...{ DIGEST_FORMAT: 'both', DIGEST_AT: '05:00', DIGEST_WEEKLY: '0' },
  });
  await wechat.listening();
}, 60_000);
afterAll(async () => {
  program.kill('SIGKILL');
  await program.ended;
  await wechat.close();
});

/** Width and height of a PNG, pixels. */
function sizeOf({ image }: Sent): readonly number[] {
  const png = Buffer.from(image ?? []);
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

test('what is due is posted in the room, words and picture, once; its numbers open the talks', async () => {
  const words = await wechat.heard(({ to, text }) => to === ROOM && text.includes('【1】'), 40_000);
  expect(words.text).toContain(YESTERDAY);
  expect(words.text).not.toContain('供应商');
  const [width = 0, height = 0] = sizeOf(await wechat.heard(({ to, image }) => to === ROOM && image !== undefined, 40_000));
  expect(width).toBe(1_080);
  expect(height).toBeLessThanOrEqual(2_400);
  wechat.say(ben, ROOM, { text: '1' });
  await wechat.heard(({ to, text }) => to === ROOM && text.includes('（这段对话到此为止）'));
  expect(wechat.sent.filter(({ to, text }) => to === ROOM && text.includes(texts.howToOpen(2)))).toHaveLength(1);
  expect(wechat.sent.filter(({ to }) => to === OTHER)).toEqual([]);
}, 90_000);

test('日报 预览 brings words and picture to the admin alone', async () => {
  const [, code = ''] = await program.prints(/"code":"(\d{8})"[^\n]*绑定/);
  wechat.say(ada, undefined, { text: `绑定 ${code}` });
  await wechat.heard(({ text }) => text === memberReplies.bound.bound);
  wechat.say(ada, OTHER, { text: '日报 预览' });
  await wechat.heard(({ to, text }) => to === OTHER && text === texts.previewSent, 40_000);
  const own = wechat.sent.filter(({ to }) => to === ada).slice(1);
  expect(own.map(({ text }) => text)).toEqual([texts.preview, expect.stringContaining('供应商'), '']);
  expect(sizeOf(own[2] as Sent)[0]).toBe(1_080);
  expect(wechat.sent.filter(({ to }) => to === OTHER)).toHaveLength(1);
}, 90_000);
