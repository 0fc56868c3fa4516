/**
 * Breaks a text into lines as Chinese is set.
 *
 * In: a text, the width of a line, and how wide a text is. Out: at most so many lines, the last with an ellipsis if the text
 * goes on. A line does not begin with a closing sign nor end with an opening one, and a word of Latin letters is torn only if it is
 * longer than a line (the rules of CLREQ, 3.1.3 "Prohibition rules for line start and line end").
 */

import { signsOf } from './signs.js';

/** Pixels that a text takes in one line: the sum of what its signs take. */
export type Width = (text: string) => number;

export interface LineLimits {
  /** Pixels. */
  readonly width: number;
  readonly lines: number;
  /** Pixels at the beginning of the first line that are taken already. */
  readonly indent?: number;
}

const ELLIPSIS = '…';
const NEVER_FIRST = /^[\p{Pe}\p{Pf}，。、；：！？…—～·％,.;:!?%-]/u;
const NEVER_LAST = /[\p{Ps}\p{Pi}]$/u;
const IN_WORD = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}_'.\-/:@&=?#+]+$/u;

export function wrap(text: string, widthOf: Width, { width, lines, indent = 0 }: LineLimits): readonly string[] {
  const wrapped: string[] = [];
  const units = unitsOf(text, widthOf, width);
  let line = '';
  let used = indent;
  for (const [i, unit] of units.entries()) {
    if (unit === ' ' && line === '') continue;
    const unitWidth = widthOf(unit);
    if (used + unitWidth > width && (line !== '' || used > 0)) {
      if (wrapped.length + 1 === lines) return [...wrapped, cutToFit(line + units.slice(i).join(''), widthOf, lineRoom())];
      wrapped.push(line.trimEnd());
      line = '';
      used = 0;
      if (unit === ' ') continue;
    }
    line += unit;
    used += unitWidth;
  }
  return [...wrapped, line.trimEnd()];

  function lineRoom(): number {
    return wrapped.length === 0 ? width - indent : width;
  }
}

/** Like {@link wrap}, but in lines of about the same length, so that no sign is left alone in the last. */
export function wrapEvenly(text: string, widthOf: Width, limits: LineLimits): readonly string[] {
  const widest = wrap(text, widthOf, limits);
  if (widest.length < 2 || widest.at(-1)?.endsWith(ELLIPSIS)) return widest;
  let [tooNarrow, width] = [0, limits.width];
  while (width - tooNarrow > 1) {
    const middle = Math.floor((tooNarrow + width) / 2);
    if (wrap(text, widthOf, { ...limits, width: middle, lines: Number.POSITIVE_INFINITY }).length <= widest.length)
      width = middle;
    else tooNarrow = middle;
  }
  return wrap(text, widthOf, { ...limits, width });
}

/** The text in one line, cut with an ellipsis where it is wider than the line. */
export function cutToFit(text: string, widthOf: Width, width: number): string {
  if (widthOf(text) <= width) return text;
  const room = width - widthOf(ELLIPSIS);
  let fitting = '';
  let used = 0;
  for (const sign of signsOf(text)) {
    used += widthOf(sign);
    if (used > room) break;
    fitting += sign;
  }
  return fitting.trimEnd() + ELLIPSIS;
}

/** What may not be parted: a sign with the punctuation around it, or a word; a unit wider than a line falls into its signs. */
function unitsOf(text: string, widthOf: Width, width: number): readonly string[] {
  const units: string[] = [];
  for (const sign of signsOf(text)) {
    const last = units.at(-1);
    if (last !== undefined && belongTogether(last, sign)) units[units.length - 1] = last + sign;
    else units.push(sign);
  }
  return units.flatMap((unit) => (widthOf(unit) <= width ? [unit] : signsOf(unit)));
}

function belongTogether(unit: string, sign: string): boolean {
  if (unit === ' ' || sign === ' ') return false;
  return NEVER_FIRST.test(sign) || NEVER_LAST.test(unit) || (IN_WORD.test(sign) && IN_WORD.test(unit));
}
