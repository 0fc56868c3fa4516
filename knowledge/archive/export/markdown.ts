/**
 * The messages of one day -> a post of a Jekyll site, in the layout in which the archive's Markdown came to be.
 *
 * Pure. What it holds is read back the same: time, name, text, quotation. It has no place for accounts, ids and further names, for
 * kinds that the text does not tell, and for what was said to the bot. And without ids the same words at most a second apart are
 * one message that was exported twice, so whoever reads it back has them once.
 */
import { cleanBody } from '../../text/clean.js';
import type { ExportedMessage } from '../formats/export-format.js';
import { withQuotation } from '../live/lines.js';

/** A message with the local time at which it was said, HH:MM:SS. */
export type TimedMessage = ExportedMessage & { readonly time: string };

/** `date` YYYY-MM-DD. */
export function markdownPost(room: string, date: string, messages: readonly TimedMessage[]): string {
  const front = [
    '---',
    'layout:     source ',
    `title:      "${date}-WeChat"`,
    `date:       ${date} 12:00:00`,
    `author:     ${JSON.stringify(room)}`,
    `lines:      ${messages.length} `,
    'tag:        [chat]',
    '---',
  ];
  return `${[...front, ...messages.flatMap(paragraph)].join('\n')}\n`;
}

function paragraph({ time, name, body, quoted }: TimedMessage): readonly string[] {
  const text = textOf(body, quoted).split('\n').map(asText);
  return [`> ${time}  ${name}  `, '   ', ...text.slice(0, -1), `${text.at(-1) ?? ''}  `, '   '];
}

/** With what it answers, unless words of its own look like the end of a quotation: then they are worth more than the link. */
function textOf(body: string, quoted: ExportedMessage['quoted']): string {
  const whole = withQuotation(body, quoted);
  return cleanBody(whole).text === cleanBody(body).text ? whole : body;
}

/** A line of a text that looks like a header is none with a blank in front of it, which the reader takes away again. */
function asText(line: string): string {
  return line.startsWith('>') ? ` ${line}` : line;
}

/** Whether the text of a message does not tell what kind it is, so that a post loses it. */
export function losesKind({ kind, body, quoted }: ExportedMessage): boolean {
  return kind !== undefined && cleanBody(withQuotation(body, quoted)).kind !== kind;
}
