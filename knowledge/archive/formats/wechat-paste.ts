/**
 * What WeChat on a computer puts on the clipboard, pasted into a file: `昵称 2024-01-01 12:00:00` and the content, or `昵称:` and
 * the content.
 *
 * With times: a header ends with a date and a time. A name may hold times and colons; the last one is the time.
 *
 * Without: a line that is a name and a colon begins a message, if a blank line stands before it (in a file whose messages are
 * divided so). It needs `--date`. The time of day is not known: the first message is put at 00:00:00 and each
 * next one ten seconds later, so that they keep their order. A text that ends a paragraph with a colon, short and without a
 * punctuation mark, cannot be told from a name.
 */
import { chatlogText } from './chatlog-text.js';
import type { ExportContext, ExportedMessage, ExportFormat, ExportSource } from './export-format.js';
import { beginsWithHeader, blocksOf, firstLines, isBlank, layoutOf, linesOfHead } from './message-blocks.js';
import { kindOfPlaceholder } from './placeholders.js';
import { instants, numbersIn, orderOf, type PrintedTime, printedTime } from './printed-time.js';
import { wechatMail } from './wechat-mail.js';

interface PasteHeader {
  readonly order?: number;
  /** undefined: a header without a time. */
  readonly time?: PrintedTime;
  readonly name: string;
}

const TIME_AT_END = /[ \t\u00a0](\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?[ \t]+\d{1,2}:\d{2}(?::\d{2})?)$/;
/** The longest such time with the blank before it. */
const LONGEST_TIME = 24;
const LONGEST_NAME = 40;
const NO_NAME = /[，。！？；、,;!?]|^[\s\-*#>|`[{<]|https?$/;
/** Seconds between messages whose time of day is not known. */
const APART = 10;
const LAST_SECOND = 86_399;

export const wechatPaste: ExportFormat = {
  id: 'wechat-paste',
  name: 'copied from WeChat on a computer',
  howTo: 'WeChat on a computer: select messages, copy, paste into a text file. Without times in it, add --date YYYY-MM-DD.',
  recognises,
  read,
};

function recognises(head: string): boolean {
  if (chatlogText.recognises(head, new Uint8Array()) || wechatMail.recognises(head, new Uint8Array())) return false;
  if (beginsWithHeader(head, timedHeader)) return true;
  const lines = linesOfHead(head);
  const first = lines.findIndex((line) => !isBlank(line));
  const names = lines.flatMap((line, i) => (nameHeader(line) && isText(lines[i + 1]) ? [i] : []));
  return names[0] === first && names.length >= 2;
}

/** Lines of data, of code or of a list follow a colon too, but they are set in. */
function isText(line: string | undefined): boolean {
  return !isBlank(line) && !/^[\s\-*]/.test(line ?? '');
}

async function* read(source: ExportSource, context: ExportContext): AsyncIterable<readonly ExportedMessage[]> {
  const lines = await firstLines(source);
  const isTimed = lines.some((line) => timedHeader(line) !== undefined);
  const layout = layoutOf(lines, isTimed ? timedHeader : nameHeader);
  const instantOf = instants(context, source.name);
  const onLoose = (line: number): void => context.skip(line, 'a line before the first message, left out');
  let second = 0;
  for await (const blocks of blocksOf(source, layout, onLoose)) {
    const messages: ExportedMessage[] = [];
    for (const { line, header, body } of blocks) {
      const at = instantOf(header.time ?? { second });
      if (header.time === undefined) second = Math.min(second + APART, LAST_SECOND);
      const kind = kindOfPlaceholder(body);
      messages.push({ line, name: header.name, body, ...(at === undefined ? {} : { at }), ...(kind ? { kind } : {}) });
    }
    yield messages;
  }
}

function timedHeader(line: string): PasteHeader | undefined {
  const last = line.charCodeAt(line.length - 1);
  if (line.length > 400 || last < 48 || last > 57) return undefined;
  const match = TIME_AT_END.exec(line.slice(-LONGEST_TIME));
  const time = match?.[1] === undefined ? undefined : printedTime(numbersIn(match[1]), { year: true, date: true });
  const name = match && line.slice(0, line.length - match[0].length).trim();
  return time && name ? { order: orderOf(time), time, name: withoutColon(name) } : undefined;
}

function nameHeader(line: string): PasteHeader | undefined {
  if (line.length < 2 || line.length > LONGEST_NAME || !/[:：]$/.test(line)) return undefined;
  const name = withoutColon(line).trim();
  return name === '' || NO_NAME.test(name) ? undefined : { name };
}

function withoutColon(name: string): string {
  return /[:：]$/.test(name) ? name.slice(0, -1) : name;
}
