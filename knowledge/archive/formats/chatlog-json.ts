/**
 * The JSON that chatlog gives for a room: an array of messages with WeChat's numbers for their types.
 *
 * Times carry their zone. A quotation (49/57) has the quoted message in `contents.refer`, forwarded talk (49/19) what it is about in
 * `contents.recordInfo`. `seq` is the place in one person's database, another one in everybody's, and so no id. Lines are numbers
 * of messages.
 */

import { z } from 'zod';
import type { QuotedMessage } from '../../types.js';
import { jsonElements } from '../import/json-elements.js';
import { isNotice } from './chatlog-text.js';
import type { ExportContext, ExportedMessage, ExportFormat } from './export-format.js';
import { messageOf } from './json-message.js';
import { isForwardedRecord, isQuotation, kindOfWechatType } from './wechat-types.js';

const text = z.string().nullish();
const CONTENTS = z
  .object({ title: z.unknown(), desc: z.unknown(), url: z.unknown(), refer: z.unknown(), recordInfo: z.unknown() })
  .partial()
  .nullish();
const MESSAGE = z.object({
  time: z.string(),
  talker: text,
  talkerName: text,
  sender: text,
  senderName: text,
  type: z.number(),
  subType: z.number().nullish(),
  content: text,
  contents: CONTENTS,
});
type ChatlogMessage = z.infer<typeof MESSAGE>;
const REFERRED = z.object({
  sender: text,
  senderName: text,
  type: z.number().nullish(),
  subType: z.number().nullish(),
  content: text,
  contents: CONTENTS,
});

export const chatlogJson: ExportFormat = {
  id: 'chatlog-json',
  name: 'chatlog JSON',
  howTo: 'chatlog: open /api/v1/chatlog?time=2024-01-01~2024-12-31&talker=群名&format=json and save the page.',
  unit: 'message',
  recognises: (head) =>
    /^\s*\[\s*\{/.test(head) && ['talker', 'isChatRoom', 'sender'].every((field) => head.includes(`"${field}"`)),
  async *read(source, context) {
    for await (const elements of jsonElements(source.text())) {
      yield elements.flatMap(({ number, value }) => messageIn(value, number, context) ?? []);
    }
  },
};

function messageIn(value: unknown, line: number, { skip }: ExportContext): ExportedMessage | undefined {
  const message = messageOf(MESSAGE, value, line, skip);
  if (message === undefined) return undefined;
  const at = Date.parse(message.time);
  if (Number.isNaN(at)) {
    skip(line, `a time that cannot be read (${JSON.stringify(message.time.slice(0, 40))}), left out`);
    return undefined;
  }
  const sender = message.sender?.trim() ?? '';
  const isFromNobody = sender === '' || isNotice(sender, '');
  const kind = isFromNobody ? 'system' : kindOfWechatType(message.type, message.subType ?? 0);
  const quoted = isQuotation(message.type, message.subType ?? 0) ? quotedIn(message) : undefined;
  const room = message.talkerName?.trim() || message.talker?.trim();
  return {
    line,
    at,
    name: isFromNobody ? '' : message.senderName?.trim() || sender,
    ...(isFromNobody ? {} : { sender }),
    body: bodyOf(message),
    ...(room ? { room } : {}),
    ...(quoted ? { quoted } : {}),
    ...(kind ? { kind } : {}),
  };
}

function quotedIn({ contents }: ChatlogMessage): QuotedMessage | undefined {
  const refer = REFERRED.safeParse(contents?.refer);
  if (!refer.success) return undefined;
  const { sender, senderName, type, ...rest } = refer.data;
  return { name: senderName?.trim() || sender?.trim() || '', text: bodyOf({ ...rest, type: type ?? 1 }) };
}

/** What is shown of messages that have no words. */
const PLACEHOLDERS: Readonly<Record<number, string>> = { 3: '[图片]', 34: '[语音]', 43: '[视频]', 47: '[动画表情]' };

function bodyOf({ type, subType, content, contents }: Pick<ChatlogMessage, 'type' | 'subType' | 'content' | 'contents'>): string {
  const own = content?.trim() ?? '';
  const placeholder = PLACEHOLDERS[type];
  if (placeholder !== undefined) return placeholder;
  if (isForwardedRecord(type, subType ?? 0)) return lines(titleIn(contents?.recordInfo)) || own || lines(titleIn(contents));
  if (own !== '') return own;
  const title = textIn(contents, 'title');
  const url = textIn(contents, 'url');
  return /^https?:/.test(url) && title !== '' ? `[${title}](${url})` : lines([title, url]);
}

/** What forwarded talk is about: of the record itself, or of the message where the record could not be read. */
function titleIn(about: unknown): readonly string[] {
  const fields = about as Record<string, unknown> | null | undefined;
  return ['title', 'desc'].map((field) => textIn(fields, field) || textIn(fields, `${field[0]?.toUpperCase()}${field.slice(1)}`));
}

function textIn(fields: Readonly<Record<string, unknown>> | null | undefined, name: string): string {
  const value = fields?.[name];
  return typeof value === 'string' ? value.trim() : '';
}

function lines(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n');
}
