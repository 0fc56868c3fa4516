/**
 * The plain text that chatlog gives for a room: `昵称(账号) 时间`, the content, a blank line.
 *
 * The time is `15:04:05` for one day, `01-02 15:04:05` within a year, else `2006-01-02 15:04:05`, the same in the whole file; which,
 * the beginning tells. Before it stand, in newer versions, the message's number ` [1714525200000]` and, for several rooms,
 * ` [群名(群号)]`. Who has no name is shown by his account alone, who exported by `我` in the place of his account; of a notice nothing
 * is shown but the time, or the room. Lines of a quotation begin with `> `, those of forwarded talk with two blanks.
 *
 * What is decided, and what cannot be, about lines that look like headers stands in message-blocks.ts; about times that lack a
 * part in printed-time.ts.
 */

import { isRoomId } from '../../people/logins.js';
import type { MessageKind, QuotedMessage } from '../../types.js';
import type { ExportContext, ExportedMessage, ExportFormat, ExportSource } from './export-format.js';
import { type Block, blocksOf, firstLines, isBlank, layoutOf, linesOfHead } from './message-blocks.js';
import { kindOfPlaceholder } from './placeholders.js';
import { instants, numbersIn, orderOf, type PrintedTime, printedTime } from './printed-time.js';
import { kindOfWechatType } from './wechat-types.js';

type Precision = 'year' | 'date' | 'time';

interface ChatlogHeader {
  readonly order: number;
  readonly time: PrintedTime;
  readonly name: string;
  readonly sender?: string;
  readonly room?: string;
}

/** Shape of a time, and its length with the blank before it; the longest first, for each ends as the next one does. */
const TIMES: readonly { readonly precision: Precision; readonly length: number; readonly shape: RegExp }[] = [
  { precision: 'year', length: 20, shape: /^ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/ },
  { precision: 'date', length: 15, shape: /^ \d\d-\d\d \d\d:\d\d:\d\d$/ },
  { precision: 'time', length: 9, shape: /^ \d\d:\d\d:\d\d$/ },
];
/** Who exported is shown so instead of by his account. */
const SELF = '我';
/** In the place of an account: a notice, which is from nobody. */
const SYSTEM = '系统消息';
/** A person's or a room's account in brackets before the time, or nothing but an account. */
const SHOWS_ACCOUNT = /\)\]?(?: \[\d+\])? [\d: -]{8,19}$|^wxid_|^系统消息 /;
const ACCOUNT = /^[\w@.-]{2,64}$/;
const NUMBER_IN_BRACKETS = / \[\d+\](?= \[|$)/;
/** A quotation whose original chatlog did not find. */
const LOST_QUOTE = '[引用]';

export const chatlogText: ExportFormat = {
  id: 'chatlog-text',
  name: 'chatlog, plain text',
  howTo: 'chatlog: open /api/v1/chatlog?time=2024-01-01~2024-12-31&talker=群名, save the page as text, and add --year 2024.',
  recognises,
  read,
};

function recognises(head: string): boolean {
  const lines = linesOfHead(head);
  const first = lines.find((line) => !isBlank(line));
  if (first === undefined || TIMES.every(({ precision }) => headerOf(first, precision) === undefined)) return false;
  const headers = lines.filter((line) => TIMES.some(({ precision }) => headerOf(line, precision) !== undefined));
  // Others print a name and a time too, but not an account with most of the names.
  return headers.filter((line) => SHOWS_ACCOUNT.test(line)).length * 2 > headers.length;
}

async function* read(source: ExportSource, context: ExportContext): AsyncIterable<readonly ExportedMessage[]> {
  const lines = await firstLines(source);
  const precision = precisionOf(lines);
  const instantOf = instants(context, source.name);
  const layout = layoutOf(lines, (line) => headerOf(line, precision));
  const onLoose = (line: number): void => context.skip(line, 'a line before the first message, left out');
  for await (const blocks of blocksOf(source, layout, onLoose)) {
    yield blocks.map((block) => message(block, instantOf(block.header.time)));
  }
}

function precisionOf(lines: readonly string[]): Precision {
  const counted = TIMES.map(({ precision }) => ({
    precision,
    count: lines.filter((line) => headerOf(line, precision) !== undefined).length,
  }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).precision;
}

function headerOf(line: string, precision: Precision): ChatlogHeader | undefined {
  const last = line.charCodeAt(line.length - 1);
  if (line.length > 400 || last < 48 || last > 57 || line.startsWith('> ')) return undefined;
  const kind = TIMES.find(({ length, shape }) => shape.test(line.slice(-length)));
  if (kind?.precision !== precision) return undefined;
  const numbers = numbersIn(line.slice(-kind.length));
  const time = printedTime(numbers, { year: precision === 'year', date: precision !== 'time' });
  const who = time && whoIn(line.slice(0, -kind.length).replace(NUMBER_IN_BRACKETS, ''));
  return who && { order: orderOf(time), time, ...who };
}

/** `昵称(账号)`, an account alone, each perhaps followed by ` [群名(群号)]`. */
function whoIn(printed: string): Omit<ChatlogHeader, 'order' | 'time'> | undefined {
  if (printed === '') return { name: SYSTEM };
  if (!printed.endsWith(']')) return speakerIn(printed);
  // The name of a person or a room may hold brackets: the first place that leaves a speaker before it divides.
  for (let at = printed.indexOf(' ['), tries = 0; at >= 0 && tries < 8; at = printed.indexOf(' [', at + 1), tries++) {
    const speaker = speakerIn(printed.slice(0, at));
    if (speaker) return { ...speaker, room: roomIn(printed.slice(at + 2, -1)) };
  }
  return undefined;
}

function speakerIn(printed: string): { readonly name: string; readonly sender?: string } | undefined {
  if (printed === SYSTEM || printed === SELF) return { name: printed };
  const open = printed.lastIndexOf('(');
  if (!printed.endsWith(')') || open <= 0) {
    if (!ACCOUNT.test(printed)) return undefined;
    return isRoomId(printed) ? { name: SYSTEM } : { name: printed, sender: printed };
  }
  const account = printed.slice(open + 1, -1);
  const name = printed.slice(0, open);
  // 我 is another person in everybody's export, so it is no id.
  if (account === SELF) return { name };
  if (isRoomId(account)) return { name: SYSTEM };
  return ACCOUNT.test(account) ? { name, sender: account } : undefined;
}

function roomIn(printed: string): string {
  const open = printed.lastIndexOf('(');
  return open > 0 && printed.endsWith(')') ? printed.slice(0, open) : printed;
}

function message({ line, header, body }: Block<ChatlogHeader>, at: number | undefined): ExportedMessage {
  const { quoted, reply } = chatlogQuotation(body);
  const isFromNobody = header.name === SYSTEM && header.sender === undefined;
  const kind: MessageKind | undefined = isFromNobody ? 'system' : kindOfContent(reply);
  return {
    line,
    // A notice is from nobody.
    name: isFromNobody ? '' : header.name,
    body: reply,
    ...(at === undefined ? {} : { at }),
    ...(header.sender === undefined ? {} : { sender: header.sender }),
    ...(header.room === undefined ? {} : { room: header.room }),
    ...(quoted ? { quoted } : {}),
    ...(kind ? { kind } : {}),
  };
}

/** A type that chatlog has no words for is printed as its number. */
export function kindOfContent(content: string): MessageKind | undefined {
  const type = /^Type: (\d{1,6}) Content:/.exec(content)?.[1];
  return type === undefined ? kindOfPlaceholder(content) : (kindOfWechatType(Number(type), 0) ?? 'card');
}

/** Whether a message with this account and name is from nobody. */
export function isNotice(sender: string, name: string): boolean {
  return sender === SYSTEM || isRoomId(sender) || (sender === '' && name === '');
}

/** A body that begins with `> 昵称(账号) 01-02 15:04:05` quotes; one that begins with another `> ` is a text somebody wrote so. */
export function chatlogQuotation(body: string): { readonly quoted?: QuotedMessage; readonly reply: string } {
  if (!body.startsWith('> ')) return { reply: body };
  const lines = body.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('> '));
  const reply = end < 0 ? '' : lines.slice(end).join('\n').trim();
  const [first = '', ...text] = lines.slice(0, end < 0 ? lines.length : end).map((line) => line.slice(2));
  if (first === LOST_QUOTE) return { reply };
  const header = headerOf(first, 'date') ?? headerOf(first, 'year');
  if (!header) return { reply: body };
  // What the quoted message itself quotes is no part of its text.
  const own = text.filter((line) => !line.startsWith('> '));
  return { quoted: { name: header.name, text: own.join('\n') }, reply };
}
