/**
 * What an export prints of a quoted message, `名:原文` -> name and text.
 *
 * A name may hold the very sign that divides them. If a name is known from the file it counts; else the first sign divides.
 */
import type { QuotedMessage } from '../../types.js';

/** So many divisions are tried; no name holds more. */
const MOST_SIGNS = 8;

/** `signs` in the order in which they are tried. Without any of them all is text and the name is ''. */
export function quotedTalk(printed: string, signs: readonly string[], isKnown: (name: string) => boolean): QuotedMessage {
  for (const sign of signs) {
    let at = printed.indexOf(sign);
    for (let tries = 0; at >= 0 && tries < MOST_SIGNS; tries++) {
      if (isKnown(printed.slice(0, at))) return divided(printed, at, sign);
      at = printed.indexOf(sign, at + 1);
    }
  }
  for (const sign of signs) {
    const at = printed.indexOf(sign);
    if (at >= 0) return divided(printed, at, sign);
  }
  return { name: '', text: printed.trim() };
}

/** Ends a reply in exports of WeFlow: `回复[引用 昵称：原文]`. */
const AT_END = '[引用 ';

/** The original may hold brackets, so it goes from the first `[引用 ` to the end. */
export function quotationAtEnd(
  body: string,
  isKnown: (name: string) => boolean = () => false,
): { readonly quoted?: QuotedMessage; readonly reply: string } {
  const at = body.endsWith(']') ? body.indexOf(AT_END) : -1;
  if (at < 0) return { reply: body };
  return { quoted: quotedTalk(body.slice(at + AT_END.length, -1), ['：'], isKnown), reply: body.slice(0, at).trim() };
}

function divided(printed: string, at: number, sign: string): QuotedMessage {
  return { name: printed.slice(0, at).trim(), text: printed.slice(at + sign.length).trim() };
}
