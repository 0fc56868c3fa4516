/**
 * Web WeChat's wire form -> text as people typed it.
 *
 * In: escaped HTML with `<br/>`, emoji spans and, in rooms, the sender's id in front. Out: plain text.
 */
import { decodeHTML } from 'entities';

/** Decodes line breaks, emoji and entities, each once. */
export function decodeWire(wire: string): string {
  const emoji = wire
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<span class="emoji emoji([0-9a-f]+)"><\/span>/gi, (span, hex: string) => emojiOf(hex) ?? span);
  return decodeHTML(emoji);
}

/**
 * The whole text from the raw payload of a text message; undefined if the puppet gives none in this form.
 *
 * Wechaty's own `message.text()` loses everything behind a second ":\n" on Web WeChat ("方案如下:\n1. …" arrives as
 * "方案如下") and leaves `&amp;` escaped.
 */
export function textOfRawPayload(raw: unknown): string | undefined {
  if (typeof raw !== 'object' || raw === null || !('MsgType' in raw) || !('OriginalContent' in raw)) return undefined;
  if (raw.MsgType !== 1 || typeof raw.OriginalContent !== 'string') return undefined;
  return decodeWire(raw.OriginalContent.replace(/^@[0-9a-zA-Z]+:<br\s*\/?>/, ''));
}

/** "1f602", or two code points in one word: "1f1e81f1f3". */
function emojiOf(hex: string): string | undefined {
  const parts = hex.length > 5 ? [hex.slice(0, hex.length / 2), hex.slice(hex.length / 2)] : [hex];
  const points = parts.map((part) => Number.parseInt(part, 16));
  return points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points) : undefined;
}
