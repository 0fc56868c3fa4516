/** What the bot still knows after a restart: every part of it on a real file, which is opened anew before each look. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { blankState } from '../../../bot/state/open.js';
import type { DigestMark, State } from '../../../bot/state/state.js';
import { anyText } from '../fakes.js';
import { newDataDir, openForTest } from './state-for-test.js';

let dataDir: string;
let state: State;
beforeEach(() => {
  dataDir = newDataDir();
  state = openForTest(dataDir);
  return () => state.close();
});
const restarted = (): State => {
  state.close();
  state = openForTest(dataDir);
  return state;
};

describe('admins', () => {
  const xu = { login: '@bot', contact: '@xu', name: '老许', since: 5, by: 'code' };
  test('are those of the login they proved themselves in', () => {
    state.admins.add(xu);
    expect(restarted().admins.of('@bot')).toEqual([xu]);
    expect(state.admins.of('@bot after a new QR code')).toEqual([]);
  });
  test('stand once, under the name they had last', () => {
    state.admins.add(xu);
    state.admins.add({ ...xu, name: '许工' });
    expect(state.admins.of('@bot').map(({ name }) => name)).toEqual(['许工']);
  });
  test('are removed once', () => {
    state.admins.add(xu);
    expect(state.admins.remove('@bot', '@xu')).toBe(true);
    expect(restarted().admins.remove('@bot', '@xu')).toBe(false);
  });
});

test('what admins did is told latest first', () => {
  const act = (what: string, at: number) => ({ at, who: '老许', contact: '@xu', room: '造物工坊', what, result: 'done' });
  for (const [i, what] of ['暂停', '继续', '重载'].entries()) state.audit.add(act(what, i));
  expect(restarted().audit.latest(2)).toEqual([act('重载', 2), act('继续', 1)]);
});

describe('a room', () => {
  test('of which nobody has said anything is as the settings say', () => {
    expect(state.rooms.get('造物工坊')).toEqual({ paused: false, unasked: false });
    expect(state.rooms.all().size).toBe(0);
  });
  test('keeps what was set, each by itself', () => {
    state.rooms.set('造物工坊', { enabled: true, digest: '08:30' });
    state.rooms.set('造物工坊', { unasked: true });
    state.rooms.set('读书群', { enabled: false, paused: true });
    state.rooms.set('造物工坊', { unasked: false });
    const { rooms } = restarted();
    expect(rooms.get('造物工坊')).toEqual({ enabled: true, paused: false, unasked: false, digest: '08:30' });
    expect([...rooms.all()]).toEqual([
      ['读书群', { enabled: false, paused: true, unasked: false }],
      ['造物工坊', { enabled: true, paused: false, unasked: false, digest: '08:30' }],
    ]);
  });
});

test('a room is known by any name, and by no other', () => {
  const legible = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '\ufffd');
  fc.assert(
    fc.property(anyText, anyText, (topic, other) => {
      fc.pre(legible(topic) !== legible(other));
      const { rooms } = blankState();
      rooms.set(topic, { paused: true });
      rooms.set(other, { unasked: true });
      expect(rooms.get(topic)).toEqual({ paused: true, unasked: false });
      expect([...rooms.all().keys()].sort()).toEqual([legible(topic), legible(other)].sort());
    }),
  );
});

test('names are kept as they are, whatever they are', () => {
  fc.assert(
    fc.property(fc.array(anyText), (names) => {
      const { optOuts } = blankState();
      optOuts.add({ kind: 'forgotten', rooms: names, names, senders: names, since: 1 });
      expect(optOuts.all()).toMatchObject([{ rooms: names, names, senders: names }]);
    }),
  );
});

test('who wants to be forgotten is, until he takes it back; the number is not given again', () => {
  const wish = { kind: 'forgotten', rooms: ['造物工坊'], names: ['老许', '许工 "3D"'], senders: ['@xu'], since: 7 } as const;
  const { id } = state.optOuts.add(wish);
  expect(restarted().optOuts.all()).toEqual([{ ...wish, id }]);
  state.optOuts.remove(id);
  expect(restarted().optOuts.all()).toEqual([]);
  expect(state.optOuts.add({ ...wish, kind: 'unrecorded' }).id).not.toBe(id);
});

test('what is hidden stays so, and may be hidden twice', () => {
  state.hidden.add(['a', 'b'], '老许', 1);
  state.hidden.add(['b', 'c'], '小红', 2);
  expect(restarted().hidden.all()).toEqual(['a', 'b', 'c']);
});

test('what is hidden is known by what was hidden together, the latest first, until it is shown again', () => {
  state.hidden.add(['b', 'a'], '老许', 1);
  state.hidden.add(['c'], '小红', 2);
  state.hidden.add(['d'], '老许', 2);
  const acts = restarted().hidden.acts();
  expect(acts).toHaveLength(3);
  expect(acts.at(-1)).toEqual(['a', 'b']);
  state.hidden.remove(['a', 'b', 'x']);
  expect(restarted().hidden.all()).toEqual(['c', 'd']);
});

describe('what somebody thought of an answer', () => {
  const judged = { question: '怎么调？', marks: ['a', 'b'], room: '造物工坊', contact: '@xu', at: 1 };
  test('is kept', () => {
    state.feedback.add({ ...judged, useful: false });
    state.feedback.add({ ...judged, useful: false, contact: '@hong' });
    const judgement = { question: '怎么调？', marks: ['a', 'b'], useful: false };
    expect(restarted().feedback.all()).toEqual([judgement, judgement]);
  });
  test('counts once if he says it again, as he said it last', () => {
    state.feedback.add({ ...judged, useful: false });
    state.feedback.add({ ...judged, useful: true, at: 2 });
    expect(state.feedback.all().map(({ useful }) => useful)).toEqual([true]);
  });
});

test('a subscription stands once, and whoever takes it off tells alone', () => {
  const wish = { room: '造物工坊', contact: '@xu', name: '老许', question: '喷嘴堵了怎么办？', since: 3 };
  const kept = state.subscriptions.add(wish);
  expect(state.subscriptions.add({ ...wish, since: 4 })).toBeUndefined();
  expect(restarted().subscriptions.all()).toEqual([kept]);
  expect(kept).toMatchObject(wish);
  expect([1, 2].map(() => state.subscriptions.remove(kept?.id ?? 0))).toEqual([true, false]);
  expect(state.subscriptions.add(wish)).toBeDefined();
});

describe('the mark of a digest', () => {
  const mark = (window: string, step: DigestMark['step'], at = 1): DigestMark => ({
    room: '造物工坊',
    window,
    step,
    at,
    tries: 1,
  });
  test('gives way only to who has seen it', () => {
    const { digests } = state;
    const sending = mark('2025-03-03/1', 'sending');
    expect(digests.replace(undefined, sending)).toBe(true);
    expect(digests.replace(undefined, sending)).toBe(false);
    expect(digests.replace(mark('2025-03-03/1', 'failed'), mark('2025-03-03/1', 'sent'))).toBe(false);
    expect(restarted().digests.get('造物工坊', '2025-03-03/1')).toEqual(sending);
    expect(state.digests.replace(sending, mark('2025-03-03/1', 'sent', 2))).toBe(true);
    expect(state.digests.replace(sending, mark('2025-03-03/1', 'failed', 3))).toBe(false);
    expect(state.digests.get('造物工坊', '2025-03-03/1')).toEqual(mark('2025-03-03/1', 'sent', 2));
  });
  test('keeps what the numbers of the digest mean, whatever becomes of it', () => {
    const sending = mark('2025-03-03/1', 'sending');
    state.digests.replace(undefined, sending);
    expect(state.digests.topics('造物工坊', '2025-03-03/1')).toBeUndefined();
    state.digests.keepTopics('造物工坊', '2025-03-03/1', ['a-1', 'b-2']);
    state.digests.replace(sending, mark('2025-03-03/1', 'sent', 2));
    expect(restarted().digests.topics('造物工坊', '2025-03-03/1')).toEqual(['a-1', 'b-2']);
  });
  test('is one of many, latest first, each room for itself', () => {
    for (const day of ['2025-03-02/1', '2025-03-04/1', '2025-03-03/1']) state.digests.replace(undefined, mark(day, 'sent'));
    state.digests.replace(undefined, { ...mark('2025-03-01/7', 'skipped'), room: '读书群' });
    const { digests } = restarted();
    expect(digests.of('造物工坊').map(({ window }) => window)).toEqual(['2025-03-04/1', '2025-03-03/1', '2025-03-02/1']);
    expect(digests.latest()).toEqual([{ ...mark('2025-03-01/7', 'skipped'), room: '读书群' }, mark('2025-03-04/1', 'sent')]);
    expect(digests.get('读书群', '2025-03-04/1')).toBeUndefined();
  });
});

test('a blank state is one of its own', () => {
  blankState().hidden.add(['a'], '老许', 1);
  expect(blankState().hidden.all()).toEqual([]);
});
