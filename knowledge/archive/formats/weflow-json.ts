/**
 * The JSON of WeFlow, and of echotrace, from which it comes and whose files lack the part `weflow`: `session` and `messages`.
 *
 * Times are seconds, types are words (`文本消息`). Lines are numbers of messages.
 */
import { z } from 'zod';
import type { MessageKind, QuotedMessage } from '../../types.js';
import { jsonElements } from '../import/json-elements.js';
import type { ExportContext, ExportedMessage, ExportFormat } from './export-format.js';
import { messageOf } from './json-message.js';
import { kindOfPlaceholder, kindOfTypeName } from './placeholders.js';
import { quotedTalk } from './quoted-talk.js';

const text = z.string().nullish();
const id = z.union([z.string(), z.number()]).nullish();
const MESSAGE = z.object({
  createTime: z.number().int().positive(),
  type: text,
  content: text,
  senderUsername: text,
  senderDisplayName: text,
  groupNickname: text,
  platformMessageId: id,
  replyToMessageId: id,
  quotedContent: text,
});
type WeflowMessage = z.infer<typeof MESSAGE>;
const SESSION = z.object({ displayName: text, nickname: text, remark: text, name: text });

/** From here on a time is in ms. */
const MILLISECONDS = 100_000_000_000;

export const weflowJson: ExportFormat = {
  id: 'weflow-json',
  name: 'WeFlow / echotrace JSON',
  howTo: 'WeFlow or echotrace: choose the group and export it as JSON.',
  unit: 'message',
  recognises: (head) =>
    /^\s*\{/.test(head) &&
    /"(?:weflow|session)"\s*:\s*\{/.test(head) &&
    /"(?:createTime|senderUsername|senderDisplayName)"\s*:/.test(head) &&
    !/"chatlab"\s*:/.test(head),
  async *read(source, context) {
    const names = new Set<string>();
    let room: string | undefined;
    for await (const elements of jsonElements(source.text())) {
      const messages: ExportedMessage[] = [];
      for (const { key, number, value } of elements) {
        if (key === 'session') room = roomIn(value);
        if (key !== 'messages' || number === 0) continue;
        const message = messageIn(value, number, names, context);
        if (message) messages.push(room === undefined ? message : { ...message, room });
      }
      yield messages;
    }
  },
};

function roomIn(value: unknown): string | undefined {
  const session = SESSION.safeParse(value).data;
  return [session?.displayName, session?.nickname, session?.remark, session?.name].map((name) => name?.trim()).find(Boolean);
}

/** `names` are those that spoke so far: they tell where a quoted name ends. */
function messageIn(value: unknown, line: number, names: Set<string>, { skip }: ExportContext): ExportedMessage | undefined {
  const message = messageOf(MESSAGE, value, line, skip);
  if (message === undefined) return undefined;
  const { createTime, content, platformMessageId, replyToMessageId } = message;
  const body = content?.trim() ?? '';
  const kind = kindOf(message, body);
  const sender = kind === 'system' ? {} : senderOf(message);
  if (sender.name) names.add(sender.name);
  const quoted = quotedIn(message, names);
  return {
    line,
    at: createTime < MILLISECONDS ? createTime * 1000 : createTime,
    name: '',
    ...sender,
    body,
    ...(quoted ? { quoted } : {}),
    ...(kind ? { kind } : {}),
    ...(platformMessageId == null || platformMessageId === '' ? {} : { id: String(platformMessageId) }),
    ...(replyToMessageId == null || replyToMessageId === '' ? {} : { replyTo: String(replyToMessageId) }),
  };
}

function kindOf({ type }: WeflowMessage, body: string): MessageKind | undefined {
  return kindOfTypeName(type ?? '') ?? kindOfPlaceholder(body);
}

/** The name in the group goes before the account's own. */
function senderOf(message: WeflowMessage): Partial<Pick<ExportedMessage, 'name' | 'alsoKnownAs' | 'sender'>> {
  const sender = message.senderUsername?.trim() ?? '';
  const names = [message.groupNickname, message.senderDisplayName].flatMap((name) => name?.trim() || []);
  const [name = sender, ...others] = [...new Set(names)];
  return { name, ...(sender === '' ? {} : { sender }), ...(others.length > 0 ? { alsoKnownAs: others } : {}) };
}

/** `原文`, or `昵称：原文` where the name is one that spoke. */
function quotedIn({ quotedContent }: WeflowMessage, names: ReadonlySet<string>): QuotedMessage | undefined {
  const printed = quotedContent?.trim() ?? '';
  if (printed === '') return undefined;
  const divided = quotedTalk(printed, ['：', ': ', ':'], (name) => names.has(name.trim()));
  return names.has(divided.name) ? divided : { name: '', text: printed };
}
