/**
 * Makes of a text what the card's fonts can draw.
 *
 * In: any text in one line, and which characters the fonts have. Out: the same with emoji for WeChat's codes, compatible
 * characters for missing ones, and one 〓 for every row of those, words and all, that nothing stands for. Nothing in it is invisible or turns the
 * direction of the line.
 */
import { withEmoji } from './emoji-codes.js';
import { signsOf } from './signs.js';

/** Whether the fonts have a character. */
export type Covers = (character: string) => boolean;

/** The sign printers set where they lack a character. */
const LACKING = '〓';
/** They shape an emoji and are not drawn themselves: emoji style, joiner, skin tones, keycap. */
const SHAPING = /\ufe0f|\u200d|\u20e3|[\u{1f3fb}-\u{1f3ff}]/gu;
const PICTOGRAPH = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;

export function drawable(text: string, covers: Covers): string {
  return signsOf(withEmoji(text))
    .map((sign) => drawableSign(sign, covers))
    .join('')
    .replace(new RegExp(`${LACKING}( ?${LACKING})+`, 'g'), LACKING)
    .trim();
}

function drawableSign(sign: string, covers: Covers): string {
  const coversAll = (part: string) => Array.from(part).every(covers);
  if (PICTOGRAPH.test(sign) && coversAll(sign.replace(SHAPING, ''))) return sign;
  // Marks above marks would reach into other lines.
  const plain = sign.normalize('NFC').replace(/[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/gu, '');
  if (coversAll(plain)) return plain;
  const compatible = plain.normalize('NFKC').replace(/[\p{Mn}\p{Me}]/gu, '');
  return coversAll(compatible) ? compatible : LACKING;
}
