/**
 * A message and the threads it might belong to -> numbers for the model: one row for every open thread, and one for
 * opening a new one.
 *
 * Gaps are natural logarithms of 1 + seconds; shared words are logarithms of 1 + the sum of their rarity (nats); the rest are
 * shares or 0 and 1. What does not exist is 0, or FAR for a gap.
 */
import type { OpenThread, Room, Said } from './room.js';
import { logGap } from './room.js';

/** The gap to what never happened: log of about ten hours. */
const FAR = 10.5;
const MINUTES_10 = Math.log1p(600);
const HOUR = Math.log1p(3600);
const HALF_HOUR = 30 * 60_000;
/** Logarithm of the length (about 80 characters) from which a message is a post rather than talk. */
const LONG = 4.4;

/** What is said of a message and a thread. */
export const THREAD_FEATURES = [
  'gap',
  'gapOver10Minutes',
  'gapOverHour',
  'relativeGap',
  'gapLead',
  'distance',
  'latest',
  'size',
  'people',
  'age',
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
  'addressed',
  'sharedLast',
  'sharedRecent',
  'shared',
  'sharedPart',
  'sharedLead',
  'questionLast',
  'questionAnswered',
  'unanswered',
  'reactionsRecent',
  'reactionAmongReactions',
  'reactionToShown',
  'openingShown',
  'openingAppeal',
  'sameText',
  'quotes',
  'peopleAhead',
  'sharedAhead',
  'sharedAheadLead',
  'mentionsAhead',
  'latestReaction',
  'latestContinuation',
  'latestQuestion',
  'latestLength',
  'latestMentions',
  'latestPeopleAhead',
] as const;

/** What is said of a message and the room, for a new thread. */
export const OPENING_FEATURES = [
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
  'speakerSince',
  'speakerAgain',
  'speakerGoesOn',
  'mentions',
  'mentionedSince',
  'mentionsUnknown',
  'openRecently',
  'previousQuestion',
  'previousShown',
  'sharedMost',
  'newWords',
  'nextGap',
  'nextAgain',
  'againAhead',
  'answeredAhead',
  'sharedNext',
  'othersAhead',
  'reactionsAhead',
  'questionsAhead',
  'countAhead',
  'openingWords',
  'openingAhead',
  'outsider',
  'outsiderQuestion',
  'outsiderAppeal',
  'outsiderLength',
  'outsiderShows',
  'outsiderMentions',
  'openingWordsNewWords',
] as const;

export const FEATURES: readonly string[] = [...THREAD_FEATURES, ...OPENING_FEATURES.map((name) => `new.${name}`)];

/** Rows for the open threads in the room's order, then the row for a new thread. `ahead` are the next messages of the room. */
export function candidateRows(
  said: Said,
  room: Room,
  ahead: readonly Said[],
  repliesTo: number | undefined,
): readonly Float64Array[] {
  const scene = sceneOf(said, room, ahead);
  const rows = room.threads.map((thread, rank) => {
    const row = new Float64Array(FEATURES.length);
    row.set(threadValues(scene, thread, rank, repliesTo === thread.label));
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
  readonly ahead: readonly Said[];
  /** Those of `ahead` that somebody else says. */
  readonly others: readonly Said[];
  readonly following: Words;
  /** By rank of the thread. */
  readonly overlaps: readonly Overlap[];
  readonly aheadOverlaps: readonly number[];
  /** The largest and the second largest overlap. */
  readonly most: readonly [number, number];
  readonly aheadMost: readonly [number, number];
  /** Rarity of the whole message. */
  readonly total: number;
  readonly heard: { readonly label: number; readonly at: number } | undefined;
}

function sceneOf(said: Said, room: Room, ahead: readonly Said[]): Scene {
  const { terms, rarities, message } = said;
  const following = union(ahead);
  const overlaps = room.threads.map((thread) => overlap(thread, terms, rarities));
  // What follows is compared with the threads that may well go on; a lookup for every term and thread would cost too much.
  const aheadOverlaps = room.threads.map((thread, rank) =>
    rank < 2 ? overlap(thread, following.terms, following.rarities).all : 0,
  );
  let total = 0;
  for (const rarity of rarities) total += rarity;
  return {
    said,
    room,
    ahead,
    others: ahead.filter((later) => later.message.speaker !== message.speaker),
    following,
    overlaps,
    aheadOverlaps,
    most: largestTwo(overlaps.map(({ all }) => all)),
    aheadMost: largestTwo(aheadOverlaps),
    total,
    heard: room.heard.get(message.speaker),
  };
}

/** Values of THREAD_FEATURES. */
function threadValues(scene: Scene, thread: OpenThread, rank: number, quotes: boolean): readonly number[] {
  const { said, room, others, most, aheadMost, total, heard } = scene;
  const { message, signs } = said;
  const { recent, speakers, opening } = thread;
  const last = recent.at(-1) as Said;
  const gap = logGap(last.message.at, message.at);
  const participant = speakers.get(message.speaker);
  const shares = scene.overlaps[rank] as Overlap;
  const shared = Math.log1p(shares.all);
  const sharedAhead = Math.log1p(scene.aheadOverlaps[rank] as number);
  const addressed = thread.addressed.get(message.speaker);
  const latest = rank === 0 ? 1 : 0;
  const isReaction = Math.max(signs.reaction, signs.emoji);
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
  let peopleAhead = 0;
  let mentionsAhead = 0;
  for (const later of others) {
    if (recent.some((earlier) => earlier.message.speaker === later.message.speaker)) peopleAhead += 1 / others.length;
    if (later.message.mentions.some((speaker) => speaker !== message.speaker && speakers.has(speaker))) mentionsAhead = 1;
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
    gap - logGap(((room.threads[0] as OpenThread).recent.at(-1) as Said).message.at, message.at),
    Math.log1p(room.order - 1 - last.order),
    latest,
    Math.log(thread.size),
    Math.log(speakers.size),
    logGap(opening.message.at, message.at),
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
    addressed === undefined ? 0 : 1 / (thread.size - addressed),
    Math.log1p(shares.last),
    Math.log1p(shares.recent),
    shared,
    total > 0 ? shares.all / total : 0,
    shared - Math.log1p(shares.all === most[0] ? most[1] : most[0]),
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
    quotes ? 1 : 0,
    peopleAhead,
    sharedAhead,
    sharedAhead - Math.log1p(scene.aheadOverlaps[rank] === aheadMost[0] ? aheadMost[1] : aheadMost[0]),
    mentionsAhead,
    latest * isReaction,
    latest * signs.continuation,
    latest * signs.question,
    latest * signs.length,
    latest * (message.mentions.length > 0 ? 1 : 0),
    latest * peopleAhead,
  ];
}

/** Values of OPENING_FEATURES. */
function openingValues(scene: Scene): readonly number[] {
  const { said, room, ahead, others, most, total, heard } = scene;
  const { message, signs, terms, rarities } = said;
  const { previous, threads } = room;
  const next = ahead[0];
  const count = Math.max(1, ahead.length);
  const mentions = message.mentions.length > 0 ? 1 : 0;
  const outsider = threads[0]?.recent.some((earlier) => earlier.message.speaker === message.speaker) ? 0 : 1;
  const newWords = Math.log1p(Math.max(0, total - most[0]));
  let mentionedSince = FAR;
  for (const speaker of message.mentions) {
    const mentioned = room.heard.get(speaker);
    if (mentioned) mentionedSince = Math.min(mentionedSince, logGap(mentioned.at, message.at));
  }
  let sharedNext = 0;
  for (let i = 0; i < terms.length; i++) if (scene.following.known.has(terms[i] as number)) sharedNext += rarities[i] as number;
  let openRecently = 0;
  for (const { recent } of threads) if (message.at - (recent.at(-1) as Said).message.at < HALF_HOUR) openRecently++;
  let answeredAhead = 0;
  let reactionsAhead = 0;
  let questionsAhead = 0;
  let openingAhead = 0;
  for (const later of ahead) {
    if (later.message.mentions.includes(message.speaker)) answeredAhead = 1;
    if (later.signs.reaction || later.signs.emoji) reactionsAhead += 1 / count;
    questionsAhead += later.signs.question / count;
    openingAhead += later.opening / count;
  }
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
    heard ? Math.min(FAR, logGap(heard.at, message.at)) : FAR,
    previous?.message.speaker === message.speaker ? 1 : 0,
    previous ? goesOn(previous, said) : 0,
    mentions,
    mentionedSince,
    signs.mentionsUnknown,
    openRecently,
    previous?.signs.question ?? 0,
    previous && (previous.signs.image || previous.signs.title || previous.signs.link) ? 1 : 0,
    Math.log1p(most[0]),
    newWords,
    next ? logGap(message.at, next.message.at) : FAR,
    next?.message.speaker === message.speaker ? 1 : 0,
    (ahead.length - others.length) / count,
    answeredAhead,
    Math.log1p(sharedNext),
    new Set(others.map((later) => later.message.speaker)).size,
    reactionsAhead,
    questionsAhead,
    ahead.length,
    said.opening,
    openingAhead,
    outsider,
    outsider * signs.question,
    outsider * signs.appeal,
    outsider * signs.length,
    outsider * Math.max(signs.image, signs.title, signs.link),
    outsider * mentions,
    said.opening * newWords,
  ];
}

/** 1 if the speaker of `last` says `said` at once, falling to 1/2 after a minute; 0 for another speaker. */
function goesOn(last: Said, said: Said): number {
  return last.message.speaker === said.message.speaker ? 1 / (1 + (said.message.at - last.message.at) / 60_000) : 0;
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

interface Words {
  readonly known: ReadonlySet<number>;
  readonly terms: readonly number[];
  readonly rarities: readonly number[];
}

/** The different terms of several messages. */
function union(messages: readonly Said[]): Words {
  const known = new Set<number>();
  const terms: number[] = [];
  const rarities: number[] = [];
  for (const said of messages) {
    said.terms.forEach((term, i) => {
      if (known.has(term)) return;
      known.add(term);
      terms.push(term);
      rarities.push(said.rarities[i] as number);
    });
  }
  return { known, terms, rarities };
}

function largestTwo(values: readonly number[]): readonly [number, number] {
  let [first, second] = [0, 0];
  for (const value of values) {
    if (value > first) [first, second] = [value, first];
    else if (value > second) second = value;
  }
  return [first, second];
}
