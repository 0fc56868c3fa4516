/**
 * An Answer as one WeChat bubble.
 *
 * In: the answer, and how many of its excerpts were shown before. Out: one text of at most 600 characters and 2,048 bytes,
 * and how many excerpts it shows. Reply commands refer to the numbers printed here.
 */
import type { Answer, Excerpt, Quote } from '../../knowledge/index.js';
import { clip, inOneLine, isolated, presentable } from './clip.js';
import { kindLabels, replies } from './texts.js';

/**
 * The most a bubble holds, in UTF-16 units. Nobody documents where Web WeChat cuts; about 2 kB is the cautious figure.
 * A UTF-16 unit takes at most 3 bytes of UTF-8, so 600 of them stay below 2,048 bytes.
 */
export const BUBBLE_LENGTH = 600;

const QUESTION_LENGTH = 40;
const NAME_LENGTH = 12;
const HIDDEN_LENGTH = 40;
const EXCERPTS_AT_ONCE = 3;
const QUOTES_OF_AN_EXCERPT = 4;
/** A quote cut shorter than this is rarely understood; then fewer excerpts are shown. May move between 40 and 80. */
const READABLE_QUOTE = 60;
/**
 * An excerpt less than this part as sure as the first of the bubble waits behind 更多: a single strong answer gets the room
 * for longer quotes. On the 133 gold questions 0.2 held back 44 of 266 excerpts and hid no answer; from 0.25 on it would hide some.
 */
const WEAK_COMPANION = 0.2;

/** How a transcript writes down a picture: its address helps nobody in a chat. */
const PICTURE = /!\[[^\]\n]{0,200}\]\([^)\s]{0,2000}\)/g;

export interface AnswerBubble {
  readonly text: string;
  /** Excerpts in this bubble; the next one starts after them. 0 if nothing was found. */
  readonly shown: number;
}

export interface BubbleOptions {
  /** Excerpts shown before. */
  readonly already?: number;
  /** A line below; `nothing`: below the sentence that nothing was found. */
  readonly note?: string;
  readonly nothing?: string;
  /** A line above, to somebody who did not ask just now. */
  readonly addressee?: string;
  /** Whether each excerpt says which room it is from. */
  readonly namesRooms?: boolean;
}

/** The next excerpts of an answer, or one honest sentence if nothing good enough was found. */
export function answerBubble(answer: Answer, options: BubbleOptions = {}): AnswerBubble {
  const { already = 0, note = '', nothing = '', addressee = '', namesRooms = false } = options;
  const question = isolated(clip(inOneLine(answer.question), QUESTION_LENGTH));
  const title = [addressee, question === '' ? '' : replies.question(question)].filter((line) => line !== '');
  const left = answer.excerpts.slice(already);
  const [first] = left;
  if (!answer.answered || first === undefined) {
    const sentences = question === '' ? [replies.nothingFits] : [replies.nothingFound, nothing];
    return { text: [...title, ...sentences].join('\n').trimEnd(), shown: 0 };
  }

  const head = [...title, already === 0 ? replies.found : replies.foundMore];
  const render = (count: number, quoteLength: number) =>
    [
      ...head,
      ...left.slice(0, count).map((excerpt, i) => `\n${excerptText(excerpt, already + i + 1, quoteLength, namesRooms)}`),
      `\n${replies.howToOpen(1, already + count)}${count < left.length ? replies.moreExcerpts(left.length - count) : ''}`,
      ...(note === '' ? [] : [note]),
    ].join('\n');

  const weak = left.findIndex((excerpt) => excerpt.confidence < WEAK_COMPANION * first.confidence);
  for (let count = Math.min(EXCERPTS_AT_ONCE, weak === -1 ? left.length : weak); count > 1; count -= 1) {
    const quoteLength = longestThatFits((length) => render(count, length));
    if (quoteLength === undefined) continue;
    const quotes = left.slice(0, count).flatMap((excerpt) => excerpt.quotes);
    const whole = quotes.every((quote) => inOneLine(quoteText(quote)).length <= quoteLength);
    if (whole || quoteLength >= READABLE_QUOTE) return { text: render(count, quoteLength), shown: count };
  }
  return { text: render(1, longestThatFits((length) => render(1, length)) ?? 1), shown: 1 };
}

/** Wall-clock `HH:MM`, with the day in front if it is another day than `date` (and the year, if it is another year). */
export function timeOfQuote(quote: Quote, date: string): string {
  const time = quote.time.slice(0, 5);
  if (quote.date === date) return time;
  return `${quote.date.slice(0, 4) === date.slice(0, 4) ? quote.date.slice(5) : quote.date} ${time}`;
}

/** The name as shown: group cards can be as long as "name-company-job-city". */
export function shownName(name: string, length = NAME_LENGTH): string {
  return isolated(clip(inOneLine(name), length).replace(/[-－_ ]+…$/, '…'));
}

/** What the message says; for a message without words, what it is. Line breaks stay. */
export function quoteText(quote: Pick<Quote, 'text' | 'kind'>): string {
  return presentable(quote.text.replace(PICTURE, kindLabels.image)) || kindLabels[quote.kind];
}

/** What an excerpt that is hidden begins with. */
export function hiddenLine([first, ...more]: readonly Quote[]): string {
  if (first === undefined) return '';
  const text = isolated(clip(inOneLine(quoteText(first)), HIDDEN_LENGTH));
  return `${replies.quote(shownName(first.speaker), `${first.date} ${first.time.slice(0, 5)}`, text)}${replies.andMore(more.length)}`;
}

function excerptText(excerpt: Excerpt, number: number, quoteLength: number, namesRooms: boolean): string {
  const when = `${excerpt.date} ${excerpt.time.slice(0, 5)}`;
  const quotes = excerpt.quotes
    .slice(0, QUOTES_OF_AN_EXCERPT)
    .map((quote) =>
      replies.quote(
        shownName(quote.speaker),
        timeOfQuote(quote, excerpt.date),
        isolated(clip(inOneLine(quoteText(quote)), quoteLength)),
      ),
    );
  const { people, messages, alike } = excerpt;
  const room = namesRooms ? shownName(excerpt.room) : '';
  return [replies.excerptHead(number, when, people, messages, alike, room), ...quotes].join('\n');
}

/** The greatest quote length whose rendering fits a bubble; undefined if none does. */
function longestThatFits(render: (quoteLength: number) => string): number | undefined {
  let fits: number | undefined;
  let low = 1;
  let high = BUBBLE_LENGTH;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    if (render(middle).length <= BUBBLE_LENGTH) {
      fits = middle;
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return fits;
}
