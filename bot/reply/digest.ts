/**
 * A Digest as one WeChat bubble.
 *
 * In: the digest, and what an instant is called locally. Out: one text of at most 2,048 bytes of UTF-8. What does not fit is
 * shortened in a fixed order: quotes, links, speakers, unanswered questions; the headline and the topics' titles always stay.
 */
import type { Digest } from '../../knowledge/index.js';
import { richestThatFits } from './concede.js';
import {
  busiestHour,
  comparison,
  headline,
  isQuiet,
  type Local,
  linkTitle,
  personName,
  quietLine,
  quotedWords,
  shownWord,
  tellingQuotes,
  timeOf,
  topicFigures,
  topicTitle,
} from './digest-wording.js';
import { digests } from './texts.js';

/** Nobody documents where Web WeChat cuts; about 2 kB is the cautious figure. */
export const DIGEST_BYTES = 2_048;

/** As long as the knowledge makes one, with an ellipsis on either side. */
const TITLE_LENGTH = 42;
const LINK_LENGTH = 30;
const ASKED_LENGTH = 40;

/** How much of a digest is shown: of each list how many, and UTF-16 units of a quote. */
interface Detail {
  readonly quotes: number;
  readonly quoteLength: number;
  readonly links: number;
  readonly speakers: number;
  readonly unanswered: number;
}

const EVERYTHING: Detail = { quotes: 2, quoteLength: 60, links: 5, speakers: 5, unanswered: 5 };

/** What is given up, step after step, until the rest fits. A quote of fewer than 24 characters is rarely understood. */
const CONCESSIONS: readonly Partial<Detail>[] = [
  { quoteLength: 45 },
  { quoteLength: 32 },
  { quotes: 1, quoteLength: 45 },
  { quoteLength: 32 },
  { quoteLength: 24 },
  { links: 3 },
  { links: 1 },
  { links: 0, speakers: 3 },
  { speakers: 0 },
  { unanswered: 3 },
  { quotes: 0 },
  { unanswered: 1 },
  { unanswered: 0 },
];

export function digestBubble(digest: Digest, local: Local): string {
  if (isQuiet(digest)) return quietLine(digest);
  return richestThatFits(
    EVERYTHING,
    CONCESSIONS,
    (detail) => bubble(digest, local, detail),
    (text) => Buffer.byteLength(text) <= DIGEST_BYTES,
  );
}

function bubble(digest: Digest, local: Local, detail: Detail): string {
  const unanswered = digest.unanswered
    .slice(0, detail.unanswered)
    .map((quote) => digests.unansweredItem(quotedWords(quote, ASKED_LENGTH), personName(quote.speaker), timeOf(quote, digest)));
  const links = digest.links
    .slice(0, detail.links)
    .map((link) => digests.linkItem(linkTitle(link, LINK_LENGTH), personName(link.by.speaker)));
  const rising = digest.rising.slice(0, detail.speakers).map(({ word, times }) => digests.risingWord(shownWord(word), times));
  const speakers = digest.speakers
    .slice(0, detail.speakers)
    .map(({ name, messages }) => digests.speaker(personName(name), messages));
  return [
    [headline(digest), summary(digest)],
    ...topicBlocks(digest, local, detail),
    unanswered.length === 0 ? [] : [digests.heading(digests.unanswered, ''), ...unanswered],
    links.length === 0 ? [] : [digests.heading(digests.links, ''), ...links],
    [
      ...(rising.length === 0 ? [] : [digests.heading(digests.rising, rising.join(digests.between))]),
      ...(speakers.length === 0 ? [] : [digests.heading(digests.speakers, speakers.join(digests.between))]),
    ],
    [digests.howToOpen(digest.topics.length)],
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function summary(digest: Digest): string {
  const compared = comparison(digest);
  return [digests.counts(digest.messages, digest.people), compared, digests.busiest(busiestHour(digest))]
    .filter((part) => part !== undefined)
    .join('，');
}

function topicBlocks(digest: Digest, local: Local, { quotes, quoteLength }: Detail): readonly (readonly string[])[] {
  return digest.topics.map((topic, i) => [
    digests.topic(i + 1, topicTitle(topic, TITLE_LENGTH)),
    topicFigures(topic, digest, local),
    ...tellingQuotes(topic, quotes).map((quote) => digests.said(personName(quote.speaker), quotedWords(quote, quoteLength))),
  ]);
}
