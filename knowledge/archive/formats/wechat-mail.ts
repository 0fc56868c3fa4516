/**
 * What the phone sends when talk is selected and mailed: `微信群"群名"的聊天记录如下:`, lines of the day
 * `—————  2026-04-06  —————`, and for each message `昵称  16:21`, its content, a blank line.
 *
 * A name may hold times, so the time is what stands at the line's end behind a blank. There are no seconds: messages of a minute keep
 * their order. Without lines of the day all is of one day, which `--date` or the file's name tells. Pictures and files are names of
 * attachments.
 */
import { chatlogText } from './chatlog-text.js';
import type { ExportContext, ExportedMessage, ExportFormat, ExportSource } from './export-format.js';
import { beginsWithHeader, blocksOf, firstLines, isBlank, layoutOf, linesOfHead } from './message-blocks.js';
import { kindOfPlaceholder } from './placeholders.js';
import { instants, numbersIn, orderOf, type PrintedTime, printedTime } from './printed-time.js';
import { timedHeader } from './wechatmsg-text.js';

interface MailHeader {
  readonly order: number;
  /** Of a message; of a line of the day the beginning of that day. */
  readonly time: PrintedTime;
  /** undefined: a line of the day. */
  readonly name?: string;
}

const HEADING = /的聊天记录如下|在微信上的聊天记录/;
/** The mail's own lines (from, subject) may stand above. */
const HEADING_WITHIN = 40;
const RULE = /^[—―─–-]{2,}[\s—―─–-]*(?=\d)/;
const DAY = /^(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?/;
const CLOCK = /^\d{1,2}:\d{2}$/;

export const wechatMail: ExportFormat = {
  id: 'wechat-mail',
  name: "the phone's mail export",
  howTo: 'WeChat on the phone: hold a message, choose 多选, select, 转发, 邮件; save the text of the mail as a file.',
  recognises,
  read,
};

function recognises(head: string): boolean {
  // Somebody may have pasted such a mail into talk that another tool exported.
  if (beginsWithHeader(head, timedHeader) || chatlogText.recognises(head, new Uint8Array())) return false;
  const lines = linesOfHead(head);
  const hasHeading = lines.slice(0, HEADING_WITHIN).some((line) => HEADING.test(line));
  const days = lines.filter((line) => dayIn(line) !== undefined).length;
  const messages = lines.filter((line) => messageHeader(line, undefined) !== undefined).length;
  return messages > 0 && (hasHeading || days > 0);
}

async function* read(source: ExportSource, context: ExportContext): AsyncIterable<readonly ExportedMessage[]> {
  const room = roomIn(await firstLines(source));
  const instantOf = instants(context, source.name);
  // The lines are looked at twice, and each time the day goes along.
  const layout = layoutOf(await firstLines(source), headersOf());
  let hasBegun = false;
  const onLoose = (line: number, text: string): void => {
    if (HEADING.test(text)) hasBegun = true;
    else if (hasBegun) context.skip(line, 'a line before the first message, left out');
  };
  for await (const blocks of blocksOf(source, { ...layout, headerOf: headersOf() }, onLoose)) {
    const messages: ExportedMessage[] = [];
    for (const { line, header, body } of blocks) {
      if (header.name === undefined) {
        if (body !== '') context.skip(line, 'text below a line of the day that belongs to no message, left out');
        continue;
      }
      const at = instantOf(header.time);
      const kind = kindOfPlaceholder(body);
      messages.push({
        line,
        name: header.name,
        body,
        ...(at === undefined ? {} : { at }),
        ...(room === undefined ? {} : { room }),
        ...(kind ? { kind } : {}),
      });
    }
    if (messages.length > 0) yield messages;
  }
}

/** Reads headers in the order of the lines, for a message is of the day whose line came last. */
function headersOf(): (line: string) => MailHeader | undefined {
  let day: PrintedTime | undefined;
  return (line) => {
    const next = dayIn(line);
    if (next === undefined) return messageHeader(line, day);
    day = next;
    return { order: orderOf(next), time: next };
  };
}

/** `—————  2026-04-06  —————`, also with slashes or 年月日, and perhaps a weekday. */
function dayIn(line: string): PrintedTime | undefined {
  const text = line.trim();
  const rule = text.length <= 80 ? RULE.exec(text) : null;
  if (rule === null || !/[—―─–-]{2}$/.test(text)) return undefined;
  const match = DAY.exec(text.slice(rule[0].length));
  return match ? printedTime(match.slice(1).map(Number), { year: true, date: true }) : undefined;
}

function messageHeader(line: string, day: PrintedTime | undefined): MailHeader | undefined {
  const text = line.trimEnd();
  const last = text.charCodeAt(text.length - 1);
  if (text.length > 200 || last < 48 || last > 57) return undefined;
  const blank = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\t'), text.lastIndexOf('\u00a0'));
  const clock = text.slice(blank + 1);
  const isSetOff = /^[ \t\u00a0]{2}$|\t$/.test(text.slice(Math.max(0, blank - 1), blank + 1));
  if (blank < 0 || !isSetOff || !CLOCK.test(clock)) return undefined;
  const time = printedTime(numbersIn(clock), { year: false, date: false });
  if (time === undefined) return undefined;
  const dated = { ...day, second: time.second };
  return { order: orderOf(dated), time: dated, name: text.slice(0, blank).trim() };
}

/** The room's name stands in quotes in the heading, whichever quotes the phone's language has. */
function roomIn(lines: readonly string[]): string | undefined {
  const heading = lines.slice(0, HEADING_WITHIN).find((line) => HEADING.test(line)) ?? '';
  const name = /群(?:聊)?\s*["“「『](.{1,100})["”」』]\s*的聊天记录/.exec(heading)?.[1];
  return name === undefined || isBlank(name) ? undefined : name.trim();
}
