/**
 * What somebody typed -> a Question: the words to search for, and what the answer is restricted to.
 *
 * A wrong filter hides right answers, so only what is clearly meant as one is taken:
 * - explicit forms, wherever they stand: `来自:名字` (the name may be part of one), `群:名字`, `"exact phrase"`; `@名字` of
 *   somebody the archive knows;
 * - words that ordinary sentences use too, if they stand alone, between white space or the ends of the text: dates and time
 *   words (`2018-05`, `去年`, `最近三个月`), `有图`, `有链接`, and `“…”` and `「…」`, which mark stress inside a sentence.
 *   `去年双十一的活动` and `今天，银行改了接口` tell of a time; `去年 双十一` restricts to one. In `昨天群里聊了什么` there is nothing
 *   but the time to look for, so it counts there too;
 * - `-词` after white space and before a word: not in wi-fi or T-1, not before a number (-5度) or a single letter (an option).
 * Several names, rooms or times are alternatives; times reach from the first to the last. What is no filter after all, such as
 * a name nobody carries, stays in the text as it was typed.
 */
import type { WallClock } from '../archive/wall-clock.js';
import type { People } from '../people/people.js';
import { tidy } from '../text/clean.js';
import { fold } from '../text/fold.js';
import { type Named, type NameReader, nameReader } from './names.js';
import { readTimeWord } from './time-words.js';

export interface Question {
  /** What is left to search for, as typed; the words of phrases are in it. */
  readonly text: string;
  /** There are filters and nothing to search for: the newest messages that they let through are what was asked for. */
  readonly filtersOnly: boolean;
  /** Asked as `搜 …`: a page of results is wanted, not one answer. */
  readonly page: boolean;
  /** Numbers of speakers, any of whom may have said it. */
  readonly speakers?: readonly number[];
  /** UTC ms: said at or after `from` and before `to`. */
  readonly from?: number;
  readonly to?: number;
  readonly rooms?: readonly string[];
  /** Must stand in the message. */
  readonly phrases: readonly string[];
  /** Must not stand in the message. */
  readonly without: readonly string[];
  /** The thread holds an image, a link. */
  readonly withImage?: boolean;
  readonly withLink?: boolean;
}

export interface QuestionContext {
  /** Moment of asking, UTC ms. */
  readonly now: number;
  readonly clock: WallClock;
  readonly people: Pick<People, 'speakers' | 'find'>;
  /** Names of the rooms that `群:` may choose from. */
  readonly rooms: readonly string[];
}

/** What a form at one place of the text means: how many characters it takes, which of them are searched for, what it filters. */
interface Found {
  readonly length: number;
  readonly keep?: string;
  readonly filter: Filter;
}

type Filter =
  | { readonly by: 'speakers'; readonly speakers: readonly number[] }
  | { readonly by: 'rooms'; readonly rooms: readonly string[] }
  | { readonly by: 'time'; readonly from: number; readonly to: number }
  | { readonly by: 'phrase' | 'without'; readonly words: string }
  | { readonly by: 'image' | 'link' };

const PAGE = /^搜\s+(?=\S)/;
/** Where words end. */
const BORDER = /[\s，、。；！？,;!?]/;
/** What may follow a word that stands alone: the mark that ends the question does not belong to it. */
const ALONE = /^[。！？!?]*(?:\s|$)/;
const SEARCHABLE = /[\p{L}\p{N}]/u;

/** Understands any text; never throws. */
export function understandQuestion(typed: string, context: QuestionContext): Question {
  const tidied = tidy(typed);
  const asked = tidied.replace(PAGE, '');
  const page = asked !== tidied;
  const { text, filters: written } = takeFilters(asked, context);
  const time = askedTime(text, context);
  const filters = time ? [...written, time] : written;
  const restricted = filters.some((filter) => filter.by !== 'without');
  // Everything but something is no request: what looked like an exclusion was a dash in front of the question.
  if (!restricted && !SEARCHABLE.test(text)) return { text: asked, filtersOnly: false, page, phrases: [], without: [] };
  return { text, filtersOnly: time !== undefined || (restricted && asksForNothing(text)), page, ...gather(filters) };
}

// === From left to right

function takeFilters(asked: string, context: QuestionContext): { readonly text: string; readonly filters: readonly Filter[] } {
  const names = nameReader(context.people, context.rooms);
  const filters: Filter[] = [];
  let text = '';
  let at = 0;
  while (at < asked.length) {
    const found = recognise(asked, at, names, context);
    if (found === undefined) {
      text += asked[at];
      at += 1;
      continue;
    }
    filters.push(found.filter);
    text += ` ${found.keep ?? ''} `;
    at += found.length;
    // A comma that parted the filter from the rest parts nothing any more.
    if (/(?:^|[\s，、,；;])$/.test(text.trim())) while (/[\s，、,；;]/.test(asked[at] ?? '')) at += 1;
  }
  if (filters.length === 0) return { text: asked, filters };
  return {
    text: tidy(text)
      .replace(/ (?=[。！？!?])/g, '')
      .replace(/[\s，、,；;]+$/, ''),
    filters,
  };
}

/** Characters a filter may take; names and phrases are shorter. */
const LONGEST = 120;

function recognise(asked: string, at: number, names: NameReader, context: QuestionContext): Found | undefined {
  const before = asked[at - 1] ?? ' ';
  const rest = asked.slice(at, at + LONGEST);
  return (
    readPhrase(rest, before) ??
    (BORDER.test(before) ? readName(rest, names) : undefined) ??
    (/\s/.test(before) ? (readExclusion(rest) ?? readWord(rest, context)) : undefined)
  );
}

const STRAIGHT = /^["＂]([^"＂\n]+)["＂]/;
const CHINESE_QUOTES = /^(?:[“”]([^“”\n]+)[“”]|「([^「」\n]+)」)/;

function readPhrase(rest: string, before: string): Found | undefined {
  const quoted = quotation(rest, before);
  return quoted && { length: quoted.length, keep: quoted.words, filter: { by: 'phrase', words: quoted.words } };
}

function quotation(rest: string, before: string): { readonly words: string; readonly length: number } | undefined {
  // After a digit the mark means inches.
  const straight = /[0-9A-Za-z]/.test(before) ? null : STRAIGHT.exec(rest);
  const chinese = /\s/.test(before) ? CHINESE_QUOTES.exec(rest) : null;
  const match = straight ?? (chinese && ALONE.test(rest.slice(chinese[0].length)) ? chinese : null);
  const words = (match?.[1] ?? match?.[2] ?? '').trim();
  return match && SEARCHABLE.test(words) ? { words, length: match[0].length } : undefined;
}

/** A dash also begins the points of a list: those are longer, or have a colon. */
const EXCLUDABLE = /^\p{L}[^:：]{0,19}$/u;

function readExclusion(rest: string): Found | undefined {
  if (!/^[-－]/.test(rest)) return undefined;
  const quoted = quotation(rest.slice(1), ' ');
  if (quoted) return { length: 1 + quoted.length, filter: { by: 'without', words: quoted.words } };
  const word = wordAt(rest.slice(1));
  if (!EXCLUDABLE.test(word) || /^[A-Za-z]$/.test(word)) return undefined;
  return { length: 1 + word.length, filter: { by: 'without', words: word } };
}

const NAMED = /^(?:([來来]自[:：] ?)|(群[:：] ?)|[@＠])/;

function readName(rest: string, names: NameReader): Found | undefined {
  const prefix = NAMED.exec(rest);
  if (prefix === null) return undefined;
  const [written, from, room] = prefix;
  const name = rest.slice(written.length);
  if (room !== undefined) {
    const found = names.room(name);
    return found && { length: written.length + found.length, filter: { by: 'rooms', rooms: found.who } };
  }
  const found: Named<number> | undefined = from === undefined ? names.mentioned(name) : names.speaker(name);
  return found && { length: written.length + found.length, filter: { by: 'speakers', speakers: found.who } };
}

function readWord(rest: string, { now, clock }: QuestionContext): Found | undefined {
  const word = wordAt(rest);
  if (!ALONE.test(rest.slice(word.length))) return undefined;
  if (/^有[图圖]片?$/.test(word)) return { length: word.length, filter: { by: 'image' } };
  if (/^有(?:[链鏈連]接|連結)$/.test(word)) return { length: word.length, filter: { by: 'link' } };
  if (!MAYBE_TIME.test(word)) return undefined;
  const days = readTimeWord(fold(word), clock.local(now).date);
  if (days === undefined) return undefined;
  return { length: word.length, filter: { by: 'time', from: clock.instant(days.from, 0), to: clock.instant(days.to, 0) } };
}

/** Every time word begins so: spares the clock at most words. */
const MAYBE_TIME = /^[12１２今昨前本这這上去最近过過]/;

/** The characters up to the next border. */
function wordAt(rest: string): string {
  const end = rest.search(BORDER);
  return end === -1 ? rest : rest.slice(0, end);
}

// === Together

function gather(filters: readonly Filter[]): Omit<Question, 'text' | 'filtersOnly' | 'page'> {
  const speakers = filters.flatMap((filter) => (filter.by === 'speakers' ? filter.speakers : []));
  const rooms = filters.flatMap((filter) => (filter.by === 'rooms' ? filter.rooms : []));
  const times = filters.filter((filter) => filter.by === 'time');
  const wordsOf = (by: 'phrase' | 'without') => filters.flatMap((filter) => (filter.by === by ? [filter.words] : []));
  return {
    ...(speakers.length > 0 ? { speakers: [...new Set(speakers)] } : {}),
    ...(rooms.length > 0 ? { rooms: [...new Set(rooms)] } : {}),
    ...(times.length > 0
      ? { from: Math.min(...times.map((time) => time.from)), to: Math.max(...times.map((time) => time.to)) }
      : {}),
    phrases: wordsOf('phrase'),
    without: wordsOf('without'),
    ...(filters.some((filter) => filter.by === 'image') ? { withImage: true } : {}),
    ...(filters.some((filter) => filter.by === 'link') ? { withLink: true } : {}),
  };
}

/** Words that ask for messages without saying what about: 昨天 大家聊了什么. */
const ASKING =
  /大家|我们|群里|有人|都|谁|说|聊|讲|发|提|过|了|的|话|消息|内容|记录|讨论|什么|啥|哪些|些|有|看|一下|吗|呢|呀|啊|吧|最新/g;

function asksForNothing(text: string): boolean {
  return !SEARCHABLE.test(text.replace(ASKING, ''));
}

/** Of a question for what was said at a time; longer ones say something. */
const LONGEST_ASKING = 24;
const LONGEST_TIME = 11;
/** 今天有人吗 asks for nothing either, but not for what was said. */
const WHAT_WAS_SAID = /[说聊讲发提]|消息|内容|记录|讨论/;

/** The time of 昨天群里聊了什么 and 群里这周都讨论了哪些, where the time word need not stand alone. */
function askedTime(asked: string, { now, clock }: QuestionContext): Filter | undefined {
  if (asked.length > LONGEST_ASKING || !WHAT_WAS_SAID.test(asked)) return undefined;
  for (let at = 0; at < asked.length; at++) {
    if (!MAYBE_TIME.test(asked[at] as string)) continue;
    for (let end = Math.min(asked.length, at + LONGEST_TIME); end > at + 1; end--) {
      const days = readTimeWord(fold(asked.slice(at, end)), clock.local(now).date);
      if (days && asksForNothing(asked.slice(0, at) + asked.slice(end))) {
        return { by: 'time', from: clock.instant(days.from, 0), to: clock.instant(days.to, 0) };
      }
    }
  }
  return undefined;
}
