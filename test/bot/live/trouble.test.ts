/** Trouble before the login is there: what the client would do by itself, the bot must not let it. The tests run side by side. */
import { describe, test } from 'vitest';
import { REFUSED } from '../../../bot/exit-codes.js';
import { inWechat } from './in-wechat-for-test.js';

const world = { bot: '群史', rooms: [] };

describe.concurrent('before the login', () => {
  test(
    'a server error costs no login that is to be restored, where the client would log itself out',
    ({ expect }) =>
      inWechat(world, async ({ wechat, start }) => {
        const first = start();
        await first.prints(/"msg":"logged in"/);
        // The login is on disk when the client listens.
        await wechat.listening();
        first.kill('SIGTERM');
        await first.ended;
        wechat.faults.breakStarts(1);
        const second = start();
        await second.prints(/"restarts":1,"msg":"bot started"/);
        await second.prints(/"msg":"logged in"/);
        expect(wechat.qr).toEqual({ shown: 1, logins: 1 });
      }),
    60_000,
  );

  test(
    'without a server it tries again after some seconds, where the client would some hundred times a second',
    ({ expect }) =>
      inWechat(world, async ({ wechat, start }) => {
        const end = wechat.faults.outage();
        const program = start();
        await program.prints(/"restarts":1,"msg":"bot started"/);
        end();
        await program.prints(/"msg":"logged in"/);
        expect(program.printed().match(/the chat reports a fault/g)).toHaveLength(1);
      }),
    60_000,
  );

  test(
    'a refused account ends the program with a sentence that says what to do',
    ({ expect }) =>
      inWechat(world, async ({ wechat, start }) => {
        wechat.faults.refuseAccount(1203);
        const program = start();
        expect(await program.ended).toEqual({ code: REFUSED, signal: null });
        expect(program.printed()).toMatch(
          /^WECHATY_PUPPET: WeChat does not let this account log in .*use an account that is verified/m,
        );
        expect(program.printed()).not.toMatch(/\n\s+at /);
      }),
    60_000,
  );
});
