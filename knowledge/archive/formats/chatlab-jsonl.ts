/**
 * ChatLab 0.0.2 JSONL: one JSON object a line, told apart by `_type`: a `header`, the `member`s, the `message`s.
 * Live capture writes this format.
 *
 * In: the text of one file. Out: its messages in file order; a line that is not JSON or lacks a field is told and left out.
 */
import { z } from 'zod';
import { bareId } from '../../people/logins.js';
import type { MessageKind, RawMessage } from '../../types.js';
import type { Format, FormatContext } from './format.js';

/** Message types of the format. Those not listed are shown as text. */
const KINDS: Readonly<Record<number, MessageKind>> = {
  1: 'image',
  2: 'voice',
  3: 'video',
  4: 'file',
  5: 'emoji',
  7: 'link',
  20: 'redpacket',
  21: 'redpacket',
  26: 'card',
  80: 'system',
  81: 'system',
};
/** Something was taken back. */
export const RECALL = 81;

/** The type under which a kind is written; 0 is text. */
export function typeOfKind(kind: MessageKind): number {
  return Number(Object.entries(KINDS).find(([, known]) => known === kind)?.[0] ?? 0);
}

const optionalText = z.string().nullish();
const MEMBER = z.object({
  _type: z.literal('member'),
  platformId: z.string(),
  accountName: optionalText,
  groupNickname: optionalText,
  aliases: z.array(z.string()).nullish(),
});
const MESSAGE = z.object({
  _type: z.literal('message'),
  sender: z.string(),
  accountName: optionalText,
  groupNickname: optionalText,
  // Seconds; more digits are milliseconds, or no time at all.
  timestamp: z.number().int().min(0).max(99_999_999_999),
  type: z.number().int(),
  content: optionalText,
  platformMessageId: z.union([z.string(), z.number()]).nullish(),
  replyToMessageId: z.union([z.string(), z.number()]).nullish(),
  // Not of the format: live capture marks with true what was said to the bot or by it.
  bot: z.unknown().optional(),
});

type Member = z.infer<typeof MEMBER>;

export const chatlabJsonl: Format = {
  name: 'ChatLab JSONL',
  recognises: (head) => /^[ \t]*\{[^\n]*"_type"\s*:\s*"(?:header|member|message)"/m.test(head),
  read,
};

function read(text: string, context: FormatContext): readonly RawMessage[] {
  const messages: RawMessage[] = [];
  const members = new Map<string, Member>();
  let line = 0;
  const rows = text.split('\n');
  for (const row of rows) {
    line++;
    if (row.trim() === '') continue;
    const value = parse(row);
    const type = value === undefined ? undefined : (value as { _type?: unknown } | null)?._type;
    if (type === 'header') continue;
    if (type === 'member') {
      const member = MEMBER.safeParse(value);
      if (member.success) members.set(member.data.platformId, member.data);
      else context.warn(line, 'a member line without platformId, left out');
    } else if (type === 'message') {
      const message = MESSAGE.safeParse(value);
      if (message.success) messages.push(raw(line, message.data, members.get(message.data.sender)));
      else context.warn(line, `a message line with a wrong ${message.error.issues[0]?.path.join('.') || 'shape'}, left out`);
    } else if (value === undefined && line === rows.length) context.warn(line, 'cut off in the middle, as by a crash; left out');
    else
      context.warn(
        line,
        type === undefined
          ? 'not a JSON object with "_type", line left out'
          : `unknown "_type" ${JSON.stringify(type).slice(0, 40)}, line left out`,
      );
  }
  return messages;
}

function parse(row: string): unknown {
  try {
    return JSON.parse(row.startsWith('\ufeff') ? row.slice(1) : row);
  } catch {
    return undefined;
  }
}

function raw(line: number, message: z.infer<typeof MESSAGE>, member: Member | undefined): RawMessage {
  const names = [
    message.groupNickname,
    message.accountName,
    member?.groupNickname,
    member?.accountName,
    ...(member?.aliases ?? []),
  ].filter((name): name is string => typeof name === 'string' && name.trim() !== '');
  const name = names[0] ?? bareId(message.sender);
  const others = [...new Set(names)].filter((other) => other !== name);
  const kind = message.bot === true ? 'bot' : KINDS[message.type];
  return {
    line,
    at: message.timestamp * 1000,
    name,
    alsoKnownAs: others,
    sender: message.sender,
    body: message.content ?? '',
    ...(message.type === RECALL && !message.content ? { recalled: true } : {}),
    ...(kind ? { kind } : {}),
    ...(message.platformMessageId != null ? { id: String(message.platformMessageId) } : {}),
    ...(message.replyToMessageId != null ? { replyTo: String(message.replyToMessageId) } : {}),
  };
}
