/**
 * The fonts of a card: Noto Sans SC, and others for what it lacks, each cut into slices by Fontsource for browsers.
 *
 * In: the installed packages. Out: which characters they have, and the files that hold those of a text. A card needs some
 * twenty of 250; reading all of them takes ten times as long.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** In the order in which a character is looked for: Chinese; Greek and Latin; rare Chinese, kana and hangul; emoji in one colour. */
export const FAMILIES = ['noto-sans-sc', 'source-sans-3', 'noto-sans-jp', 'noto-emoji'] as const;

export interface FontSlice {
  readonly family: string;
  readonly path: string;
}

/** By code point: the slices that claim it, in the order of the families. */
export type Fonts = ReadonlyMap<number, readonly FontSlice[]>;

/**
 * Slices claim more than they hold, as far as a browser would look on in another font: these are the scripts that they truly
 * have (of all others, and of private characters, they have none or fragments).
 */
const SCRIPTS =
  /^[\p{Script=Han}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Common}]$/u;
const PRIVATE = /[\p{Co}\p{Cn}\p{Cc}]/u;
/** The Chinese font claims emoji that only the emoji font has. */
const PICTOGRAPH = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;

/** @throws Error if a font is not installed */
export function readFonts(): Fonts {
  const { resolve } = createRequire(import.meta.url);
  const fonts = new Map<number, FontSlice[]>();
  for (const family of FAMILIES) {
    const list = resolve(`@fontsource-variable/${family}/unicode.json`);
    const slices = JSON.parse(readFileSync(list, 'utf8')) as Readonly<Record<string, string>>;
    for (const [name, ranges] of Object.entries(slices)) {
      const slice = {
        family,
        path: join(dirname(list), 'files', `${family}-${name.replace(/[[\]]/g, '')}-wght-normal.woff2`),
      };
      for (const range of ranges.split(',')) claim(fonts, slice, range.trim());
    }
  }
  return fonts;
}

/** Adds a slice to all code points of `U+4E00-4E0F` or `U+4E00`. */
function claim(fonts: Map<number, FontSlice[]>, slice: FontSlice, range: string): void {
  const [first = '', last = first] = range.slice('U+'.length).split('-');
  const end = Number.parseInt(last, 16);
  for (let code = Number.parseInt(first, 16); code <= end; code += 1) {
    const claimants = fonts.get(code);
    if (claimants === undefined) fonts.set(code, [slice]);
    else claimants.push(slice);
  }
}

export function covers(fonts: Fonts, character: string): boolean {
  return SCRIPTS.test(character) && !PRIVATE.test(character) && fonts.has(character.codePointAt(0) ?? 0);
}

/** The slices that the characters of a text are drawn from. */
export function slicesFor(fonts: Fonts, text: string): ReadonlySet<FontSlice> {
  const needed = [...new Set(text)].flatMap((character) => {
    const claimants = fonts.get(character.codePointAt(0) ?? 0) ?? [];
    return PICTOGRAPH.test(character) ? claimants : claimants.slice(0, 1);
  });
  return new Set(needed);
}
