/**
 * The text files of WeFlow and echotrace: `2023-12-20 00:00:00 '张三'`, the content, a blank line.
 *
 * A name may hold single quotes: it goes from the first to the last of the line. A quotation stands at the end of the reply as
 * `[引用 昵称：原文]`. Notices are printed under the name of whoever exported; they are known by their words.
 */
import type { ExportedMessage, ExportFormat } from './export-format.js';
import { type Block, beginsWithHeader } from './message-blocks.js';
import { kindOfPlaceholder } from './placeholders.js';
import { quotationAtEnd } from './quoted-talk.js';
import { namesAreQuoted, readTimed, type TimedHeader, timedHeader } from './wechatmsg-text.js';

export const weflowText: ExportFormat = {
  id: 'weflow-text',
  name: 'WeFlow / echotrace TXT',
  howTo: 'WeFlow or echotrace: export the group as TXT; JSON keeps more.',
  recognises: (head) => beginsWithHeader(head, quotedHeader) && namesAreQuoted(head),
  read: (source, context) => readTimed(source, context, quotedHeader, message),
};

function quotedHeader(line: string): TimedHeader | undefined {
  const header = timedHeader(line);
  if (header === undefined || header.rest.length < 2 || !header.rest.startsWith("'") || !header.rest.endsWith("'"))
    return undefined;
  return { ...header, rest: header.rest.slice(1, -1) };
}

function message({ line, header, body }: Block<TimedHeader>, at: number | undefined, speakers: Set<string>): ExportedMessage {
  const name = header.rest.trim();
  speakers.add(name);
  const { quoted, reply } = quotationAtEnd(body, (other) => speakers.has(other));
  const kind = kindOfPlaceholder(reply);
  return {
    line,
    name,
    body: reply,
    ...(at === undefined ? {} : { at }),
    ...(quoted ? { quoted } : {}),
    ...(kind ? { kind } : {}),
  };
}
