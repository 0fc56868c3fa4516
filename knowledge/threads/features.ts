/**
 * A message and the threads it might belong to -> numbers for the model: one row for every open thread, and one for
 * opening a new one.
 *
 * Gaps are natural logarithms of 1 + seconds; shared words are logarithms of 1 + the sum of their rarity (nats); the rest are
 * shares or 0 and 1. What does not exist is 0, or FAR for a gap.
 */
import type { OpenThread, Room } from './room.js';
import { logGap } from './room.js';
import type { Said } from './said.js';

/** The gap to what never happened: log of about ten hours. */
const FAR = 10.5;
const MINUTES_10 = Math.log1p(600);
const HOUR = Math.log1p(3600);
const HALF_HOUR = 30 * 60_000;
/** Messages from which a thread is large: few conversations get so far, and one that does has probably swallowed others,
 * unless it is a talk. */
const LARGE = 60;
/** Logarithm of the length (about 80 characters) from which a message is a post rather than talk. */
const LONG = 4.4;

/** What is said of a message and a thread. */
const THREAD_FEATURES = [
  'gap',
  'gapOver10Minutes',
  'gapOverHour',
  'relativeGap',
  'gapLead',
  'distance',
  'latest',
  'sizeOver',
  'speakerIn',
  'speakerShare',
  'speakerGap',
  'speakerLast',
  'speakerGoesOn',
  'speakerHere',
  'speakerHereLately',
  'speakerOpened',
  'mentionsIn',
  'mentionedHere',
  'mentionsOpener',
  'addressed',
  'invited',
  'host',
  'sharedLast',
  'sharedRecent',
  'shared',
  'sharedPart',
  'sharedLead',
  'sharedOpening',
  'questionLast',
  'questionAnswered',
  'unanswered',
  'reactionsRecent',
  'reactionAmongReactions',
  'reactionToShown',
  'openingShown',
  'openingAppeal',
  'sameText',
  'latestReaction',
  'latestContinuation',
  'latestQuestion',
  'latestLength',
  'latestMentions',
] as const;

/** What is said of a message and the room, for a new thread. */
const OPENING_FEATURES = [
  'opens',
  'roomRelativeGap',
  'length',
  'question',
  'appeal',
  'reaction',
  'emoji',
  'image',
  'link',
  'title',
  'continuation',
  'greeting',
  'turn',
  'speakerSince',
  'speakerAgain',
  'speakerGoesOn',
  'mentions',
  'mentionsUnknown',
  'openRecently',
  'previousQuestion',
  'previousShown',
  'openingWords',
  'outsider',
  'outsiderQuestion',
  'outsiderAppeal',
  'outsiderLength',
  'outsiderShows',
  'outsiderMentions',
] as const;

export const FEATURES: readonly string[] = [...THREAD_FEATURES, ...OPENING_FEATURES.map((name) => `new.${name}`)];

/** A number for every name. */
type Values<Names extends readonly string[]> = { readonly [K in keyof Names]: number };

/** Rows for the open threads in the room's order, then the row for a new thread. */
export function candidateRows(said: Said, room: Room): readonly Float64Array[] {
  const scene = sceneOf(said, room);
  const rows = room.threads.map((thread, rank) => {
    const row = new Float64Array(FEATURES.length);
    row.set(threadValues(scene, thread, rank));
    return row;
  });
  const opening = new Float64Array(FEATURES.length);
  opening.set(openingValues(scene), THREAD_FEATURES.length);
  rows.push(opening);
  return rows;
}

/** What several rows need. */
interface Scene {
  readonly said: Said;
  readonly room: Room;
  /** By rank of the thread. */
  readonly overlaps: readonly Overlap[];
  /** The largest and the second largest overlap. */
  readonly most: readonly [number, number];
  /** Rarity of the whole message. */
  readonly total: number;
  readonly heard: { readonly label: number; readonly at: number } | undefined;
}

function sceneOf(said: Said, room: Room): Scene {
  const { terms, rarities, message } = said;
  const overlaps = room.threads.map((thread) => overlap(thread, terms, rarities));
  let total = 0;
  for (const rarity of rarities) total += rarity;
  const most = largestTwo(overlaps.map(({ all }) => all));
  return { said, room, overlaps, most, total, heard: room.heard.get(message.speaker) };
}

function threadValues(scene: Scene, thread: OpenThread, rank: number): Values<typeof THREAD_FEATURES> {
  const { said, room, most, total, heard } = scene;
  const { message, signs } = said;
  const { recent, speakers, opening } = thread;
  const last = newest(thread);
  const gap = logGap(last.message.at, message.at);
  const participant = speakers.get(message.speaker);
  const shares = scene.overlaps[rank] as Overlap;
  const shared = Math.log1p(shares.all);
  const addressed = thread.addressed.get(message.speaker);
  const latest = rank === 0 ? 1 : 0;
  const isReaction = Math.max(signs.reaction, signs.emoji);
  const invited = opening.message.mentions.includes(message.speaker);
  const here = heard?.label === thread.label ? 1 : 0;
  const isSame = last.message.speaker === message.speaker;
  const asked = last.signs.question && !isSame ? 1 : 0;
  const shown = opening.signs.title || opening.signs.link || opening.signs.image || opening.signs.length > LONG ? 1 : 0;
  let reactions = 0;
  let sameText = 0;
  for (const earlier of recent) {
    if (earlier.signs.reaction || earlier.signs.emoji) reactions += 1 / recent.length;
    if (message.text !== '' && earlier.message.text === message.text) sameText = 1;
  }
  let mentionsIn = 0;
  let mentionedHere = 0;
  for (const speaker of message.mentions) {
    if (speakers.has(speaker)) mentionsIn = 1;
    if (room.heard.get(speaker)?.label === thread.label) mentionedHere = 1;
  }
  return [
    gap,
    Math.max(0, gap - MINUTES_10),
    Math.max(0, gap - HOUR),
    gap - thread.pace,
    gap - logGap(newest(room.threads[0] as OpenThread).message.at, message.at),
    Math.log1p(room.order - 1 - last.order),
    latest,
    opening.signs.talk ? 0 : Math.max(0, Math.log(thread.size / LARGE)),
    participant ? 1 : 0,
    participant ? participant.messages / thread.size : 0,
    participant ? Math.min(FAR, logGap(participant.at, message.at)) : FAR,
    isSame ? 1 : 0,
    goesOn(last, said),
    here,
    heard && here ? 1 / (1 + (message.at - heard.at) / 300_000) : 0,
    opening.message.speaker === message.speaker ? 1 : 0,
    mentionsIn,
    mentionedHere,
    message.mentions.includes(opening.message.speaker) ? 1 : 0,
    addressed === undefined ? 0 : 1 / (thread.size - addressed),
    invited && !participant ? 1 : 0,
    invited && participant ? 1 : 0,
    Math.log1p(shares.last),
    Math.log1p(shares.recent),
    shared,
    total > 0 ? shares.all / total : 0,
    shared - Math.log1p(shares.all === most[0] ? most[1] : most[0]),
    thread.size > 6 ? common(opening, said) : 0,
    asked,
    asked && !signs.question ? 1 : 0,
    speakers.size === 1 && opening.message.speaker !== message.speaker && (opening.signs.question || opening.signs.appeal)
      ? 1
      : 0,
    reactions,
    reactions * isReaction,
    shown * isReaction,
    shown,
    opening.signs.appeal,
    sameText,
    latest * isReaction,
    latest * signs.continuation,
    latest * signs.question,
    latest * signs.length,
    latest * (message.mentions.length > 0 ? 1 : 0),
  ];
}

function openingValues({ said, room, heard }: Scene): Values<typeof OPENING_FEATURES> {
  const { message, signs } = said;
  const { previous, threads } = room;
  const mentions = message.mentions.length > 0 ? 1 : 0;
  const outsider = threads[0]?.recent.some((earlier) => earlier.message.speaker === message.speaker) ? 0 : 1;
  let openRecently = 0;
  for (const thread of threads) if (message.at - newest(thread).message.at < HALF_HOUR) openRecently++;
  return [
    1,
    (previous ? logGap(previous.message.at, message.at) : FAR) - room.pace,
    signs.length,
    signs.question,
    signs.appeal,
    signs.reaction,
    signs.emoji,
    signs.image,
    signs.link,
    signs.title,
    signs.continuation,
    signs.greeting,
    signs.turn,
    heard ? Math.min(FAR, logGap(heard.at, message.at)) : FAR,
    previous?.message.speaker === message.speaker ? 1 : 0,
    previous ? goesOn(previous, said) : 0,
    mentions,
    signs.mentionsUnknown,
    openRecently,
    previous?.signs.question ?? 0,
    previous && (previous.signs.image || previous.signs.title || previous.signs.link) ? 1 : 0,
    said.opening,
    outsider,
    outsider * signs.question,
    outsider * signs.appeal,
    outsider * signs.length,
    outsider * Math.max(signs.image, signs.title, signs.link),
    outsider * mentions,
  ];
}

function newest(thread: OpenThread): Said {
  return thread.recent.at(-1) as Said;
}

/** 1 if the speaker of `last` says `said` at once, falling to 1/2 after a minute; 0 for another speaker. */
function goesOn(last: Said, said: Said): number {
  return last.message.speaker === said.message.speaker ? 1 / (1 + (said.message.at - last.message.at) / 60_000) : 0;
}

function common(one: Said, other: Said): number {
  let sum = 0;
  for (let i = 0; i < other.terms.length; i++)
    if (one.terms.includes(other.terms[i] as number)) sum += other.rarities[i] as number;
  return Math.log1p(sum);
}

interface Overlap {
  readonly last: number;
  readonly recent: number;
  readonly all: number;
}

/** Rarity of the terms shared with the last message, with the last few, and with the whole thread (older ones count less). */
function overlap(thread: OpenThread, terms: readonly number[], rarities: readonly number[]): Overlap {
  let last = 0;
  let recent = 0;
  let all = 0;
  for (let i = 0; i < terms.length; i++) {
    const at = thread.terms.get(terms[i] as number);
    if (at === undefined) continue;
    const rarity = rarities[i] as number;
    const ago = thread.size - 1 - at;
    if (ago === 0) last += rarity;
    if (ago < 6) recent += rarity;
    all += rarity * 0.97 ** ago;
  }
  return { last, recent, all };
}

function largestTwo(values: readonly number[]): readonly [number, number] {
  let [first, second] = [0, 0];
  for (const value of values) {
    if (value > first) [first, second] = [value, first];
    else if (value > second) second = value;
  }
  return [first, second];
}
