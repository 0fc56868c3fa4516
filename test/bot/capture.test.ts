/** What the bot hands to the archive, and what it does not. */
import { pino } from 'pino';
import { beforeEach, describe, expect, test } from 'vitest';
import { createCapture, type LiveArchive } from '../../bot/capture.js';
import type { Room } from '../../bot/chat/chat.js';
import { captureRoomOf } from '../../bot/conversation/rooms.js';
import { blankNotebook, type Notebook } from '../../bot/notebook.js';
import { replies } from '../../bot/reply/texts.js';
import type { LiveMessage } from '../../knowledge/index.js';
import { message } from './fakes.js';

const group = { id: 'room', topic: '群' };
let live: Room[];
let archiveRooms: string[];
let now: number;
let recorded: LiveMessage[];
let recalled: (readonly [string, string])[];
let gaps: { readonly from: number; readonly to: number }[];
let notebook: Notebook;
let refuses: boolean;
let logged: string[];
let unrecorded: string[];

beforeEach(() => {
  live = [group, { id: 'other', topic: '别的群' }];
  archiveRooms = ['群'];
  now = 1_000_000;
  recorded = [];
  recalled = [];
  gaps = [];
  notebook = blankNotebook();
  refuses = false;
  logged = [];
  unrecorded = [];
});

function setUp(roomMap: ReadonlyMap<string, readonly string[]> = new Map()) {
  const archive: LiveArchive = {
    async record(one) {
      if (refuses) throw new Error('no space left');
      recorded.push(one);
    },
    recall: async (room, id) => void recalled.push([room, id]),
    noteGap: async (from, to) => void gaps.push({ from, to }),
    gaps: () => gaps,
    flush: async () => undefined,
  };
  return createCapture({
    archive,
    archiveRooms: () => archiveRooms,
    chat: { rooms: async () => live, me: () => ({ id: 'me', name: '群史' }) },
    captureRoomOf: (room, rooms) => captureRoomOf(room, { live: rooms, map: roomMap }),
    isUnrecorded: (_, { id = '', name }) => unrecorded.includes(id) || unrecorded.includes(name),
    notebook,
    clock: () => now,
    log: pino({ level: 'error' }, { write: (line: string) => void logged.push(line) }),
  });
}
const settle = () => new Promise(setImmediate);

describe('a message in a group', () => {
  test('is handed over with all that is known of it', async () => {
    const sender = { id: '@1', name: 'Alice', groupNickname: '爱丽丝' };
    await setUp().heard(message('先烘料', { id: '7', at: 5, sender }));
    expect(recorded).toEqual([
      { room: '群', id: '7', at: 5, sender: '@1', name: 'Alice', groupNickname: '爱丽丝', kind: 'text', text: '先烘料' },
    ]);
  });
  test('that answers a quoted one is parted from it', async () => {
    await setUp().heard(message('「老许：烘多久？\n谢谢」\n- - - - - - - - - - - - - - -\n六小时'));
    expect(recorded).toMatchObject([{ text: '六小时', quoted: { name: '老许', text: '烘多久？\n谢谢' } }]);
  });
  test('without words keeps its kind', async () => {
    await setUp().heard(message('', { kind: 'voice' }));
    expect(recorded).toMatchObject([{ kind: 'voice', text: '' }]);
  });
  test('of a member without a name gets one all the same', async () => {
    await setUp().heard(message('先烘料', { sender: { id: '@1', name: '' } }));
    expect(recorded).toMatchObject([{ name: replies.unnamed }]);
  });
  test('goes where the mapping says', async () => {
    await setUp(new Map([['群', ['旧群', '更旧的群']]])).heard(message('先烘料'));
    expect(recorded).toMatchObject([{ room: '旧群' }]);
  });
  test('that the disk refuses costs no other, and its words are in no log', async () => {
    const capture = setUp();
    refuses = true;
    await capture.heard(message('先烘料', { id: '1' }));
    await settle();
    refuses = false;
    await capture.heard(message('再降温', { id: '2' }));
    expect(recorded.map(({ id }) => id)).toEqual(['2']);
    expect(logged.join()).toContain('no space left');
    expect(logged.join()).not.toContain('先烘料');
  });
});

describe('nothing is kept', () => {
  test('of a direct chat', async () => {
    const { room: _room, ...direct } = message('在吗');
    await setUp().heard(direct);
    expect(recorded).toEqual([]);
  });
  test('of two groups of one name', async () => {
    live = [group, { id: 'impostor', topic: '群' }];
    await setUp().heard(message('先烘料'));
    expect(recorded).toEqual([]);
  });
  test('of a group without a name', async () => {
    await setUp().heard(message('先烘料', { room: { id: 'x', topic: '' } }));
    expect(recorded).toEqual([]);
  });
});

describe('of somebody who does not want to be recorded', () => {
  test('nothing is kept, and of what others quote of him only their own words', async () => {
    unrecorded = ['@1', '老许'];
    const capture = setUp();
    await capture.heard(message('先烘料', { id: '1', sender: { id: '@1', name: 'Alice' } }));
    await capture.heard(message('「老许：烘多久？」\n- - - - - - - - - - - - - - -\n六小时', { id: '2' }));
    expect(recorded).toEqual([{ ...recorded[0], id: '2', text: '六小时' }]);
    expect(recorded[0]).not.toHaveProperty('quoted');
  });
  test('what the bot says to him is not kept, and its echo is not taken for words of its owner', async () => {
    const capture = setUp();
    capture.sent({ room: 'room', offRecord: true }, '「怎么报销」');
    await capture.heard(message('「怎么报销」', { id: 'echo', self: true }));
    expect(recorded).toEqual([]);
  });
});

describe('what the bot says itself', () => {
  test('is kept when it is sent, and its echo is not kept again', async () => {
    const capture = setUp();
    capture.sent({ room: 'room' }, '群里聊过');
    await settle();
    now += 9_000;
    await capture.heard(message('群里聊过', { id: 'echo', self: true }));
    expect(recorded).toEqual([
      {
        room: '群',
        id: expect.any(String),
        at: 1_000_000,
        sender: 'me',
        name: '群史',
        kind: 'bot',
        text: '群里聊过',
      },
    ]);
  });
  test('twice has two echoes, and a third is its owner typing on the phone', async () => {
    const capture = setUp();
    for (let i = 0; i < 2; i++) capture.sent({ room: 'room' }, '好');
    await settle();
    for (let i = 0; i < 3; i++) await capture.heard(message('好', { id: `${i}`, self: true }));
    expect(recorded.map(({ id }) => id.replace(/^own.*/, 'own'))).toEqual(['own', 'own', '2']);
  });
  test('is kept from the phone too: later, or in another group, it is no echo', async () => {
    const capture = setUp();
    capture.sent({ room: 'room' }, '好');
    await settle();
    await capture.heard(message('好', { id: '1', self: true, room: { id: 'other', topic: '别的群' } }));
    now += 11_000;
    await capture.heard(message('好', { id: '2', self: true }));
    expect(recorded).toHaveLength(3);
  });
  test('has an id of its own each time', async () => {
    const capture = setUp();
    for (let i = 0; i < 3; i++) capture.sent({ room: 'room' }, '好');
    await settle();
    expect(new Set(recorded.map(({ id }) => id)).size).toBe(3);
  });
  test('is no talk as a picture either', async () => {
    setUp().sent({ room: 'room' }, { picture: new Uint8Array(), name: 'a.png' });
    await settle();
    expect(recorded).toMatchObject([{ kind: 'bot', text: '' }]);
  });
  test('to a person is not kept', async () => {
    setUp().sent({ person: 'alice' }, '请到群里问');
    await settle();
    expect(recorded).toEqual([]);
  });
});

test('a message taken back is taken back in the archive', async () => {
  await setUp().recalled(group, '7');
  expect(recalled).toEqual([['群', '7']]);
});

describe('a login', () => {
  test('after a time offline notes a gap from the last sign of life', async () => {
    notebook.change(() => ({ lastHeard: 100_000, lastAlive: 700_000 }));
    await setUp().loggedIn();
    expect(gaps).toEqual([{ from: 700_000, to: 1_000_000 }]);
  });
  test('for the first time notes none, nor does one within seconds', async () => {
    await setUp().loggedIn();
    now += 2_000;
    await setUp().loggedIn();
    expect(gaps).toEqual([]);
  });
});

test('a room that the archive did not have is remembered, so that it does not hide the others', async () => {
  const capture = setUp();
  await capture.heard(message('a', { room: { id: 'other', topic: '别的群' } }));
  await capture.heard(message('b'));
  expect(notebook.read().bornLive).toEqual(['别的群']);
});
