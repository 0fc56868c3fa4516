/** The fake itself: that it says what the real server was seen to say, that its faults happen, and that nothing leaves the machine. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeWechat, openFakeWechat } from './server.js';

const world = {
  bot: '群史',
  rooms: [{ key: '读书群', topic: '读书群', members: [{ name: '群史' }, { name: 'Alice', card: '爱丽丝' }] }],
};
let wechat: FakeWechat;
beforeEach(async () => {
  wechat = await openFakeWechat(world);
});
afterEach(() => wechat.close());

async function call(path: string, body?: object): Promise<string> {
  const json = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`http://127.0.0.1:${wechat.port}/${path}`, { redirect: 'manual', ...json });
  return response.text();
}

/** What the client knows after a login. */
async function logIn() {
  const sid = /<wxsid>(.*)<\/wxsid>/.exec(await call('webwxnewloginpage'))?.[1] ?? '';
  const request = { BaseRequest: { Sid: sid } };
  const start = JSON.parse(await call('webwxinit', request));
  return { sid, request, me: start.User.UserName as string, room: start.ContactList[0].UserName as string };
}
const poll = (sid: string) => call(`synccheck?sid=${sid}`);

describe('a login', () => {
  test('draws every id anew', async () => {
    const [first, second] = [await logIn(), await logIn()];
    expect(first.room).toMatch(/^@@[0-9a-f]{64}$/);
    expect(second.room).not.toBe(first.room);
    expect(second.me).not.toBe(first.me);
  });
  test('that is restored keeps them', async () => {
    const { request, room } = await logIn();
    expect(JSON.parse(await call('webwxinit', request)).ContactList[0].UserName).toBe(room);
  });
  test('of a refused account ends with a code and no session', async () => {
    wechat.faults.refuseAccount(1203);
    const page = await call('webwxnewloginpage');
    expect(page).toContain('<ret>1203</ret>');
    expect(page).not.toContain('wxsid');
  });
  test('ended by the phone is refused everywhere', async () => {
    const { sid, request } = await logIn();
    wechat.faults.logOut();
    expect(await poll(sid)).toContain('retcode:"1101"');
    expect(JSON.parse(await call('webwxinit', request)).BaseResponse.Ret).toBe(1101);
  });
});

describe('a message', () => {
  test('ends the poll and is delivered once, escaped', async () => {
    const { sid, request } = await logIn();
    const polled = poll(sid);
    wechat.say('Alice', '读书群', { text: 'A&B <ok>\n完' });
    expect(await polled).toContain('selector:"2"');
    const [message] = JSON.parse(await call('webwxsync', request)).AddMsgList;
    expect(message.Content).toMatch(/^@[0-9a-f]{64}:<br\/>A&amp;B &lt;ok&gt;<br\/>完$/);
    expect(JSON.parse(await call('webwxsync', request)).AddMsgList).toEqual([]);
  });
  test('of the client is noted, under the name of the room', async () => {
    const { request, room, me } = await logIn();
    await call('webwxsendmsg', { ...request, Msg: { Content: '在', ToUserName: room, FromUserName: me } });
    expect(wechat.sent).toMatchObject([{ to: '读书群', text: '在' }]);
  });
  test('is refused as often as asked for', async () => {
    const { request, room } = await logIn();
    wechat.faults.refuseSends(1205, 1);
    const send = async () =>
      JSON.parse(await call('webwxsendmsg', { ...request, Msg: { Content: '在', ToUserName: room } })).BaseResponse.Ret;
    expect([await send(), await send()]).toEqual([1205, 0]);
  });
});

test('members come with a look at the room only, and late if told so', async () => {
  const { request, room } = await logIn();
  wechat.faults.hideMembers(1);
  const members = async () =>
    JSON.parse(await call('webwxbatchgetcontact', { ...request, List: [{ UserName: room }] })).ContactList[0].MemberList.map(
      ({ DisplayName }: { DisplayName: string }) => DisplayName,
    );
  expect([await members(), await members()]).toEqual([[], ['', '爱丽丝']]);
});

test('in an outage every connection breaks, afterwards none', async () => {
  const { request } = await logIn();
  const end = wechat.faults.outage();
  await expect(call('webwxinit', request)).rejects.toThrow();
  end();
  await expect(call('webwxinit', request)).resolves.toContain('"Ret":0');
});

describe('a process with the preload', () => {
  const run = (script: string) =>
    promisify(execFile)(
      process.execPath,
      ['--import', fileURLToPath(new URL('redirect.mjs', import.meta.url)), '--input-type=module', '-e', script],
      { env: { ...process.env, FAKE_WECHAT_PORT: String(wechat.port) } },
    );

  test('reaches the fake under the real names', async () => {
    const script =
      "import https from 'node:https'; https.get('https://login.wx.qq.com/jslogin', (r) => r.setEncoding('utf8').on('data', console.log));";
    expect((await run(script)).stdout).toContain('window.QRLogin.code = 200');
  });
  test.each([
    ['https', "import { get } from 'node:https'; get('https://example.com/');"],
    ['http', "import http from 'node:http'; http.request({ hostname: 'example.com' });"],
    ['fetch', "await fetch('https://example.com/');"],
  ])('cannot reach another host by %s', async (_, script) => {
    await expect(run(script)).rejects.toThrow(/may only reach the fake WeChat, not example\.com/);
  });
});
