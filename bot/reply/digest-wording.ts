/**
 * What a Digest says, piece by piece, as its bubble and its picture both say it.
 *
 * In: the digest or a part of it, and what an instant is called locally. Out: texts of one line, harmless and of bounded length.
 */
import type { Digest, DigestTopic, Quote, SharedItem } from '../../knowledge/index.js';
import { quoteText, shownName } from './bubble.js';
import { clip, inOneLine, isolated } from './clip.js';
import { digests } from './texts.js';

/** `YYYY-MM-DD HH:MM` of a UTC instant in the archive's zone; see `localTime`. */
export type Local = (at: number) => string;

/** A window with fewer messages is a quiet one: what it held is read faster in the room than in a digest. */
const FEWEST_MESSAGES = 20;
/** Less than this part more or fewer messages than usual is as usual. */
const NOTICEABLE = 0.1;
/** From so many times as many on, people understand "2.5 times" better than "150 % more". */
const MANY_TIMES = 2;
/** A quote that holds the title and at most this many times its characters says little more than the title. */
const LITTLE_MORE = 2;
/** Days. */
const WEEK = 7;
/** How an address begins, which tells nothing where it cannot be opened because it is cut. */
const ADDRESS = /^https?:\/\/(?:www\.)?/;
const ROOM_LENGTH = 20;
const WORD_LENGTH = 12;
const DAY = 24 * 3_600_000;

/** Whether a window held so little that one line says it all. */
export function isQuiet({ messages, topics }: Digest): boolean {
  return messages < FEWEST_MESSAGES || topics.length === 0;
}

/** What is said of such a window. */
export function quietLine(digest: Digest): string {
  const say = digest.messages < FEWEST_MESSAGES ? digests.quiet : digests.noTopics;
  return say(headline(digest), digest.messages);
}

export function headline(digest: Digest): string {
  return digests.headline(roomName(digest), windowKind(digest), windowName(digest));
}

/** What a digest of such a window is called. */
export function windowKind(digest: Digest): string {
  return isWeek(digest) ? digests.weekly : digests.daily;
}

export function isWeek({ days }: Digest): boolean {
  return days === WEEK;
}

export function roomName({ room }: Digest): string {
  return isolated(clip(inOneLine(room), ROOM_LENGTH));
}

/** The day with its weekday, or the first and the last day. */
export function windowName(digest: Digest): string {
  if (!hasSeveralDays(digest)) return digests.day(digest.date, weekday(digest, 0));
  return digests.week(
    digest.date,
    dayOf(digest, digest.days - 1)
      .toISOString()
      .slice(0, 10),
  );
}

/** Of a day of the window, the first being 0. */
export function weekday(digest: Digest, day: number): string {
  return digests.weekdays[dayOf(digest, day).getUTCDay()] ?? '';
}

/** Midnight of it, in UTC. */
function dayOf({ date }: Digest, day: number): Date {
  return new Date(Date.parse(`${date}T00:00:00Z`) + day * DAY);
}

/** How many messages there were compared with usual; undefined if nobody knows what is usual. */
export function comparison(digest: Digest): string | undefined {
  const { messages, usual } = digest;
  if (usual === undefined || usual.messages <= 0) return undefined;
  const span = isWeek(digest) ? digests.usualWeek : digests.usualDay;
  const ratio = messages / usual.messages;
  if (ratio >= MANY_TIMES) return digests.timesAsMany(span, ratio.toFixed(1));
  if (Math.abs(ratio - 1) < NOTICEABLE) return digests.asUsual(span);
  const percent = Math.round(Math.abs(ratio - 1) * 100);
  return ratio > 1 ? digests.more(span, percent) : digests.fewer(span, percent);
}

/** The local hour with most messages, the earliest of several. */
export function busiestHour({ hours }: Digest): number {
  return hours.indexOf(Math.max(...hours));
}

export function topicTitle({ title }: DigestTopic, length: number): string {
  return isolated(clip(inOneLine(quoteText({ text: title, kind: 'text' })), length));
}

/** From when to when, how many people, how many messages. */
export function topicFigures(topic: DigestTopic, digest: Digest, local: Local): string {
  const [from, to] = [local(topic.from), local(topic.to)];
  const isOneDay = from.slice(0, 10) === to.slice(0, 10);
  const end = isOneDay ? to.slice(11, 16) : timeInWindow(to, digest);
  return digests.topicFigures(digests.range(timeInWindow(from, digest), end), topic.people, topic.messages);
}

/**
 * The quotes that say more than the title, which as a rule is itself the beginning of one. Where there is no room for all of them,
 * the one that says most beside it: rather the answer than the question, and rather what a guest said than how he was announced.
 */
export function tellingQuotes({ title, quotes, isQuestion }: DigestTopic, count: number): readonly Quote[] {
  const said = inOneLine(title).replace(/^…|…$/g, '');
  const holdsTitle = ({ text }: Quote) => inOneLine(text).includes(said);
  const telling = quotes.filter((quote) => !holdsTitle(quote) || inOneLine(quote.text).length > LITTLE_MORE * said.length);
  if (telling.length <= count) return telling;
  const main = telling.find((quote) => !holdsTitle(quote) && !(isQuestion && quote === quotes[0])) ?? telling.at(-1);
  return telling.filter((quote) => quote === main).slice(0, count);
}

export function quotedWords(quote: Quote, length: number): string {
  return isolated(clip(inOneLine(quoteText(quote)), length));
}

/** The name without the `?` that an export put at its ends for emoji it lost. */
export function personName(name: string, length?: number): string {
  return shownName(name.replace(/^[?\s]+(?=[^?\s])|(?<=[^?\s])[?\s]+$/g, ''), length);
}

export function timeOf(quote: Quote, digest: Digest): string {
  return timeInWindow(`${quote.date} ${quote.time}`, digest);
}

/** Where nothing but the address is known, it may be twice as long: its letters are half as wide as characters. */
export function linkTitle({ title }: SharedItem, length: number): string {
  const said = inOneLine(title);
  const most = ADDRESS.test(said) ? 2 * length : length;
  return isolated(said.length <= most ? said : clip(said.replace(ADDRESS, ''), most));
}

export function shownWord(word: string): string {
  return isolated(clip(inOneLine(word), WORD_LENGTH));
}

/** A week, or days that were missed and are told together. */
function hasSeveralDays({ days }: Digest): boolean {
  return days > 1;
}

/** `YYYY-MM-DD HH:MM` as it is said within the window: the time, and the day where there is more than one. */
function timeInWindow(when: string, digest: Digest): string {
  const [date = '', time = ''] = [when.slice(0, 10), when.slice(11, 16)];
  if (hasSeveralDays(digest)) return `${digests.monthAndDay(Number(date.slice(5, 7)), Number(date.slice(8)))} ${time}`;
  return date > digest.date ? digests.nextDay(time) : time;
}
