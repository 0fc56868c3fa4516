/**
 * What the built program survives: restarts and the end of the session. Each with the real client and a fake server of
 * its own; the tests run side by side, for they mostly wait.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { readState } from '../../../bot/state/open.js';
import type { FakeWechat } from '../../fake-wechat/server.js';
import { inWechat } from './in-wechat-for-test.js';

const ROOM = '造物工坊';
const BOT = '群史';
const members = [{ name: BOT }, ...Array.from({ length: 20 }, (_, i) => ({ name: `成员${i}` }))];
const world = { bot: BOT, rooms: [{ key: ROOM, topic: ROOM, members }] };
const PATIENCE = 90_000;

/** Asks something that was not asked before; fulfilled when the answer is there. */
async function isAnswered(wechat: FakeWechat): Promise<void> {
  const name = `第${wechat.sent.length + 1}次问`;
  wechat.say(`成员${wechat.sent.length + 1}`, ROOM, { text: `@${BOT}\u2005${name}：PETG 打印拉丝怎么调？` });
  await wechat.heard(({ text }) => text.startsWith(`「${name}`) && text.includes('【1】'));
}

describe.concurrent('without a new QR code', () => {
  test(
    'it starts again after SIGTERM, which ends it well',
    ({ expect }) =>
      inWechat(world, async ({ wechat, dataDir, start }) => {
        const first = start();
        await wechat.listening();
        await isAnswered(wechat);
        first.kill('SIGTERM');
        expect(await first.ended).toEqual({ code: 0, signal: null });
        // Nobody else can read the login or anything else, and what must be remembered is on disk.
        const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
        expect(files).toEqual(expect.arrayContaining(['wechat.memory-card.json', 'qunshi.sqlite']));
        expect(files.filter((file) => (statSync(join(dataDir, file)).mode & 0o077) !== 0)).toEqual([]);
        expect(readState(dataDir).notebook.read()).toMatchObject({ today: { sent: 1 }, login: expect.any(String) });
        start();
        await wechat.listening();
        await isAnswered(wechat);
        expect(wechat.qr.logins).toBe(1);
      }),
    PATIENCE,
  );

  test(
    'it goes on within seconds after the bot was killed',
    ({ expect }) =>
      inWechat(world, async ({ wechat, start }) => {
        const program = start();
        await wechat.listening();
        const killed = program.botPid();
        process.kill(killed, 'SIGKILL');
        await program.prints(/"restarts":1,"msg":"bot started"/);
        expect(program.botPid()).not.toBe(killed);
        await program.prints(/"msg":"logged in"[\s\S]*"msg":"logged in"/);
        await wechat.listening();
        await isAnswered(wechat);
        expect(wechat.qr.logins).toBe(1);
      }),
    PATIENCE,
  );

  test(
    'it starts again after its supervisor was killed, with which the bot ends too',
    ({ expect }) =>
      inWechat(world, async ({ wechat, start }) => {
        const program = start();
        await wechat.listening();
        program.kill('SIGKILL');
        // The streams belong to both: they close when the last of the two has ended.
        await program.ended;
        start();
        await wechat.listening();
        await isAnswered(wechat);
        expect(wechat.qr.logins).toBe(1);
      }),
    PATIENCE,
  );
});

describe.concurrent('when the phone ends the session', () => {
  test(
    'a new QR code is shown and the operator told, and after it all is well under new ids',
    ({ expect }) =>
      inWechat(world, async ({ wechat, start }) => {
        const program = start();
        await wechat.listening();
        await isAnswered(wechat);
        wechat.faults.logOut();
        await program.prints(/QR code needed[\s\S]*QR code needed/);
        await program.prints(/请用手机微信扫描[\s\S]*请用手机微信扫描/);
        await program.prints(/"msg":"logged in"[\s\S]*"msg":"logged in"/);
        await wechat.listening();
        await isAnswered(wechat);
        expect(wechat.qr.logins).toBe(2);
      }),
    PATIENCE,
  );
});
