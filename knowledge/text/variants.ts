/**
 * Text in traditional characters -> the same text in simplified ones, so that 備付金 and 备付金 are one word.
 *
 * In: any text, before or after folding. Out: the text itself unless it holds a character that only traditional text has;
 * then the whole of it, phrase by phrase (乾淨 -> 干净). The result is only compared, never shown.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

type Converter = (text: string) => string;

/** What is used of opencc-js; its own declarations do not resolve from ES modules. */
interface OpenCC {
  readonly Converter: (variants: { readonly from: 't'; readonly to: 'cn' }) => Converter;
}

/** The Chinese characters that are looked at: CJK Extension A and the main block. */
const FIRST = 0x3400;
const LAST = 0x9fff;

const SIMPLIFIED = 1;
const TRADITIONAL = 2;

/**
 * Makes a converter. Its tables are made at the first character that might be traditional (0.05 s, 9 MB) and live as long
 * as it does; texts in simplified characters cost about 5 ns a character.
 */
export function simplifier(): (text: string) => string {
  const kinds = new Uint8Array(LAST - FIRST + 1);
  let known = false;
  let converter: Converter | undefined;

  const convert: Converter = (text) => {
    converter ??= (require('opencc-js/t2cn') as OpenCC).Converter({ from: 't', to: 'cn' });
    return converter(text);
  };
  const kindOf = (offset: number): number => {
    const character = String.fromCharCode(FIRST + offset);
    const kind = convert(character) === character ? SIMPLIFIED : TRADITIONAL;
    kinds[offset] = kind;
    return kind;
  };

  return (text) => {
    for (let i = 0; i < text.length; i++) {
      const offset = text.charCodeAt(i) - FIRST;
      if (offset < 0 || offset > LAST - FIRST) continue;
      if (!known) {
        known = true;
        for (const character of simplifiedStandard()) kinds[character.charCodeAt(0) - FIRST] = SIMPLIFIED;
      }
      const kind = kinds[offset] || kindOf(offset);
      if (kind === TRADITIONAL) return convert(text);
    }
    return text;
  };
}

/**
 * The 6,763 characters of GB 2312, mainland China's standard of 1980. Some of them (乾, 著, 瞭) are also traditional spellings
 * of others, but people who write simplified use them too, in names and set phrases, so they do not make a text traditional.
 */
function simplifiedStandard(): string {
  const bytes: number[] = [];
  // Rows 16 to 87 hold the characters; the last five places of row 55 (lead byte D7) are empty.
  for (let lead = 0xb0; lead <= 0xf7; lead++) {
    for (let trail = 0xa1; trail <= (lead === 0xd7 ? 0xf9 : 0xfe); trail++) bytes.push(lead, trail);
  }
  return new TextDecoder('gbk').decode(new Uint8Array(bytes));
}
