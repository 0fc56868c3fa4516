/**
 * Paints a card: the only file that knows the picture library (Skia, by @napi-rs/canvas).
 *
 * In: the card's content. Out: a PNG. Fonts stay in the process until it ends, so this is done in one that ends soon: program.ts.
 */
import { type CanvasRenderingContext2D, createCanvas, GlobalFonts } from '@napi-rs/canvas';
import type { CardContent } from './content.js';
import { drawable } from './drawable.js';
import { covers, FAMILIES, readFonts, slicesFor } from './fonts.js';
import { layOut } from './layout.js';
import type { Font, Mark, Measure, Picture } from './picture.js';
import { signsOf } from './signs.js';

/** Pixels of the type that widths are measured in; other sizes follow in proportion. */
const MEASURED_SIZE = 100;
const ELLIPSIS = '…';
/** Signs that take a whole square in every weight; they are most of a card and need not be measured. */
const SQUARE = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3001-\u301b\uff01-\uff60]$/u;

/** @throws Error if a font is not installed */
export async function paintCard(content: CardContent): Promise<Uint8Array> {
  const fonts = readFonts();
  const shown = mapTexts(content, (text) => drawable(text, (character) => covers(fonts, character)));
  for (const { path, family } of slicesFor(fonts, JSON.stringify(shown) + ELLIPSIS)) GlobalFonts.registerFromPath(path, family);
  return paint(layOut(shown, measureWith(createCanvas(1, 1).getContext('2d'))));
}

function mapTexts<T>(value: T, change: (text: string) => string): T {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => (typeof part === 'string' ? change(part) : part)) as T;
}

/** How wide a text is, as the sum of its signs. Every sign is measured once, and every text added up once. */
function measureWith(context: CanvasRenderingContext2D): Measure {
  const signWidth = remembering(widthOf);
  const textWidth = remembering((text, weight) => signsOf(text).reduce((sum, sign) => sum + signWidth(sign, weight), 0));
  return (text, { size, weight }) => (textWidth(text, weight) * size) / MEASURED_SIZE;

  function widthOf(sign: string, weight: Font['weight']): number {
    if (SQUARE.test(sign)) return MEASURED_SIZE;
    context.font = cssFont({ size: MEASURED_SIZE, weight });
    return context.measureText(sign).width;
  }
}

type WidthIn = (text: string, weight: Font['weight']) => number;

function remembering(width: WidthIn): WidthIn {
  const widths = new Map<string, number>();
  return (text, weight) => {
    const key = `${weight}${text}`;
    const known = widths.get(key) ?? width(text, weight);
    widths.set(key, known);
    return known;
  };
}

function cssFont({ size, weight }: Font): string {
  return `${weight} ${size}px ${FAMILIES.join(', ')}`;
}

function paint({ width, height, marks }: Picture): Promise<Uint8Array> {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  for (const mark of marks) paintMark(context, mark);
  return canvas.encode('png');
}

function paintMark(context: CanvasRenderingContext2D, mark: Mark): void {
  context.fillStyle = mark.colour;
  if (mark.kind === 'text') {
    context.font = cssFont(mark.font);
    context.fillText(mark.text, mark.x, mark.y);
  } else {
    context.beginPath();
    context.roundRect(mark.x, mark.y, mark.width, mark.height, mark.radius);
    context.fill();
  }
}
