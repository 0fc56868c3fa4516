/**
 * What stands on a digest's card: every text final, nothing of it placed yet.
 *
 * In: a Digest, and what an instant is called locally. Out: plain data that can be sent to another process.
 */
import type { Digest, DigestTopic, Quote } from '../../../knowledge/index.js';
import {
  busiestHour,
  comparison,
  isWeek,
  type Local,
  linkTitle,
  personName,
  quotedWords,
  roomName,
  shownWord,
  tellingQuotes,
  timeOf,
  topicFigures,
  topicTitle,
  weekday,
  windowKind,
  windowName,
} from '../digest-wording.js';
import { digests } from '../texts.js';

/** Somebody's words, with a tag in front where they answer a question. */
export interface SpokenPart {
  readonly tag?: string;
  readonly speaker: string;
  readonly when: string;
  readonly text: string;
}

export interface TopicPart {
  readonly number: string;
  readonly title: string;
  readonly figures: string;
  readonly quotes: readonly SpokenPart[];
  /** Which of them is shown where there is room for one alone; -1 if there is none. */
  readonly main: number;
}

/** A list under a heading. */
export interface ListPart<T> {
  readonly heading: string;
  readonly items: readonly T[];
}

export interface CardContent {
  readonly room: string;
  /** 日报 or 周报, which day or week, and how many messages compared with usual, if anybody knows what is usual. */
  readonly subtitle: readonly string[];
  readonly figures: readonly { readonly value: string; readonly label: string }[];
  /** Messages by hour, or by day of a week, in the order of the window; `mark` is written below the bar. */
  readonly bars: readonly { readonly messages: number; readonly mark?: string }[];
  readonly topics: readonly TopicPart[];
  /** All words in one text. */
  readonly rising: ListPart<string>;
  readonly unanswered: ListPart<SpokenPart>;
  readonly links: ListPart<SpokenPart>;
  readonly speakers: ListPart<{ readonly name: string; readonly messages: number }>;
  /** The same in one text. */
  readonly speakersLine: string;
  readonly footer: string;
}

/** UTF-16 units; what is too long for its place is cut again when it is laid out. */
const TITLE_LENGTH = 60;
const QUOTE_LENGTH = 160;
const LINK_LENGTH = 60;
/** Five names with their counts stand in two lines, as a rule. */
const SHORT_NAME = 9;
const MOST = 5;
const MOST_WORDS = 12;
const HOURS_BETWEEN_MARKS = 6;

export function cardContent(digest: Digest, local: Local): CardContent {
  const compared = comparison(digest);
  return {
    room: roomName(digest),
    subtitle: [windowKind(digest), windowName(digest), ...(compared === undefined ? [] : [compared])],
    figures: [
      { value: String(digest.messages), label: digests.messagesLabel },
      { value: String(digest.people), label: digests.peopleLabel },
      { value: digests.hours(busiestHour(digest)), label: digests.busiestLabel },
    ],
    bars: isWeek(digest) ? daysOf(digest) : hoursOf(digest, local),
    topics: digest.topics.slice(0, MOST).map((topic, i) => topicOf(topic, i + 1, digest, local)),
    rising: { heading: digests.rising, items: digest.rising.length === 0 ? [] : [risingWords(digest)] },
    unanswered: { heading: digests.unanswered, items: digest.unanswered.slice(0, MOST).map((quote) => spoken(quote, digest)) },
    links: {
      heading: digests.links,
      items: digest.links.slice(0, MOST).map((link) => ({ ...spoken(link.by, digest), text: linkTitle(link, LINK_LENGTH) })),
    },
    speakers: {
      heading: digests.speakers,
      items: digest.speakers.slice(0, MOST).map(({ name, messages }) => ({ name: personName(name), messages })),
    },
    speakersLine: digest.speakers
      .slice(0, MOST)
      .map(({ name, messages }) => digests.speaker(personName(name, SHORT_NAME), messages))
      .join(digests.between),
    footer: [...(digest.topics.length === 0 ? [] : [digests.howToOpen(digest.topics.length)]), digests.ownWords].join(' · '),
  };
}

function topicOf(topic: DigestTopic, number: number, digest: Digest, local: Local): TopicPart {
  const asked = topic.quotes[0];
  const telling = tellingQuotes(topic, topic.quotes.length);
  const [main] = tellingQuotes(topic, 1);
  return {
    number: String(number),
    title: topicTitle(topic, TITLE_LENGTH),
    figures: topicFigures(topic, digest, local),
    quotes: telling.map((quote) => ({
      ...spoken(quote, digest),
      ...(topic.isQuestion && quote !== asked ? { tag: digests.answer } : {}),
    })),
    main: main === undefined ? -1 : telling.indexOf(main),
  };
}

function spoken(quote: Quote, digest: Digest): SpokenPart {
  return { speaker: personName(quote.speaker), when: timeOf(quote, digest), text: quotedWords(quote, QUOTE_LENGTH) };
}

function risingWords({ rising }: Digest): string {
  return rising
    .slice(0, MOST_WORDS)
    .map(({ word, times }) => digests.risingWord(shownWord(word), times))
    .join(digests.between);
}

function daysOf(digest: Digest): CardContent['bars'] {
  return digest.byDay.map((messages, i) => ({ messages, mark: weekday(digest, i) }));
}

/** From the hour at which the window begins, every sixth one named. */
function hoursOf(digest: Digest, local: Local): CardContent['bars'] {
  const first = Number(local(digest.from).slice(11, 13));
  return digest.hours.map((_, i) => {
    const hour = (first + i) % digest.hours.length;
    return {
      messages: digest.hours[hour] ?? 0,
      ...(hour % HOURS_BETWEEN_MARKS === 0 ? { mark: digests.hour(hour) } : {}),
    };
  });
}
