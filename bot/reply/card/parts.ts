/**
 * What stands on the panels of a card: topics with their quotes, questions, links, speakers.
 *
 * In: content, how wide a text is, how much may be shown. Out: blocks as wide as a panel's inside.
 */
import {
  type Block,
  baseline,
  cutLine,
  framed,
  indented,
  lineHeight,
  overlaid,
  paragraph,
  type Run,
  stacked,
  textMark,
} from './blocks.js';
import type { CardContent, ListPart, SpokenPart, TopicPart } from './content.js';
import { COLOURS, INNER_WIDTH, SPACE, TYPE, WIDTH } from './design.js';
import type { Measure } from './picture.js';
import { cutToFit } from './wrap.js';

/** How many quotes a topic shows, and of how many lines. */
export interface QuoteDetail {
  readonly quotes: number;
  readonly quoteLines: number;
}

const INK = { size: TYPE.body, weight: 400, colour: COLOURS.ink } as const;
const NAME = { size: TYPE.body, weight: 500, colour: COLOURS.accent } as const;
const MUTED = { size: TYPE.small, weight: 400, colour: COLOURS.muted } as const;
const TITLE = { size: TYPE.title, weight: 700, colour: COLOURS.ink } as const;
const HEADING = { size: TYPE.heading, weight: 700, colour: COLOURS.ink } as const;
const ON_PLATE = { size: TYPE.small, weight: 500, colour: COLOURS.card } as const;

const BADGE = 52;
const BESIDE_BADGE = BADGE + 18;
const HAIRLINE = 2;
const SECTION_GAP = 19;
const QUOTE_PADDING = 14;
const QUOTE_RADIUS = 14;
const TITLE_LINES = 2;
const WORDS_LINES = 2;
const SPEAKERS_LINES = 3;
/** A name takes at most this part of a line, so that there is room for what was said. */
const MOST_NAME = 0.4;
const BAR = { from: 360, height: 20, radius: 10, count: 110 } as const;

/** Sections of a panel one below the other, parted by hairlines. */
export function sections(blocks: readonly Block[]): Block {
  const line: Block = {
    height: HAIRLINE,
    marks: [{ kind: 'box', x: 0, y: 0, width: INNER_WIDTH, height: HAIRLINE, radius: 0, colour: COLOURS.hairline }],
  };
  return stacked(
    blocks.flatMap((block, i) => (i === 0 ? [block] : [line, block])),
    SECTION_GAP,
  );
}

/** A topic's number and title, when and how large it was, and what was said. */
export function topicBlock(
  { number, title, figures, quotes, main }: TopicPart,
  measure: Measure,
  { quotes: most, quoteLines }: QuoteDetail,
): Block {
  const width = INNER_WIDTH - BESIDE_BADGE;
  const inQuote = { width: width - 2 * QUOTE_PADDING, lines: quoteLines };
  const frame = { width, padding: QUOTE_PADDING, radius: QUOTE_RADIUS, colour: COLOURS.quote };
  const shown = (quotes.length <= most ? quotes : quotes.filter((_, i) => i === main)).slice(0, most);
  const head = stacked([
    paragraph({ text: title, face: TITLE }, measure, { width, lines: TITLE_LINES, evenly: true }),
    cutLine({ text: figures, face: MUTED }, measure, width),
  ]);
  const spoken = shown.map((quote) => framed(spokenBlock({ ...quote, when: '' }, measure, inQuote), frame));
  return overlaid(badge(number, measure), indented(stacked([head, ...spoken], 12), BESIDE_BADGE));
}

function badge(number: string, measure: Measure): Block {
  const face = { size: TYPE.body, weight: 700, colour: COLOURS.card } as const;
  const x = (BADGE - measure(number, face)) / 2;
  return {
    height: BADGE,
    marks: [
      { kind: 'box', x: 0, y: 0, width: BADGE, height: BADGE, radius: BADGE / 2, colour: COLOURS.accent },
      textMark({ text: number, face }, measure, x, baseline(face, BADGE)),
    ],
  };
}

/** Who said something, perhaps when, and what. */
export function spokenBlock(
  { tag, speaker, when, text }: SpokenPart,
  measure: Measure,
  shape: { readonly width: number; readonly lines: number },
): Block {
  const name = cutToFit(speaker, (part) => measure(part, NAME), shape.width * MOST_NAME);
  const lead: readonly Run[] = [
    ...(tag === undefined ? [] : [{ text: tag, face: ON_PLATE, plate: COLOURS.accent }]),
    { text: name, face: NAME },
    ...(when === '' ? [] : [{ text: when, face: MUTED }]),
  ];
  return paragraph({ text, face: INK }, measure, { ...shape, lead });
}

/** A heading with the first `most` items below it; nothing where there are none. */
export function listBlocks<T>(
  { heading, items }: ListPart<T>,
  most: number,
  measure: Measure,
  blockOf: (item: T) => Block,
): readonly Block[] {
  const shown = items.slice(0, most);
  if (shown.length === 0) return [];
  return [stacked([cutLine({ text: heading, face: HEADING }, measure, INNER_WIDTH), ...shown.map(blockOf)], 4)];
}

export function wordsBlock(words: string, measure: Measure): Block {
  return paragraph({ text: words, face: INK }, measure, { width: INNER_WIDTH, lines: WORDS_LINES });
}

/** A name, a bar as long as its share of the `most` messages, and how many they are. */
export function speakerBlock(
  { name, messages }: CardContent['speakers']['items'][number],
  most: number,
  measure: Measure,
): Block {
  const height = lineHeight(INK);
  const longest = INNER_WIDTH - BAR.from - BAR.count;
  const bar = { kind: 'box', x: BAR.from, y: (height - BAR.height) / 2, height: BAR.height, radius: BAR.radius } as const;
  const count = { text: String(messages), face: MUTED };
  return overlaid(cutLine({ text: name, face: INK }, measure, BAR.from - 24), {
    height,
    marks: [
      { ...bar, width: longest, colour: COLOURS.track },
      { ...bar, width: Math.max((longest * messages) / most, BAR.height), colour: COLOURS.accent },
      textMark(count, measure, INNER_WIDTH - measure(count.text, MUTED), baseline(MUTED, height)),
    ],
  });
}

/** The most active speakers in a line or two, where there is no room for bars. */
export function speakersLine({ speakers, speakersLine }: CardContent, measure: Measure): Block {
  const lead = [{ text: speakers.heading, face: { ...HEADING, size: TYPE.body } }];
  return paragraph({ text: speakersLine, face: INK }, measure, { width: INNER_WIDTH, lines: SPEAKERS_LINES, lead });
}

/** In the middle of the page. */
export function footerBlock({ footer }: CardContent, measure: Measure): Block {
  const line = cutLine({ text: footer, face: MUTED }, measure, WIDTH - 2 * SPACE.margin);
  return indented(line, Math.max((WIDTH - measure(footer, MUTED)) / 2, SPACE.margin));
}
