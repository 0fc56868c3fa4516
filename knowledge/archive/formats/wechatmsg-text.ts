/**
 * The text files of WeChatMsg and MemoTrace: `2023-12-14 10:00:01 昵称`, the content, a blank line.
 *
 * A quotation stands behind the reply as a line `引用:昵称:原文` (newer: `引用：昵称: 原文`), of which the original may go on. A notice
 * has no name: older versions print it in the place of the name and nothing below, newer ones the time alone and the notice below.
 * So a name with nothing below is a notice, unless somebody of that name has spoken before.
 */
import type { QuotedMessage } from '../../types.js';
import type { ExportContext, ExportedMessage, ExportFormat, ExportSource } from './export-format.js';
import { type Block, beginsWithHeader, blocksOf, firstLines, layoutOf, linesOfHead } from './message-blocks.js';
import { kindOfPlaceholder } from './placeholders.js';
import { dateTimeIn, instants, orderOf, type PrintedTime } from './printed-time.js';
import { quotedTalk } from './quoted-talk.js';

export interface TimedHeader {
  readonly order: number;
  readonly time: PrintedTime;
  /** What stands behind the time; '' if nothing does. */
  readonly rest: string;
}

/** Whom a notice is from. */
const NOBODY = '';
const TIME_LENGTH = 19;
const FIRST_NAMES = 5;
const QUOTE = /^引用[:：]/;
/** What a newer version has no words for: a number, and everything that it knows of it. */
const DUMP = /^\d{2,15}\n(?:\{'|OrderedDict\(|<\?xml|<msg)/;
/** An original that the tool did not find. */
const LOST_QUOTE = '未知';

export const wechatmsgText: ExportFormat = {
  id: 'wechatmsg-text',
  name: 'WeChatMsg / MemoTrace TXT',
  howTo: 'WeChatMsg (MemoTrace, 留痕): open the group, export its talk as TXT; CSV keeps more.',
  recognises: (head) => beginsWithHeader(head, timedHeader) && !namesAreQuoted(head),
  read: (source, context) => readTimed(source, context, timedHeader, message),
};

/** `2023-12-14 10:00:01`, then the end of the line or a blank and the rest. */
export function timedHeader(line: string): TimedHeader | undefined {
  const first = line.charCodeAt(0);
  if (first < 48 || first > 57 || line.length > 400) return undefined;
  const behind = line[TIME_LENGTH];
  const time = behind === undefined || behind === ' ' ? dateTimeIn(line.slice(0, TIME_LENGTH)) : undefined;
  return time && { order: orderOf(time), time, rest: line.slice(TIME_LENGTH + 1).trim() };
}

/** WeFlow prints the same headers with every name in single quotes. The first ones tell, for others may have been pasted. */
export function namesAreQuoted(head: string): boolean {
  const headers = linesOfHead(head).flatMap((line) => timedHeader(line) ?? []);
  const names = headers.map(({ rest }) => rest).filter((name) => name !== '');
  const first = names.slice(0, FIRST_NAMES);
  return first.filter((name) => name.length > 2 && name.startsWith("'") && name.endsWith("'")).length * 2 > first.length;
}

/**
 * Reads such a file message by message.
 *
 * @param headerOf tells the headers of the format
 * @param message makes a message of a block; it is handed who has spoken so far, and adds the speaker
 */
export async function* readTimed(
  source: ExportSource,
  context: ExportContext,
  headerOf: (line: string) => TimedHeader | undefined,
  message: (block: Block<TimedHeader>, at: number | undefined, speakers: Set<string>) => ExportedMessage,
): AsyncIterable<readonly ExportedMessage[]> {
  const layout = layoutOf(await firstLines(source), headerOf);
  const instantOf = instants(context, source.name);
  const onLoose = (line: number): void => context.skip(line, 'a line before the first message, left out');
  const speakers = new Set<string>();
  for await (const blocks of blocksOf(source, layout, onLoose)) {
    yield blocks.map((block) => message(block, instantOf(block.header.time), speakers));
  }
}

function message({ line, header, body }: Block<TimedHeader>, at: number | undefined, speakers: Set<string>): ExportedMessage {
  const when = at === undefined ? { line } : { line, at };
  const name = header.rest;
  if (name === '') return { ...when, name: NOBODY, body, kind: 'system' };
  if (body === '' && !speakers.has(name)) return { ...when, name: NOBODY, body: name, kind: 'system' };
  speakers.add(name);
  const { quoted, reply } = quotationBelow(body, (other) => speakers.has(other));
  const kind = DUMP.test(reply) ? 'card' : kindOfPlaceholder(reply);
  return { ...when, name, body: reply, ...(quoted ? { quoted } : {}), ...(kind ? { kind } : {}) };
}

/** The reply, and what stands behind it as `引用:昵称:原文`. */
export function quotationBelow(
  body: string,
  isKnown: (name: string) => boolean,
): { readonly quoted?: QuotedMessage; readonly reply: string } {
  const lines = body.split('\n');
  // It stands behind a reply, so the first line is none.
  const at = lines.findIndex((line, i) => i > 0 && QUOTE.test(line));
  if (at < 0) return { reply: body };
  const reply = lines.slice(0, at).join('\n').trim();
  const printed = lines.slice(at).join('\n').replace(QUOTE, '');
  return printed === LOST_QUOTE ? { reply } : { quoted: quotedTalk(printed, [': ', ':'], isKnown), reply };
}
