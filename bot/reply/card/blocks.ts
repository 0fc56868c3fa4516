/**
 * Parts of a picture that are put together to larger ones: lines, paragraphs, frames.
 *
 * In: texts, widths in pixels, how wide a text is. Out: blocks, each with its own top left corner as origin.
 */
import { LEADING } from './design.js';
import type { BoxMark, Font, Mark, Measure } from './picture.js';
import { cutToFit, wrap, wrapEvenly } from './wrap.js';

export interface Block {
  readonly height: number;
  readonly marks: readonly Mark[];
}

/** A font and its colour. */
export interface Face extends Font {
  readonly colour: string;
}

/** A text in its own face, perhaps on a coloured plate. */
export interface Run {
  readonly text: string;
  readonly face: Face;
  readonly plate?: string;
}

/** Noto's ascent as a part of the em square: where the baseline of a line lies. */
const ASCENT = 0.88;
const RUN_GAP = 12;
const PLATE_PADDING = 9;
const PLATE_RADIUS = 8;

export function lineHeight({ size }: Font): number {
  return Math.round(size * LEADING);
}

/** Where in a line of `height` the baseline of a font lies. */
export function baseline({ size }: Font, height: number): number {
  return Math.round((height - size) / 2 + size * ASCENT);
}

export function moved(block: Block, x: number, y: number): readonly Mark[] {
  return block.marks.map((mark) => ({ ...mark, x: mark.x + x, y: mark.y + y }));
}

/** One below the other. */
export function stacked(blocks: readonly Block[], gap = 0): Block {
  let height = 0;
  const marks: Mark[] = [];
  for (const [i, block] of blocks.entries()) {
    if (i > 0) height += gap;
    marks.push(...moved(block, 0, height));
    height += block.height;
  }
  return { height, marks };
}

/** One on the other. */
export function overlaid(...blocks: readonly Block[]): Block {
  return { height: Math.max(...blocks.map(({ height }) => height)), marks: blocks.flatMap(({ marks }) => marks) };
}

/** A block further right. */
export function indented(block: Block, x: number): Block {
  return { height: block.height, marks: moved(block, x, 0) };
}

/** A block on a box, with padding around it. */
export function framed(
  block: Block,
  frame: { readonly width: number; readonly padding: number } & Pick<BoxMark, 'radius' | 'colour'>,
): Block {
  const { width, padding, radius, colour } = frame;
  const height = block.height + 2 * padding;
  return {
    height,
    marks: [{ kind: 'box', x: 0, y: 0, width, height, radius, colour }, ...moved(block, padding, padding)],
  };
}

/** One line, cut where it is wider; `x` is where it begins. */
export function cutLine({ text, face }: Run, measure: Measure, width: number, x = 0): Block {
  const height = lineHeight(face);
  const shown = cutToFit(text, (part) => measure(part, face), width);
  return { height, marks: [textMark({ text: shown, face }, measure, x, baseline(face, height))] };
}

export function textMark({ text, face }: Run, measure: Measure, x: number, y: number): Mark {
  const { size, weight, colour } = face;
  return { kind: 'text', x, y, width: measure(text, face), text, font: { size, weight }, colour };
}

/** Texts beside each other, from the left; a run with a `plate` stands on a small coloured box. Tells where the next may begin. */
function row(runs: readonly Run[], measure: Measure, height: number): { readonly marks: readonly Mark[]; readonly end: number } {
  const marks: Mark[] = [];
  let x = 0;
  for (const run of runs) {
    const width = measure(run.text, run.face);
    const padding = run.plate === undefined ? 0 : PLATE_PADDING;
    if (run.plate !== undefined) {
      const plate = run.face.size + PLATE_PADDING;
      marks.push({
        kind: 'box',
        x,
        y: (height - plate) / 2,
        width: width + 2 * padding,
        height: plate,
        radius: PLATE_RADIUS,
        colour: run.plate,
      });
    }
    marks.push(textMark(run, measure, x + padding, baseline(run.face, height)));
    x += width + 2 * padding + RUN_GAP;
  }
  return { marks, end: x };
}

export interface ParagraphShape {
  readonly width: number;
  readonly lines: number;
  /** What stands before the text in its first line, together at most about two thirds of it. */
  readonly lead?: readonly Run[];
  /** Lines of about the same length. */
  readonly evenly?: boolean;
}

export function paragraph(run: Run, measure: Measure, { width, lines, lead = [], evenly = false }: ParagraphShape): Block {
  const height = lineHeight(run.face);
  const { marks, end } = row(lead, measure, height);
  const texts = (evenly ? wrapEvenly : wrap)(run.text, (text) => measure(text, run.face), { width, lines, indent: end });
  return {
    height: height * texts.length,
    marks: [
      ...marks,
      ...texts.flatMap((text, i) =>
        text === '' ? [] : [textMark({ ...run, text }, measure, i === 0 ? end : 0, i * height + baseline(run.face, height))],
      ),
    ],
  };
}
