/**
 * The fonts of a card: Noto Sans SC, and others for what it lacks, each cut into slices by Fontsource for browsers.
 *
 * In: the installed packages. Out: which characters they have, and the files that hold those of a text. A card needs about a third
 * of the slices; reading all of them takes ten times as long.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** In the order in which a character is looked for: Chinese; Greek and Latin; rare Chinese, kana and hangul; emoji in one colour. */
export const FAMILIES = ['noto-sans-sc', 'source-sans-3', 'noto-sans-jp', 'noto-emoji'] as const;

export interface FontSlice {
  readonly family: string;
  readonly path: string;
  /** First and last code points. */
  readonly ranges: readonly (readonly [number, number])[];
}

/**
 * Slices claim more than they hold, as far as a browser would look on in another font: these are the scripts that they truly
 * have (of all others, and of private characters, they have none or fragments).
 */
const SCRIPTS =
  /^[\p{Script=Han}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Common}]$/u;
const PRIVATE = /[\p{Co}\p{Cn}\p{Cc}]/u;

/** @throws Error if a font is not installed */
export function readFontSlices(): readonly FontSlice[] {
  const { resolve } = createRequire(import.meta.url);
  return FAMILIES.flatMap((family) => {
    const list = resolve(`@fontsource-variable/${family}/unicode.json`);
    const slices = JSON.parse(readFileSync(list, 'utf8')) as Readonly<Record<string, string>>;
    return Object.entries(slices).map(([name, ranges]) => ({
      family,
      path: join(dirname(list), 'files', `${family}-${name.replace(/[[\]]/g, '')}-wght-normal.woff2`),
      ranges: ranges.split(',').map(rangeOf),
    }));
  });
}

/** `U+4E00-4E0F` or `U+4E00` as first and last code point. */
function rangeOf(text: string): readonly [number, number] {
  const [first = '', last = first] = text.trim().slice('U+'.length).split('-');
  return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
}

export function covers(slices: readonly FontSlice[], character: string): boolean {
  return SCRIPTS.test(character) && !PRIVATE.test(character) && slices.some((slice) => holds(slice, character));
}

/** The slices that hold characters of a text. */
export function slicesFor(slices: readonly FontSlice[], text: string): readonly FontSlice[] {
  const characters = [...new Set(text)];
  return slices.filter((slice) => characters.some((character) => holds(slice, character)));
}

function holds({ ranges }: FontSlice, character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return ranges.some(([first, last]) => first <= code && code <= last);
}
