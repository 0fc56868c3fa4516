/** An outage, in a file of its own: the promise is about time, so few other bots may start meanwhile. */
import { expect, test } from 'vitest';
import { inWechat } from './in-wechat-for-test.js';

const ROOM = '造物工坊';
const OUTAGE = 15_000;
const PROMISED = 20_000;

test(
  'after an outage of 15 s it answers again within 20 s, without a new QR code',
  () =>
    inWechat(
      { bot: '群史', rooms: [{ key: ROOM, topic: ROOM, members: [{ name: '群史' }, { name: '老许' }] }] },
      async ({ wechat, start }) => {
        start();
        await wechat.listening();
        const end = wechat.faults.outage();
        await new Promise((resolve) => setTimeout(resolve, OUTAGE));
        end();
        const before = Date.now();
        await wechat.listening(PROMISED);
        wechat.say('老许', ROOM, { text: '@群史\u2005PETG 打印拉丝怎么调？' });
        await wechat.heard(({ text }) => text.includes('【1】'), PROMISED - (Date.now() - before));
        expect(wechat.qr.logins).toBe(1);
      },
    ),
  90_000,
);
