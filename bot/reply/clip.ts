/**
 * Makes a text fit to be shown: harmless, and not longer than it may be.
 *
 * In: any text. Out: the text, tidied, cut with an ellipsis between two visible characters.
 * Lengths are UTF-16 units, as WeChat clients and `String.length` count them.
 */

const ELLIPSIS = '…';

/** Invisible characters that could garble a screen: controls except tab and newline, marks of direction, lone surrogates, BOM. */
const INVISIBLE = /[\p{Cc}\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\p{Cs}]/gu;
/** Line ends that only some screens know; a quote of one line must stay one. */
const RARE_LINE_ENDS = /[\v\f\u0085\u2028\u2029]/g;
/** Accents heaped on one sign until they cover the lines around; no language needs more than three. */
const HEAPED_ACCENTS = /(\p{Mn}{3})\p{Mn}+/gu;
/** Blocks of scripts written from right to left: their letters turn around a whole line, punctuation and digits with it. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * The text with every `@` made full-width.
 *
 * A quoted "@name" must not call that person again after years. The full-width sign keeps what was said readable,
 * where dropping it would glue the name to the sentence, and no client turns it into a mention.
 */
export function withoutPings(text: string): string {
  return text.replaceAll('@', '＠').replaceAll('\u2005', ' ');
}

/** What may be shown of somebody's words: line breaks kept, nothing that pings people or garbles a screen. */
export function presentable(text: string): string {
  const tidy = text
    .replace(/\r\n?/g, '\n')
    .replace(RARE_LINE_ENDS, '\n')
    .replace(HEAPED_ACCENTS, '$1')
    .replace(INVISIBLE, (sign) => (sign === '\n' || sign === '\t' ? sign : ''))
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n');
  return withoutPings(tidy).trim();
}

/**
 * A name or text that keeps its own direction: Arabic or Hebrew in it cannot reorder what stands beside it in a bubble.
 * To be put around what was clipped, so that its end is never lost.
 */
export function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

/** {@link presentable} in one line. */
export function inOneLine(text: string): string {
  return presentable(text).replace(/\s+/g, ' ');
}

/** At most `length` UTF-16 units of a text; if it had to be cut, the last of them is an ellipsis. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  return cutAt(text, length - ELLIPSIS.length).trimEnd() + ELLIPSIS;
}

/** A text in parts of at most `length` units, which put together are the text. */
export function split(text: string, length: number): readonly string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > length) {
    const part = cutAt(rest, length);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return [...parts, rest];
}

/**
 * The longest beginning of at most `length` units that does not tear a visible character (an emoji of several
 * code points, a letter and its accents). A single one that is longer than the limit is torn, though never within a surrogate pair.
 */
function cutAt(text: string, length: number): string {
  const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text.slice(0, length + 64));
  const end = characters.containing(length)?.index ?? 0;
  if (end > 0) return text.slice(0, end);
  const inPair = /[\ud800-\udbff]/.test(text.charAt(length - 1)) && /[\udc00-\udfff]/.test(text.charAt(length));
  return text.slice(0, Math.max(inPair ? length - 1 : length, 1));
}

/** A text in parts of at most `length` units, parted between lines; only a line that is longer is split itself. */
export function splitAtLines(text: string, length: number): readonly string[] {
  if (text.length <= length) return [text];
  const parts: string[] = [];
  for (const piece of text.split('\n').flatMap((line) => split(line, length))) {
    const longer = `${parts.at(-1)}\n${piece}`;
    if (parts.length > 0 && longer.length <= length) parts[parts.length - 1] = longer;
    else parts.push(piece);
  }
  return parts;
}
