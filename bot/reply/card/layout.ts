/**
 * Places what stands on a card: the head, topics with quotes, and the lists.
 *
 * In: the card's content and how wide a text is. Out: a picture 1,080 pixels wide and at most 2,400 high. What does not fit is
 * shortened in a fixed order, quotes first; the head and the topics' titles always stay.
 */
import { richestThatFits } from '../concede.js';
import { type Block, framed, indented, stacked } from './blocks.js';
import type { CardContent } from './content.js';
import { COLOURS, INNER_WIDTH, MOST_HEIGHT, PANEL_WIDTH, SPACE, WIDTH } from './design.js';
import { headBlock } from './head.js';
import { footerBlock, listBlocks, sections, speakerBlock, speakersLine, spokenBlock, topicBlock, wordsBlock } from './parts.js';
import type { Measure, Picture } from './picture.js';

/** How much is shown: of each list how many, and of each text how many lines. */
interface Detail {
  readonly quotes: number;
  readonly quoteLines: number;
  readonly links: number;
  readonly speakers: 'bars' | 'line' | 'none';
  readonly unanswered: number;
  readonly askedLines: number;
}

const EVERYTHING: Detail = { quotes: 2, quoteLines: 4, links: 5, speakers: 'bars', unanswered: 5, askedLines: 2 };

const CONCESSIONS: readonly Partial<Detail>[] = [
  { quoteLines: 3 },
  { links: 3 },
  { speakers: 'line' },
  { quoteLines: 2 },
  { askedLines: 1 },
  { quotes: 1, quoteLines: 3 },
  { quoteLines: 2 },
  { unanswered: 3 },
  { links: 2 },
  { links: 1 },
  { unanswered: 2 },
  { quoteLines: 1 },
  { links: 0 },
  { unanswered: 1 },
  { speakers: 'none' },
  { quotes: 0 },
];

const PANEL_RADIUS = 20;

export function layOut(content: CardContent, measure: Measure): Picture {
  return richestThatFits(
    EVERYTHING,
    CONCESSIONS,
    (detail) => pictureOf(content, measure, detail),
    ({ height }) => height <= MOST_HEIGHT,
  );
}

function pictureOf(content: CardContent, measure: Measure, detail: Detail): Picture {
  const { topics, rising, unanswered, links, speakers } = content;
  const asked = { width: INNER_WIDTH, lines: detail.askedLines };
  const shared = { width: INNER_WIDTH, lines: 1 };
  const most = Math.max(...speakers.items.map(({ messages }) => messages));
  const lists = [
    ...listBlocks(rising, 1, measure, (words) => wordsBlock(words, measure)),
    ...listBlocks(unanswered, detail.unanswered, measure, (question) => spokenBlock(question, measure, asked)),
    ...listBlocks(links, detail.links, measure, (link) => spokenBlock({ ...link, when: '' }, measure, shared)),
    ...(detail.speakers === 'bars'
      ? listBlocks(speakers, speakers.items.length, measure, (speaker) => speakerBlock(speaker, most, measure))
      : []),
    ...(detail.speakers === 'line' && speakers.items.length > 0 ? [speakersLine(content, measure)] : []),
  ];
  const panels = [topics.map((topic) => topicBlock(topic, measure, detail)), lists].filter((blocks) => blocks.length > 0);
  const page = stacked(
    [headBlock(content, measure), ...panels.map((blocks) => onPanel(sections(blocks))), footerBlock(content, measure)],
    SPACE.gap,
  );
  const height = page.height + SPACE.gap;
  return {
    width: WIDTH,
    height,
    marks: [{ kind: 'box', x: 0, y: 0, width: WIDTH, height, radius: 0, colour: COLOURS.page }, ...page.marks],
  };
}

function onPanel(block: Block): Block {
  const frame = { width: PANEL_WIDTH, padding: SPACE.padding, radius: PANEL_RADIUS, colour: COLOURS.card };
  return indented(framed(block, frame), SPACE.margin);
}
