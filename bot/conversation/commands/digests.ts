/**
 * Digests on demand and what a room wants of them: 日报, 周报.
 *
 * In: a day, a number, or a setting. Out: the digest of a room, a topic of it, or a changed setting of the room.
 */
import { addDays, type Digest, type DigestTopic, type Scope } from '../../../knowledge/index.js';
import type { Content, Room } from '../../chat/chat.js';
import { digestBubble } from '../../reply/digest.js';
import { isQuiet } from '../../reply/digest-wording.js';
import { memberReplies, replies, digests as texts } from '../../reply/texts.js';
import { mondayOf } from '../../schedule/postings.js';
import type { MadeDigest } from '../../schedule/room-digests.js';
import { windowName, windowNamed } from '../../schedule/windows.js';
import { dayCalled, yesterday } from '../days.js';
import { type Desk, roomsMeant } from '../desk.js';
import { openDigest } from '../open-digest.js';
import { openNumbered } from './answers.js';
import { always, byAdmins, type Call, type Command, never, type Outcome, refuse, say } from './command.js';
import { type Reader, saidOf, word } from './words.js';

/** A day as people name one, or figures that were meant as one. */
const DAY = /^(昨天|前天|今天|\d[\d/.年月日号-]*|)$/;

export const digestCommands: readonly Command[] = [
  {
    name: '日报 时间',
    read: after('日报', /^(\d{1,2}:\d{1,2}|\d{1,2}[点时](?:\d{1,2}分?)?)$/),
    who: 'admin',
    where: 'room',
    uncalled: byAdmins,
    help: '日报 09:00、日报 关：每天几点发前一天的日报；周报 开（关）：周一发不发上一周的',
    run: setTime,
  },
  { ...switching('日报 关', { digest: 'off' }, texts.off), read: word('日报 关', '日报关') },
  { ...switching('周报 开', { weekly: true }, texts.weekOn), read: word('周报 开', '周报开') },
  { ...switching('周报 关', { weekly: false }, texts.weekOff), read: word('周报 关', '周报关') },
  {
    name: '日报 预览',
    read: after('日报', /^预览 ?(.*)$/),
    who: 'admin',
    where: 'both',
    uncalled: byAdmins,
    help: '日报 预览：昨天的日报，私聊发给你看',
    run: preview,
  },
  {
    name: '日报 话题',
    read: after('日报', /^([1-9])$/),
    who: 'everybody',
    where: 'both',
    uncalled: always,
    run: openTopic,
  },
  {
    name: '日报',
    read: after('日报', DAY),
    who: 'everybody',
    where: 'both',
    // The word alone is talk.
    uncalled: (_, day) => day !== '',
    help: '日报 昨天、日报 2026-05-02：那一天聊了什么；周报：上一周；日报 2：看最近一期的第 2 个话题',
    run: daily,
  },
  { name: '周报', read: word('周报'), who: 'everybody', where: 'both', uncalled: never, run: weekly },
];

/** The word, and behind it what a pattern holds, in half width. */
function after(first: string, pattern: RegExp): Reader {
  return ({ words }) =>
    words.startsWith(first) ? pattern.exec(words.slice(first.length).replace(/^[ :]+/, ''))?.[1]?.trim() : undefined;
}

function switching(name: string, setting: { readonly digest?: string; readonly weekly?: boolean }, text: string): Command {
  const run = ({ message }: Call, desk: Desk) => change(message.room, setting, text, desk);
  return { name, read: word(name), who: 'admin', where: 'room', uncalled: byAdmins, run };
}

function setTime({ message, argument }: Call, desk: Desk): Outcome {
  const [hour = '', minute = ''] = argument.split(/[^\d]/);
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  const isTime = /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time);
  return isTime
    ? change(message.room, { digest: time }, texts.at(time), desk)
    : refuse('no such time', memberReplies.forms.digestTime);
}

function change(
  room: Room | undefined,
  setting: { readonly digest?: string; readonly weekly?: boolean },
  text: string,
  desk: Desk,
): Outcome {
  if (room === undefined || room.topic === '') return refuse('the room has no name', replies.unaskedNeedsName);
  desk.state.rooms.set(room.topic, setting);
  // Days for which none was wanted are not caught up on.
  desk.digests.passOver(room.topic);
  return say(text);
}

async function daily({ message, argument }: Call, desk: Desk): Promise<Outcome> {
  const days = desk.digests.days();
  const date = argument === '' ? yesterday(days) : dayCalled(argument, days);
  return date === undefined ? say(texts.noSuchDay(argument.slice(0, 20))) : show(message, date, 1, desk);
}

function weekly({ message }: Call, desk: Desk): Promise<Outcome> {
  const days = desk.digests.days();
  return show(message, addDays(mondayOf(days.today), -7), 7, desk);
}

/** In a direct chat the only room the person and the bot share is meant; of several none. */
async function show(message: Call['message'], date: string, days: number, desk: Desk): Promise<Outcome> {
  const rooms = await roomsMeant(message, desk);
  const [room, ...others] = rooms;
  if (room === undefined || others.length > 0) return say(texts.severalRooms(rooms.map(({ topic }) => topic)));
  const window = desk.digests.window(date, days);
  if (window.to > desk.clock()) return say(texts.notOver);
  const digest = await desk.digests.of(room, window);
  if (digest === undefined) return say(replies.noArchive);
  if (digest.messages === 0) return say(texts.nothingSaid(days === 1 ? date : texts.week(date, addDays(date, days - 1))));
  // A quiet day is one line without numbers.
  if (!isQuiet(digest)) desk.open.put(message, openDigest(digest, 'asked'));
  return say(digestBubble(digest, desk.digests.local));
}

/** What would be posted of yesterday, for the admin's own eyes. */
async function preview({ message, argument }: Call, desk: Desk): Promise<Outcome> {
  const own = await roomsMeant(message, desk);
  const named = argument === '' ? own : own.filter(({ topic }) => saidOf(topic)?.words === argument);
  const [room, ...others] = named;
  if (room === undefined || others.length > 0) return say(texts.whichRoom(own.map(({ topic }) => topic)));
  const window = desk.digests.window(yesterday(desk.digests.days()), 1);
  const made = await desk.digests.make(room, window);
  return {
    bubbles: message.room === undefined ? [] : [texts.previewSent],
    privately: [texts.preview, ...previewOf(made, desk)],
  };
}

function previewOf(made: MadeDigest | undefined, desk: Desk): readonly Content[] {
  if (made === undefined) return [replies.noArchive];
  // Of a quiet day nothing may be posted, but the admin sees why.
  return made.contents.length > 0 ? made.contents : [digestBubble(made.digest, desk.digests.local)];
}

/** Of the digest on his screen, else of the last one that was posted in the room. */
async function openTopic(call: Call, desk: Desk): Promise<Outcome> {
  if (call.open?.digest)
    return Number(call.argument) > call.open.shown ? say(texts.noTopic(call.open.shown)) : openNumbered(call, desk);
  const { message, argument } = call;
  // Digests are posted in rooms only.
  if (message.room === undefined) return say(replies.nothingOpen);
  const digest = await lastPosted(message.room, await call.scope(), desk);
  if (digest === undefined) return say(texts.nonePosted);
  if (Number(argument) > digest.topics.length) return say(texts.noTopic(digest.topics.length));
  return openNumbered({ ...call, open: openDigest(digest, 'posted') }, desk);
}

async function lastPosted(room: Room, scope: Scope | undefined, desk: Desk): Promise<Digest | undefined> {
  const posted = desk.state.digests
    .of(room.topic)
    .filter(({ step }) => step === 'sent' || step === 'unsure')
    .map(({ window, at }) => ({ ...windowNamed(window), at }));
  const [latest] = posted;
  if (latest === undefined) return undefined;
  // Days that were missed were told as one digest, and marked in one moment.
  const together = posted.filter(({ at, days }) => at === latest.at && days === latest.days);
  const date = together.map((one) => one.date).sort()[0] ?? latest.date;
  const digest = await desk.digests.of(room, desk.digests.window(date, together.length * latest.days));
  const threads = desk.state.digests.topics(room.topic, windowName(latest));
  return digest && threads ? { ...digest, topics: threads.map((thread) => topicTold(thread, digest, scope, desk)) } : digest;
}

/** What was a topic when the digest was posted may be none now, since more was said, heard of or forgotten. */
function topicTold(thread: string, { topics, from, to }: Digest, scope: Scope | undefined, { knowledge }: Desk): DigestTopic {
  const now = topics.find((topic) => topic.thread === thread);
  if (now !== undefined) return now;
  const { people = 0, quotes = [] } = (scope && knowledge.thread(thread, scope)) ?? {};
  const told = { thread, title: '', from, to, people, messages: quotes.length, isQuestion: false, addresses: [] };
  return { ...told, quotes: quotes.slice(0, 1) };
}
