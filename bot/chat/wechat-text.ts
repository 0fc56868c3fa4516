/**
 * Web WeChat's wire form -> text as people typed it, and what a raw payload tells that Wechaty does not.
 *
 * In: escaped HTML with `<br/>`, emoji spans and, in rooms, the sender's id in front. Out: plain text; ids of recalled messages.
 */
import { decodeHTML } from 'entities';
import { z } from 'zod';

/** `MsgType` of text, of a grey line nobody wrote, and of a message taken back. */
const TEXT = 1;
const NOTICE = 10_000;
const RECALLED = 10_002;

const RAW = z.object({ MsgType: z.number(), OriginalContent: z.string() });

/** "操作过于频繁，可稍后再试。" in a room means that the account sends too often. */
const TOO_OFTEN = /操作(过于|太)频繁/;

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
  return contentOf(raw, TEXT);
}

/**
 * The ids that a recall may mean, likeliest first. Web WeChat gives the one known from the message as `msgid`, other
 * clients as `newmsgid`. Wechaty's `toRecalled()` finds neither.
 */
export function recalledIds(raw: unknown): readonly string[] {
  const xml = contentOf(raw, RECALLED) ?? '';
  const ids = [/<newmsgid>\s*(\d+)\s*<\/newmsgid>/, /<msgid>\s*(\d+)\s*<\/msgid>/].flatMap((tag) => tag.exec(xml)?.[1] ?? []);
  return [...new Set(ids)];
}

/** Whether this is the platform's own line that the bot sends too often, and no member's joke about it. */
export function saysTooOften(raw: unknown): boolean {
  return TOO_OFTEN.test(contentOf(raw, NOTICE) ?? '');
}

function contentOf(raw: unknown, type: number): string | undefined {
  const { success, data } = RAW.safeParse(raw);
  if (!success || data.MsgType !== type) return undefined;
  return decodeWire(data.OriginalContent.replace(/^@[0-9a-zA-Z]+:<br\s*\/?>/, ''));
}

/** "1f602", or two code points in one word: "1f1e81f1f3". */
function emojiOf(hex: string): string | undefined {
  const parts = hex.length > 5 ? [hex.slice(0, hex.length / 2), hex.slice(hex.length / 2)] : [hex];
  const points = parts.map((part) => Number.parseInt(part, 16));
  return points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points) : undefined;
}
