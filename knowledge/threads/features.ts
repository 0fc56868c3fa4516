/**
 * A message and the threads it might belong to -> numbers for the model: one row for every open thread, and one for
 * opening a new one.
 *
 * Gaps are natural logarithms of 1 + seconds; shared words are logarithms of 1 + the sum of their rarity (nats); the rest are
 * shares or 0 and 1. What does not exist is 0, or FAR for a gap.
 */
import type { OpenThread, Room } from './room.js';
import { logGap, RECENT } from './room.js';
import type { Said } from './said.js';

/** The gap to what never happened: log of about ten hours. */
const FAR = 10.5;
const MINUTES_10 = Math.log1p(600);
const HALF_HOUR = 30 * 60_000;
/** Messages from which a thread is large: few conversations get so far, and one that does has probably swallowed others,
 * unless it is a talk. */
const LARGE = 60;

/** What is said of a message and a thread. */
const THREAD_FEATURES = [
  'gap',
  'gapOver10Minutes',
  'gapLead',
  'distance',
  'latest',
  'sizeOver',
  'speakerShare',
  'speakerGap',
  'speakerLast',
  'speakerGoesOn',
  'speakerHereLately',
  'mentionsIn',
  'mentionedHere',
  'mentionsOpener',
  'addressed',
  'sharedLast',
  'sharedRecent',
  'sharedPart',
  'sharedLead',
  'sharedOpening',
  'questionLast',
  'unanswered',
  'reactionsRecent',
  'reactionAmongReactions',
  'sameText',
  'latestContinuation',
  'latestLength',
  'latestMentions',
] as const;

/** What is said of a message and the room, for a new thread. */
const OPENING_FEATURES = [
  'opens',
  'question',
  'appeal',
  'image',
  'link',
  'turn',
  'mentionsUnknown',
  'openRecently',
  'openingWords',
  'outsider',
  'outsiderLength',
  'outsiderShows',
] as const;

export const FEATURES: readonly string[] = [...THREAD_FEATURES, ...OPENING_FEATURES.map((name) => `new.${name}`)];

/** A number for every name. */
type Values<Names extends readonly string[]> = { readonly [K in keyof Names]: number };

/**
 * Writes rows for the open threads in the room's order, then the row for a new thread. They are lent until the next message:
 * to make new ones for each took a tenth of the time.
 */
export function rowWriter(): (said: Said, room: Room) => readonly Float64Array[] {
  const rows: Float64Array[] = [];
  const write = (row: number, values: readonly number[], from: number): void => {
    rows[row] ??= new Float64Array(FEATURES.length);
    const target = rows[row] as Float64Array;
    target.fill(0);
    for (let i = 0; i < values.length; i++) target[from + i] = values[i] as number;
  };
  return (said, room) => {
    const scene = sceneOf(said, room);
    const { threads } = room;
    for (let rank = 0; rank < threads.length; rank++) write(rank, threadValues(scene, threads[rank] as OpenThread, rank), 0);
    write(threads.length, openingValues(scene), THREAD_FEATURES.length);
    return rows.slice(0, threads.length + 1);
  };
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
  const addressed = thread.addressed.get(message.speaker);
  const latest = rank === 0 ? 1 : 0;
  const isSame = last.message.speaker === message.speaker;
  const asks = opening.signs.question || opening.signs.appeal;
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
    gap - logGap(newest(room.threads[0] as OpenThread).message.at, message.at),
    Math.log1p(room.order - 1 - last.order),
    latest,
    opening.signs.talk ? 0 : Math.max(0, Math.log(thread.size / LARGE)),
    participant ? participant.messages / thread.size : 0,
    participant ? Math.min(FAR, logGap(participant.at, message.at)) : FAR,
    isSame ? 1 : 0,
    isSame ? 1 / (1 + (message.at - last.message.at) / 60_000) : 0,
    heard?.label === thread.label ? 1 / (1 + (message.at - heard.at) / 300_000) : 0,
    mentionsIn,
    mentionedHere,
    message.mentions.includes(opening.message.speaker) ? 1 : 0,
    addressed === undefined ? 0 : 1 / (thread.size - addressed),
    Math.log1p(shares.last),
    Math.log1p(shares.recent),
    total > 0 ? shares.all / total : 0,
    Math.log1p(shares.all) - Math.log1p(shares.all === most[0] ? most[1] : most[0]),
    thread.size > RECENT ? common(opening, said) : 0,
    last.signs.question && !isSame ? 1 : 0,
    speakers.size === 1 && opening.message.speaker !== message.speaker && asks ? 1 : 0,
    reactions,
    reactions * Math.max(signs.reaction, signs.emoji),
    sameText,
    latest * signs.continuation,
    latest * signs.length,
    latest * (message.mentions.length > 0 ? 1 : 0),
  ];
}

function openingValues({ said, room }: Scene): Values<typeof OPENING_FEATURES> {
  const { message, signs } = said;
  const { threads } = room;
  const outsider = threads[0]?.recent.some((earlier) => earlier.message.speaker === message.speaker) ? 0 : 1;
  let openRecently = 0;
  for (const thread of threads) if (message.at - newest(thread).message.at < HALF_HOUR) openRecently++;
  return [
    1,
    signs.question,
    signs.appeal,
    signs.image,
    signs.link,
    signs.turn,
    signs.mentionsUnknown,
    openRecently,
    said.opening,
    outsider,
    outsider * signs.length,
    outsider * Math.max(signs.image, signs.title, signs.link),
  ];
}

function newest(thread: OpenThread): Said {
  return thread.recent.at(-1) as Said;
}

function common(one: Said, other: Said): number {
  let sum = 0;
  for (let i = 0; i < other.terms.length; i++)
    if (one.terms.includes(other.terms[i] as number)) sum += other.rarities[i] as number;
  return Math.log1p(sum);
}

/** What a term counts less for each message that the thread has had since; most threads are shorter than the table. */
const FADE = 0.97;
const FADING = Array.from({ length: 500 }, (_, ago) => FADE ** ago);

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
    all += rarity * (FADING[ago] ?? FADE ** ago);
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
