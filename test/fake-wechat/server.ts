/**
 * Web WeChat on loopback: enough of its server for the real client to log in, listen and speak, with faults on command.
 *
 * In: a world of people and rooms; what they say; which faults to have. Out: what the client sent. It shows what the client
 * does; how Tencent's servers behave today nobody can learn from it.
 */
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Content, type Said, wireMessage } from './messages.js';
import { partOf } from './multipart.js';
import { contactOf, everybody, type FakeRoom, personId, roomOf, type World, whoIs } from './world.js';

/** Something the client said or showed. */
export interface Sent {
  /** Key of the room or name of the person. */
  readonly to: string;
  readonly text: string;
  readonly image?: Uint8Array;
  /** UTC ms. */
  readonly at: number;
}

export interface Faults {
  /** The next `times` messages are refused with this code (1205: too often, 1204: restricted, 1101: logged out). */
  refuseSends(ret: number, times: number): void;
  /** The account may not use the web: told only after the QR code was scanned. */
  refuseAccount(ret: number): void;
  /** Every connection breaks, until the function that is returned is called. */
  outage(): () => void;
  /** The phone ends the session; its id is worth nothing any more. */
  logOut(): void;
  /** Every answer takes this long, ms. */
  slow(ms: number): void;
  /** The next `times` looks at rooms show no members. */
  hideMembers(times: number): void;
  /** The next `times` starts of a session end in a server error. */
  breakStarts(times: number): void;
}

export interface FakeWechat {
  readonly port: number;
  /** Names of the rooms. */
  readonly topics: readonly string[];
  readonly faults: Faults;
  /** Somebody leaves a room; nobody is told. */
  leave(name: string, room: string): void;
  /** QR codes given out, and logins with one. */
  readonly qr: { shown: number; logins: number };
  /** Says something and returns its message id. `id` and `at` (Unix s) as given, for duplicates and late ones. */
  say(by: string, room: string | undefined, content: Content, given?: { readonly id?: string; readonly at?: number }): string;
  readonly sent: readonly Sent[];
  /** The first thing sent that fits, sent already or still to come; rejects after `ms`. */
  heard(fits: (sent: Sent) => boolean, ms?: number): Promise<Sent>;
  /** Fulfilled when the client is listening. */
  listening(ms?: number): Promise<void>;
  close(): Promise<void>;
}

/** The real server holds a poll for about this long, ms. */
const POLL = 25_000;
const ok = { Ret: 0, ErrMsg: '' };

export async function openFakeWechat(world: World): Promise<FakeWechat> {
  const events = new EventEmitter().setMaxListeners(0);
  const sent: Sent[] = [];
  const qr = { shown: 0, logins: 0 };
  const state = {
    seed: '',
    sid: '',
    refusedWith: 0,
    down: false,
    delay: 0,
    hidden: 0,
    broken: 0,
    syncKey: 1,
    nextId: 0,
    polls: 0,
    scanned: false,
  };
  const refusals: number[] = [];
  const gone = new Set<string>();
  const asItIs = (room: FakeRoom): FakeRoom => ({
    ...room,
    members: room.members.filter(({ name }) => !gone.has(`${room.key} ${name}`)),
  });
  let pending: Said[] = [];
  const sockets = new Set<Socket>();

  const answer = (response: ServerResponse, body: string | object, status = 200, headers: Record<string, string[]> = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const type = typeof body === 'string' ? 'text/plain' : 'application/json';
    response.writeHead(status, { 'content-type': type, ...headers }).end(text);
  };
  const record = (to: string, content: Omit<Sent, 'to' | 'at'>) => {
    const known = whoIs(world, state.seed, to);
    if (known === undefined) return { BaseResponse: { Ret: -1, ErrMsg: '' } };
    const one = { to: 'key' in known ? known.key : known.name, at: Date.now(), ...content };
    sent.push(one);
    events.emit('sent', one);
    return { BaseResponse: ok, MsgID: newId(), LocalID: '1' };
  };
  const newId = () => {
    state.nextId += 1;
    return String(4_442_000_000_000_000_000n + BigInt(state.nextId));
  };
  const syncKey = () => ({ Count: 1, List: [{ Key: 1, Val: state.syncKey }] });

  const routes: Readonly<Record<string, (call: Call) => void | Promise<void>>> = {
    jslogin({ response }) {
      qr.shown += 1;
      answer(response, `window.QRLogin.code = 200; window.QRLogin.uuid = "code-${qr.shown}";`);
      events.emit('qr');
    },
    login({ response, query }) {
      // First the phone scans, then its owner confirms.
      state.scanned = !state.scanned;
      if (state.scanned) return answer(response, "window.code=201;window.userAvatar='data:img/jpg;base64,';");
      const target = `https://wx.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=t&uuid=${query.get('uuid')}&lang=zh_CN&scan=1`;
      answer(response, `window.code=200;\nwindow.redirect_uri="${target}";`);
    },
    webwxnewloginpage({ response }) {
      if (state.refusedWith !== 0) {
        const why = '<message>为了你的帐号安全，此微信号不能登录网页微信。</message>';
        return answer(response, `<error><ret>${state.refusedWith}</ret>${why}</error>`, 301);
      }
      qr.logins += 1;
      state.seed = `login ${qr.logins}`;
      state.sid = `sid-${qr.logins}`;
      pending = [];
      const body = `<error><ret>0</ret><message></message><skey>@crypt_${qr.logins}</skey><wxsid>${state.sid}</wxsid><wxuin>1001</wxuin><pass_ticket>pass</pass_ticket><isgrayscale>1</isgrayscale></error>`;
      const cookies = ['wxuin=1001; Path=/;', `wxsid=${state.sid}; Path=/;`, 'webwx_data_ticket=data; Path=/;'];
      answer(response, body, 301, { 'set-cookie': cookies });
    },
    webwxinit({ response }) {
      if (state.broken > 0) {
        state.broken -= 1;
        return answer(response, 'bad gateway', 502);
      }
      answer(response, {
        BaseResponse: ok,
        ContactList: world.rooms.map((room) => roomOf(state.seed, room, false)),
        SyncKey: syncKey(),
        User: { Uin: 1001, UserName: personId(state.seed, world.bot), NickName: world.bot },
        SKey: '@crypt_key',
      });
    },
    webwxstatusnotify: ({ response }) => answer(response, { BaseResponse: ok, MsgID: newId() }),
    webwxgetcontact({ response }) {
      const people = everybody(world).filter((name) => name !== world.bot);
      const list = [
        ...people.map((name) => contactOf(state.seed, name)),
        ...world.rooms.map((room) => roomOf(state.seed, room, false)),
      ];
      answer(response, { BaseResponse: ok, MemberCount: list.length, MemberList: list, Seq: 0 });
    },
    webwxbatchgetcontact({ response, json }) {
      const showsMembers = state.hidden === 0;
      if (!showsMembers) state.hidden -= 1;
      const asked = (json as { List: readonly { UserName: string }[] }).List;
      const list = asked.flatMap(({ UserName }) => {
        const known = whoIs(world, state.seed, UserName);
        if (known === undefined) return [];
        return ['key' in known ? roomOf(state.seed, asItIs(known), showsMembers) : contactOf(state.seed, known.name)];
      });
      answer(response, { BaseResponse: ok, Count: list.length, ContactList: list });
    },
    async synccheck({ response, query }) {
      const isOurs = () => query.get('sid') === state.sid;
      state.polls += 1;
      events.emit('poll');
      const gone = new AbortController();
      response.on('close', () => gone.abort());
      const timer = setTimeout(() => gone.abort(), POLL);
      while (isOurs() && pending.length === 0 && !gone.signal.aborted) {
        await once(events, 'news', { signal: gone.signal }).catch(() => undefined);
      }
      clearTimeout(timer);
      state.polls -= 1;
      const [code, selector] = isOurs() ? ['0', pending.length > 0 ? '2' : '0'] : ['1101', '0'];
      answer(response, `window.synccheck={retcode:"${code}",selector:"${selector}"}`);
    },
    webwxsync({ response }) {
      const list = pending.map((said) => wireMessage(state.seed, personId(state.seed, world.bot), said));
      pending = [];
      state.syncKey += 1;
      const lists = { AddMsgCount: list.length, AddMsgList: list, ModContactCount: 0, ModContactList: [] };
      answer(response, { BaseResponse: ok, ...lists, SyncKey: syncKey(), SyncCheckKey: syncKey(), SKey: '' });
    },
    webwxsendmsg({ response, json }) {
      const { Msg } = json as { Msg: { Content: string; ToUserName: string } };
      const ret = refusals.shift();
      answer(
        response,
        ret === undefined ? record(Msg.ToUserName, { text: Msg.Content }) : { BaseResponse: { Ret: ret, ErrMsg: '' } },
      );
    },
    webwxuploadmedia({ response, body }) {
      const id = `media-${newId()}`;
      media.set(id, partOf(body, 'filename'));
      answer(response, { BaseResponse: ok, MediaId: id });
    },
    webwxsendmsgimg({ response, json }) {
      const { Msg } = json as { Msg: { MediaId: string; ToUserName: string } };
      const image = media.get(Msg.MediaId);
      answer(response, record(Msg.ToUserName, { text: '', ...(image ? { image } : {}) }));
    },
    webwxlogout({ response }) {
      state.sid = '';
      answer(response, '');
    },
  };
  const media = new Map<string, Uint8Array>();

  const server = createServer(async (request, response) => {
    if (state.down) return void request.socket.destroy();
    const body = await buffer(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback');
    const route = routes[pathname.split('/').at(-1) ?? ''];
    if (route === undefined) return answer(response, 'not found', 404);
    const json = jsonOf(request, body);
    if (state.delay > 0) await new Promise((resolve) => setTimeout(resolve, state.delay));
    const sid = (json as { BaseRequest?: { Sid?: string } } | undefined)?.BaseRequest?.Sid;
    if (sid !== undefined && (sid === '' || sid !== state.sid))
      return answer(response, { BaseResponse: { Ret: sid === '' ? 1 : 1101 } });
    await route({ response, query: searchParams, json, body });
  });
  server.on('connection', (socket) => {
    if (state.down) return void socket.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const wait = async (event: string, ms: number, what: string, done: () => boolean) => {
    const patience = AbortSignal.timeout(ms);
    while (!done()) {
      await once(events, event, { signal: patience }).catch(() => {
        throw new Error(`${what}: not within ${ms} ms; sent so far: ${JSON.stringify(sent)}`);
      });
    }
  };

  return {
    port: (server.address() as AddressInfo).port,
    topics: world.rooms.map(({ topic }) => topic),
    qr,
    sent,
    leave: (name, room) => void gone.add(`${room} ${name}`),
    faults: {
      refuseSends: (ret, times) => void refusals.push(...Array<number>(times).fill(ret)),
      refuseAccount: (ret) => void Object.assign(state, { refusedWith: ret }),
      outage() {
        state.down = true;
        for (const socket of sockets) socket.destroy();
        return () => void Object.assign(state, { down: false });
      },
      logOut() {
        state.sid = 'ended by the phone';
        events.emit('news');
      },
      slow: (ms) => void Object.assign(state, { delay: ms }),
      hideMembers: (times) => void Object.assign(state, { hidden: times }),
      breakStarts: (times) => void Object.assign(state, { broken: times }),
    },
    say(by, key, content, given = {}) {
      const room = key === undefined ? undefined : world.rooms.find((one) => one.key === key);
      if (key !== undefined && room === undefined) throw new Error(`the fake has no room ${key}`);
      const id = given.id ?? newId();
      pending.push({ id, at: given.at ?? Math.floor(Date.now() / 1000), by, ...(room ? { room } : {}), ...content });
      events.emit('news');
      return id;
    },
    async heard(fits, ms = 15_000) {
      await wait('sent', ms, 'a message of the bot', () => sent.some(fits));
      return sent.find(fits) as Sent;
    },
    listening: (ms = 30_000) => wait('poll', ms, 'a poll of the client', () => state.polls > 0),
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

interface Call {
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly json: unknown;
  readonly body: Buffer;
}

function jsonOf({ headers }: IncomingMessage, body: Buffer): unknown {
  return headers['content-type']?.includes('json') && body.length > 0 ? JSON.parse(body.toString('utf8')) : undefined;
}
