/**
 * Draws a chat on a terminal, where a Chinese character takes two columns.
 *
 * In: texts and widths in columns. Out: lines and framed bubbles. Nothing is printed here.
 */

/** East Asian Wide and Fullwidth (Unicode Standard Annex #11), the blocks that occur in text. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]/u;
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f/u;
const NO_WIDTH = /^[\p{M}\p{Cf}\p{Cc}]$/u;

/** Signs that must not stand at the beginning of a line. */
const CLOSING = /^[，。！？；：、）」』】》〉”’…～％,.!?;:)\]}]$/u;

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

function split(text: string): readonly string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** Columns a text takes in one line. */
export function displayWidth(text: string): number {
  return split(text).reduce((sum, grapheme) => sum + widthOf(grapheme), 0);
}

function widthOf(grapheme: string): number {
  if (EMOJI.test(grapheme) || WIDE.test(grapheme)) return 2;
  return [...grapheme].some((sign) => !NO_WIDTH.test(sign)) ? 1 : 0;
}

/** The lines of a text at most `width` columns wide. Latin words stay whole, closing signs stay with what they close. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width));
}

function wrapLine(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  // Two columns are kept for a closing sign that would else begin the next line.
  const usual = Math.max(width - 2, 1);
  for (const word of words(text, usual)) {
    const needed = displayWidth(word);
    if (used > 0 && used + needed > (CLOSING.test(word) ? width : usual)) {
      lines.push(line.trimEnd());
      line = '';
      used = 0;
      if (word === ' ') continue;
    }
    line += word;
    used += needed;
  }
  return [...lines, line.trimEnd()];
}

/** Latin words as a whole where they fit a line, everything else sign by sign. */
function words(text: string, width: number): readonly string[] {
  return text
    .split(/([0-9A-Za-z][0-9A-Za-z_./:%+-]*[0-9A-Za-z%])/)
    .flatMap((part, i) => (i % 2 === 1 && part.length <= width ? [part] : split(part)));
}

/** A bubble: the speaker's name, and his text in a frame of at most `width` columns. */
export function bubble(name: string, text: string, width: number): string {
  const lines = wrap(text, Math.max(width - 4, 2));
  const inner = Math.max(...lines.map(displayWidth));
  const edge = '─'.repeat(inner + 2);
  const body = lines.map((line) => `│ ${line}${' '.repeat(inner - displayWidth(line))} │`);
  return [name, `╭${edge}╮`, ...body, `╰${edge}╯`].join('\n');
}
