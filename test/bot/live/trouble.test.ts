/** A server in trouble just when a login is restored: the client would log itself out; the bot must not let it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FakeWechat, openFakeWechat } from '../../fake-wechat/server.js';
import { newFolder, startProgram } from './program-for-test.js';

let wechat: FakeWechat;
beforeEach(async () => {
  wechat = await openFakeWechat({ bot: '群史', rooms: [] });
});
afterEach(() => wechat.close());

test('a login outlives a server error at the start', async () => {
  const settings = { DATA_DIR: newFolder() };
  const first = startProgram(wechat, settings);
  await wechat.listening();
  await first.prints(/"msg":"logged in"/);
  first.kill('SIGTERM');
  await first.ended;
  wechat.faults.breakStarts(1);
  const second = startProgram(wechat, settings);
  await second.prints(/"restarts":1,"msg":"bot started"/);
  await second.prints(/"msg":"logged in"/);
  expect(wechat.qr).toEqual({ shown: 1, logins: 1 });
  second.kill('SIGTERM');
  await second.ended;
}, 40_000);
