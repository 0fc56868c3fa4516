/** An account that WeChat does not let in: the program says so and does not knock again and again. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { REFUSED } from '../../../bot/exit-codes.js';
import { type FakeWechat, openFakeWechat } from '../../fake-wechat/server.js';
import { newFolder, startProgram } from './program-for-test.js';

let wechat: FakeWechat;
beforeEach(async () => {
  wechat = await openFakeWechat({ bot: '群史', rooms: [] });
});
afterEach(() => wechat.close());

test('a refused account ends the program with a sentence that says what to do', async () => {
  wechat.faults.refuseAccount(1203);
  const program = startProgram(wechat, { DATA_DIR: newFolder() });
  expect(await program.ended).toEqual({ code: REFUSED, signal: null });
  expect(program.printed()).toMatch(
    /^WECHATY_PUPPET: WeChat does not let this account log in .*use an account that is verified/m,
  );
  expect(program.printed()).not.toMatch(/\n\s+at /);
});
