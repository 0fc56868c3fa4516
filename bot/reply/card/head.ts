/**
 * The head of a card: room, day, the three figures, and the messages hour by hour or day by day.
 *
 * In: content and how wide a text is. Out: a block as wide as the card.
 */
import { type Block, baseline, cutLine, lineHeight, moved, stacked, textMark } from './blocks.js';
import type { CardContent } from './content.js';
import { COLOURS, SPACE, TYPE, WIDTH } from './design.js';
import type { Mark, Measure } from './picture.js';

const INSIDE = SPACE.margin + SPACE.padding;
const INNER = WIDTH - 2 * INSIDE;
const BARS_HEIGHT = 110;
/** Between two bars, as a part of what a bar and its gap take. */
const BAR_GAP = 0.25;
/** An hour or day without a message shows as a dash. */
const LEAST_BAR = 4;
const GAP = 16;
const LABEL_GAP = 10;

const ROOM = { size: TYPE.room, weight: 700, colour: COLOURS.onHead } as const;
const SUBTITLE = { size: TYPE.body, weight: 400, colour: COLOURS.mutedOnHead } as const;
const FIGURE = { size: TYPE.figure, weight: 700, colour: COLOURS.onHead } as const;
const LABEL = { size: TYPE.small, weight: 400, colour: COLOURS.mutedOnHead } as const;

export function headBlock(content: CardContent, measure: Measure): Block {
  const { room, subtitle } = content;
  const inside = stacked(
    [
      stacked([
        cutLine({ text: room, face: ROOM }, measure, INNER),
        cutLine({ text: subtitle.join(' · '), face: SUBTITLE }, measure, INNER),
      ]),
      figuresBlock(content, measure),
      barsBlock(content, measure),
    ],
    GAP,
  );
  const height = inside.height + SPACE.margin + SPACE.gap;
  return {
    height,
    marks: [
      { kind: 'box', x: 0, y: 0, width: WIDTH, height, radius: 0, colour: COLOURS.head },
      ...moved(inside, INSIDE, SPACE.margin),
    ],
  };
}

/** Large numbers side by side, each with what it counts right behind it. */
function figuresBlock({ figures }: CardContent, measure: Measure): Block {
  const height = lineHeight(FIGURE);
  const y = baseline(FIGURE, height);
  const widths = figures.map(({ value, label }) => measure(value, FIGURE) + LABEL_GAP + measure(label, LABEL));
  const gap = (INNER - widths.reduce((sum, width) => sum + width, 0)) / Math.max(figures.length - 1, 1);
  let x = 0;
  const marks: Mark[] = [];
  for (const [i, { value, label }] of figures.entries()) {
    marks.push(textMark({ text: value, face: FIGURE }, measure, x, y));
    marks.push(textMark({ text: label, face: LABEL }, measure, x + measure(value, FIGURE) + LABEL_GAP, y));
    x += (widths[i] ?? 0) + gap;
  }
  return { height, marks };
}

/** The busiest ones in another colour. */
function barsBlock({ bars }: CardContent, measure: Measure): Block {
  const most = Math.max(...bars.map(({ messages }) => messages), 1);
  const step = INNER / (bars.length - BAR_GAP);
  const labelHeight = lineHeight(LABEL);
  const marks = bars.flatMap(({ messages, mark }, i): readonly Mark[] => {
    const height = Math.max((messages / most) * BARS_HEIGHT, LEAST_BAR);
    const bar: Mark = {
      kind: 'box',
      x: i * step,
      y: BARS_HEIGHT - height,
      width: step * (1 - BAR_GAP),
      height,
      radius: Math.min(6, height / 2),
      colour: messages === most ? COLOURS.busiest : COLOURS.bar,
    };
    if (mark === undefined) return [bar];
    const middle = i * step + bar.width / 2 - measure(mark, LABEL) / 2;
    const x = Math.min(Math.max(middle, 0), INNER - measure(mark, LABEL));
    return [bar, textMark({ text: mark, face: LABEL }, measure, x, BARS_HEIGHT + baseline(LABEL, labelHeight))];
  });
  return { height: BARS_HEIGHT + labelHeight, marks };
}
