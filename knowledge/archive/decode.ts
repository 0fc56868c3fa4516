/**
 * Bytes of a transcript file -> text, and how it was read.
 *
 * UTF-8 is the rule; exports of old Windows tools come in GBK, some in UTF-16 with a byte order mark.
 */
import iconv from 'iconv-lite';
import { detect } from 'jschardet';

export type Decoded =
  | { readonly ok: true; readonly text: string; readonly encoding: string; readonly replaced: number }
  | { readonly ok: false; readonly why: 'binary' };

const SAMPLE = 64 * 1024;

/** `replaced` counts the bytes that could not be read and became U+FFFD. */
export function decode(bytes: Buffer): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { ok: true, text: iconv.decode(bytes, 'utf16le'), encoding: 'UTF-16', replaced: 0 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { ok: true, text: iconv.decode(bytes, 'utf16be'), encoding: 'UTF-16', replaced: 0 };
  const head = bytes.subarray(0, SAMPLE);
  const zeros = head.filter((byte) => byte === 0).length;
  if (zeros * 10 > head.length) return { ok: false, why: 'binary' };
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8', replaced: 0 };
  } catch {
    // A stray zero in a text does not make it binary, but with bytes that are no UTF-8 either it is.
    return zeros > 0 ? { ok: false, why: 'binary' } : legacy(bytes);
  }
}

/** Not valid UTF-8: GBK if the whole reads as GBK with fewer holes than UTF-8 would have, else UTF-8 with holes. */
function legacy(bytes: Buffer): Decoded {
  const utf8 = new TextDecoder('utf-8').decode(bytes);
  const gbk = iconv.decode(bytes, 'gb18030');
  const utf8Holes = holes(utf8);
  const gbkHoles = holes(gbk);
  const guess = detect(bytes.subarray(0, SAMPLE)).encoding?.toUpperCase();
  const looksChinese = guess === undefined || guess === null || /GB|BIG5|EUC/.test(guess);
  // A UTF-8 file with a few broken bytes has few holes for its size; GBK read as UTF-8 is nothing but holes.
  if (gbkHoles * 4 < utf8Holes && (looksChinese || utf8Holes * 20 > bytes.length)) {
    return { ok: true, text: gbk, encoding: 'GBK', replaced: gbkHoles };
  }
  return { ok: true, text: utf8, encoding: 'UTF-8', replaced: utf8Holes };
}

function holes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count++;
  return count;
}
