/**
 * The head of a card: room, day, the three figures, and the messages hour by hour.
 *
 * In: content and how wide a text is. Out: a block as wide as the card.
 */
import { type Block, baseline, cutLine, indented, lineHeight, overlaid, stacked, textMark } from './blocks.js';
import type { CardContent } from './content.js';
import { COLOURS, SPACE, TYPE, WIDTH } from './design.js';
import type { Mark, Measure } from './picture.js';

const INSIDE = SPACE.margin + SPACE.padding;
const INNER = WIDTH - 2 * INSIDE;
const BARS_HEIGHT = 130;
const BAR_GAP = 10;
/** An hour without a message shows as a dash. */
const LEAST_BAR = 4;

const ROOM = { size: TYPE.room, weight: 700, colour: COLOURS.onHead } as const;
const WHEN = { size: TYPE.body, weight: 400, colour: COLOURS.mutedOnHead } as const;
const FIGURE = { size: TYPE.figure, weight: 700, colour: COLOURS.onHead } as const;
const LABEL = { size: TYPE.small, weight: 400, colour: COLOURS.mutedOnHead } as const;
const COMPARED = { size: TYPE.small, weight: 500, colour: COLOURS.busiest } as const;

export function headBlock(content: CardContent, measure: Measure): Block {
  const { room, kind, when, comparison } = content;
  const inside = stacked(
    [
      stacked([
        cutLine({ text: room, face: ROOM }, measure, INNER),
        cutLine({ text: `${kind} · ${when}`, face: WHEN }, measure, INNER),
      ]),
      figuresBlock(content, measure),
      ...(comparison === undefined ? [] : [cutLine({ text: comparison, face: COMPARED }, measure, INNER)]),
      hoursBlock(content, measure),
    ],
    18,
  );
  const height = inside.height + SPACE.margin + SPACE.padding;
  return {
    height,
    marks: [
      { kind: 'box', x: 0, y: 0, width: WIDTH, height, radius: 0, colour: COLOURS.head },
      ...indented(stacked([{ height: SPACE.margin, marks: [] }, inside]), INSIDE).marks,
    ],
  };
}

/** Large numbers side by side, each with what it counts below. */
function figuresBlock({ figures }: CardContent, measure: Measure): Block {
  const column = INNER / figures.length;
  return overlaid(
    ...figures.map(({ value, label }, i) =>
      indented(
        stacked([
          cutLine({ text: value, face: FIGURE }, measure, column - SPACE.gap),
          cutLine({ text: label, face: LABEL }, measure, column - SPACE.gap),
        ]),
        i * column,
      ),
    ),
  );
}

/** A bar for every hour; the busiest ones in another colour. */
function hoursBlock({ hours }: CardContent, measure: Measure): Block {
  const most = Math.max(...hours.map(({ messages }) => messages), 1);
  const step = INNER / hours.length;
  const labelHeight = lineHeight(LABEL);
  const marks = hours.flatMap(({ messages, mark }, i): readonly Mark[] => {
    const height = Math.max((messages / most) * BARS_HEIGHT, LEAST_BAR);
    const bar: Mark = {
      kind: 'box',
      x: i * step,
      y: BARS_HEIGHT - height,
      width: step - BAR_GAP,
      height,
      radius: Math.min(6, height / 2),
      colour: messages === most ? COLOURS.busiest : COLOURS.bar,
    };
    if (mark === undefined) return [bar];
    return [bar, textMark({ text: mark, face: LABEL }, measure, i * step, BARS_HEIGHT + baseline(LABEL, labelHeight))];
  });
  return { height: BARS_HEIGHT + labelHeight, marks };
}
