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
import { quotationAtEnd, quotedTalk } from './quoted-talk.js';

const text = z.string().nullish();
const id = z.union([z.string(), z.number()]).nullish();
const MESSAGE = z.object({
  createTime: z.number().int().positive(),
  type: text,
  content: text,
  senderUsername: text,
  senderDisplayName: text,
  senderID: id,
  groupNickname: text,
  platformMessageId: id,
  replyToMessageId: id,
  quotedContent: text,
  quotedSender: text,
});
type WeflowMessage = z.infer<typeof MESSAGE>;
/** A compact file lists those who spoke, and its messages have their numbers. */
const SENDER = z.object({ senderID: id, accountId: text, wxid: text, displayName: text, nickname: text, groupNickname: text });
const SESSION = z.object({ displayName: text, nickname: text, remark: text, name: text });

const QUOTATION = '引用消息';
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
    const senders = new Map<string, Sender>();
    let room: string | undefined;
    for await (const elements of jsonElements(source.text())) {
      const messages: ExportedMessage[] = [];
      for (const { key, number, value } of elements) {
        if (key === 'session') room = roomIn(value);
        if (key === 'senders') noteSender(value, senders);
        if (key !== 'messages' || number === 0) continue;
        const message = messageIn(value, number, { names, senders }, context);
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

type Sender = Pick<WeflowMessage, 'senderUsername' | 'senderDisplayName' | 'groupNickname'>;

function noteSender(value: unknown, senders: Map<string, Sender>): void {
  const { senderID, accountId, wxid, displayName, nickname, groupNickname } = SENDER.safeParse(value).data ?? {};
  if (senderID == null) return;
  senders.set(String(senderID), {
    senderUsername: accountId ?? wxid,
    senderDisplayName: displayName ?? nickname,
    groupNickname,
  });
}

interface Known {
  /** Those that spoke so far: they tell where a quoted name ends. */
  readonly names: Set<string>;
  readonly senders: ReadonlyMap<string, Sender>;
}

function messageIn(
  value: unknown,
  line: number,
  { names, senders }: Known,
  { skip }: ExportContext,
): ExportedMessage | undefined {
  const message = messageOf(MESSAGE, value, line, skip);
  if (message === undefined) return undefined;
  const { createTime, content, platformMessageId, replyToMessageId, senderID } = message;
  const listed = senderID == null ? undefined : senders.get(String(senderID));
  const { quoted, reply } = quotationIn(message, content?.trim() ?? '', names);
  const kind = kindOf(message, reply);
  const sender = kind === 'system' ? {} : senderOf(listed ?? message);
  if (sender.name) names.add(sender.name);
  return {
    line,
    at: createTime < MILLISECONDS ? createTime * 1000 : createTime,
    name: '',
    ...sender,
    body: reply,
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
function senderOf(message: Sender): Partial<Pick<ExportedMessage, 'name' | 'alsoKnownAs' | 'sender'>> {
  const sender = message.senderUsername?.trim() ?? '';
  const names = [message.groupNickname, message.senderDisplayName].flatMap((name) => name?.trim() || []);
  const [name = sender, ...others] = [...new Set(names)];
  return { name, ...(sender === '' ? {} : { sender }), ...(others.length > 0 ? { alsoKnownAs: others } : {}) };
}

/** In newer versions the content holds the quotation too, `回复[引用 昵称：原文]`; in older ones `原文` or `昵称：原文` is a field alone. */
function quotationIn(
  { type, quotedContent, quotedSender }: WeflowMessage,
  content: string,
  names: ReadonlySet<string>,
): { readonly quoted?: QuotedMessage; readonly reply: string } {
  const isKnown = (name: string): boolean => names.has(name.trim());
  const inContent = quotedContent?.trim() || type === QUOTATION ? quotationAtEnd(content, isKnown) : { reply: content };
  const printed = quotedContent?.trim() ?? '';
  if (printed === '') return inContent;
  if (quotedSender?.trim()) return { quoted: { name: quotedSender.trim(), text: printed }, reply: inContent.reply };
  const divided = quotedTalk(printed, ['：', ': ', ':'], isKnown);
  return { quoted: isKnown(divided.name) ? divided : { name: '', text: printed }, reply: inContent.reply };
}
