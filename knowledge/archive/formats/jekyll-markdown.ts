/**
 * Jekyll Markdown transcripts, one day a file: optional front matter, then for each message a header
 * `> HH:MM:SS  name`, a blank line and the text up to the next header.
 *
 * In: the text of one file. Out: its messages in file order. The front matter's `lines:` is not the number of messages
 * and is ignored.
 */
import { NAMELESS } from '../../people/names.js';
import type { RawMessage } from '../../types.js';
import { type ExportFormat, UnreadableExport } from './export-format.js';
import type { Format, FormatContext } from './format.js';

const HEADER = /^> ?(\d{1,2}):(\d{2}):(\d{2})(?:[ \t\u3000](.*))?$/s;
const ANY_HEADER = /^> ?\d{1,2}:\d{2}:\d{2}(?:[ \t\u3000]|$)/m;
const DATE = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/;

/** A day is read as a whole; characters. */
const LARGEST = 64 * 1024 * 1024;

const recognises = (head: string): boolean => ANY_HEADER.test(head) || (/^---\s*\n/.test(head) && /^layout:/m.test(head));

export const jekyllMarkdown: Format = { name: 'Jekyll Markdown', recognises, read };

export const jekyllMarkdownExport: ExportFormat = {
  id: 'jekyll-markdown',
  name: 'Jekyll Markdown',
  howTo: 'The posts of a Jekyll site of chats, one day a file: the folder _posts with 2024-05-06-chat.markdown and so on.',
  recognises,
  async *read(source, { clock, date, skip }) {
    let text = '';
    for await (const portion of source.text()) {
      text += portion;
      if (text.length > LARGEST) throw new UnreadableExport('larger than a day of talk can be');
    }
    const messages = read(text, { file: source.name, clock, warn: skip }, date);
    yield messages.map((message) => (message.name === NAMELESS ? { ...message, name: '' } : message));
  },
};

/** `instead` is the date where neither name nor front matter has one. */
function read(text: string, context: FormatContext, instead?: string): readonly RawMessage[] {
  const lines = text.split(/\r\n|\n|\r/);
  const front = frontMatter(lines, context);
  const date = dateOf(context, front.date) ?? instead;
  if (date === undefined) {
    context.warn(1, 'no date in the file name nor in the front matter, file skipped; name it YYYY-MM-DD-….markdown');
    return [];
  }
  const messages: RawMessage[] = [];
  let open: { line: number; at: number; name: string; from: number } | undefined;
  const close = (end: number): void => {
    if (!open) return;
    messages.push({ line: open.line, at: open.at, name: open.name, body: bodyOf(lines, open.from, end) });
  };
  let orphans = 0;
  for (let i = front.end; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.charCodeAt(0) !== 62 /* > */) {
      if (!open && line.trim() !== '') orphans++;
      continue;
    }
    const header = headerOf(line, lines, i, date, context, open?.at);
    if (!header) continue;
    close(i);
    open = { line: i + 1, at: header.at, name: header.name, from: i + 1 };
  }
  close(lines.length);
  if (orphans > 0) context.warn(front.end + 1, `lines before the first message header (${orphans}), left out`);
  return messages;
}

function headerOf(
  line: string,
  lines: readonly string[],
  i: number,
  date: string,
  context: FormatContext,
  previousAt: number | undefined,
): { at: number; name: string } | undefined {
  const instead = previousAt === undefined ? 'midnight' : 'the time of the message before it';
  const match = HEADER.exec(line);
  if (match) {
    const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3])];
    const name = (match[4] ?? '').trim() || NAMELESS;
    if (hour < 24 && minute < 60 && second < 60)
      return { at: context.clock.instant(date, hour * 3600 + minute * 60 + second), name };
    context.warn(i + 1, `no such time of day ${match[1]}:${match[2]}:${match[3]}, ${instead} was taken`);
    return { at: previousAt ?? context.clock.instant(date, 0), name };
  }
  // A header whose time was lost stands, as all headers do, between blank lines; a quoted line inside a text does not.
  const name = line.slice(1).trim();
  const isolated = (lines[i - 1] ?? '').trim() === '' && (lines[i + 1] ?? '').trim() === '' && i > 0 && i + 1 < lines.length;
  if (!isolated || !line.startsWith('> ') || name === '' || name.length > 60) return undefined;
  context.warn(i + 1, `a header without a time, ${instead} was taken`);
  return { at: previousAt ?? context.clock.instant(date, 0), name };
}

function bodyOf(lines: readonly string[], from: number, end: number): string {
  let first = from;
  let last = end;
  while (first < last && (lines[first] ?? '').trim() === '') first++;
  while (last > first && (lines[last - 1] ?? '').trim() === '') last--;
  if (last - first === 1) return (lines[first] ?? '').trim();
  return lines
    .slice(first, last)
    .map((line) => line.trim())
    .join('\n');
}

/** `end` is the index of the first line after the front matter; broken front matter is skipped up to the first header. */
function frontMatter(lines: readonly string[], context: FormatContext): { readonly end: number; readonly date?: string } {
  if ((lines[0] ?? '').replace(/^\ufeff/, '').trim() !== '---') return { end: 0 };
  let date: string | undefined;
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.trim() === '---') return date === undefined ? { end: i + 1 } : { end: i + 1, date };
    if (HEADER.test(line)) {
      context.warn(1, 'the front matter has no closing ---, it was taken to end at the first message header');
      return date === undefined ? { end: i } : { end: i, date };
    }
    const field = /^date:\s*(.*)$/.exec(line);
    const found = field && DATE.exec(field[1] ?? '');
    if (found) date = found[0];
  }
  context.warn(1, 'the front matter has no closing --- and no message follows');
  return { end: lines.length };
}

function dateOf(context: FormatContext, inFrontMatter: string | undefined): string | undefined {
  const name = context.file.slice(context.file.lastIndexOf('/') + 1);
  for (const candidate of [DATE.exec(name)?.[0], inFrontMatter]) {
    if (candidate !== undefined && isDate(candidate)) return candidate;
  }
  return undefined;
}

function isDate(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}
