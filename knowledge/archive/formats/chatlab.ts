/**
 * The objects of ChatLab 0.0.2, which its JSON and its JSONL have in common -> raw messages.
 *
 * In: values as JSON.parse gives them. Out: messages; what lacks a field is a sentence that says which.
 */
import { z } from 'zod';
import { bareId, isIdOfName, isRoomId } from '../../people/logins.js';
import type { MessageKind, QuotedMessage, RawMessage } from '../../types.js';
import { kindOfPlaceholder } from './placeholders.js';
import { quotationAtEnd } from './quoted-talk.js';

/** Message types of the format. Those not listed are shown as text. */
const KINDS: Readonly<Record<number, MessageKind>> = {
  1: 'image',
  2: 'voice',
  3: 'video',
  4: 'file',
  5: 'emoji',
  7: 'link',
  // A place, a pat, a call, something shared, a visiting card.
  8: 'card',
  20: 'redpacket',
  21: 'redpacket',
  22: 'system',
  23: 'system',
  24: 'link',
  26: 'card',
  27: 'card',
  80: 'system',
  81: 'system',
};
const REPLY = 25;
/** What a tool has no type for; its words may tell. */
const OTHER = 99;
/** Something was taken back. */
export const RECALL = 81;
/** The latest time that the format can say, s; more digits are milliseconds, or no time at all. */
export const LATEST = 99_999_999_999;

/** Of kinds that have several types, the most general one. */
const TYPES: Partial<Readonly<Record<MessageKind, number>>> = {
  image: 1,
  voice: 2,
  video: 3,
  file: 4,
  emoji: 5,
  link: 7,
  redpacket: 20,
  card: 26,
  system: 80,
};

/** The type under which a kind is written; 0 is text. */
export function typeOfKind(kind: MessageKind | undefined): number {
  return (kind && TYPES[kind]) ?? 0;
}

/** Undefined for a text, and for types that are shown as one. */
export function kindOfType(type: number): MessageKind | undefined {
  return KINDS[type];
}

const optionalText = z.string().nullish();
export const MEMBER = z.object({
  platformId: z.string(),
  accountName: optionalText,
  groupNickname: optionalText,
  aliases: z.array(z.string()).nullish(),
});
const MESSAGE = z.object({
  // A notice is from nobody.
  sender: optionalText,
  accountName: optionalText,
  groupNickname: optionalText,
  timestamp: z.number().int().min(0).max(LATEST),
  type: z.number().int(),
  content: optionalText,
  platformMessageId: z.union([z.string(), z.number()]).nullish(),
  replyToMessageId: z.union([z.string(), z.number()]).nullish(),
  // Not of the format: live capture marks with true what was said to the bot or by it.
  bot: z.unknown().optional(),
});

export type ChatLabMember = z.infer<typeof MEMBER>;
type ChatLabMessage = z.infer<typeof MESSAGE>;

/** A reply may carry what it quotes besides the id. */
type ChatLabTalk = RawMessage & { readonly quoted?: QuotedMessage };

/** Reads the objects of one file, members before the messages that they are of. */
export interface ChatLabReader {
  /** What is wrong with it, or nothing. */
  member(value: unknown): string | undefined;
  /** The message, or what is wrong with it. */
  message(value: unknown, line: number): ChatLabTalk | string;
}

export function chatlabReader(): ChatLabReader {
  const members = new Map<string, ChatLabMember>();
  return {
    member(value) {
      const member = MEMBER.safeParse(value);
      if (!member.success) return 'a member line without platformId, left out';
      members.set(member.data.platformId, member.data);
      return undefined;
    },
    message(value, line) {
      const message = MESSAGE.safeParse(value);
      if (message.success && isNobodys(message.data)) return 'a message without a sender, left out';
      if (message.success) return rawMessage(line, message.data, members.get(message.data.sender ?? ''));
      return `a message with a wrong ${message.error.issues[0]?.path.join('.') || 'shape'}, left out`;
    },
  };
}

const META = z.object({ name: z.string().trim().min(1) });

/** The name of the group in `meta`, if there is one. */
export function roomOfMeta(meta: unknown): string | undefined {
  return META.safeParse(meta).data?.name;
}

function rawMessage(line: number, message: ChatLabMessage, member: ChatLabMember | undefined): ChatLabTalk {
  const { timestamp, type, platformMessageId, replyToMessageId } = message;
  const content = message.content ?? '';
  const { quoted, reply } = type === REPLY ? quotationAtEnd(content) : { reply: content };
  const kind = kindOf(message);
  return {
    line,
    at: timestamp * 1000,
    ...senderOf(message, member),
    body: reply,
    ...(quoted ? { quoted } : {}),
    ...(type === RECALL && content === '' ? { recalled: true } : {}),
    ...(kind ? { kind } : {}),
    ...(platformMessageId != null ? { id: String(platformMessageId) } : {}),
    ...(replyToMessageId != null ? { replyTo: String(replyToMessageId) } : {}),
  };
}

/** A notice may be from nobody, talk may not. */
function isNobodys({ sender, accountName, groupNickname, type }: ChatLabMessage): boolean {
  return !sender && !accountName?.trim() && !groupNickname?.trim() && kindOfType(type) !== 'system';
}

function kindOf({ bot, sender, type, content }: ChatLabMessage): MessageKind | undefined {
  if (bot === true) return 'bot';
  if (sender && isRoomId(sender)) return 'system';
  return type === OTHER ? kindOfPlaceholder(content ?? '') : kindOfType(type);
}

function senderOf(
  { sender, groupNickname, accountName }: ChatLabMessage,
  member: ChatLabMember | undefined,
): Pick<RawMessage, 'name' | 'alsoKnownAs' | 'sender'> {
  if (!sender || isRoomId(sender)) return { name: sender ? '' : (groupNickname || accountName || '').trim() };
  const names = [groupNickname, accountName, member?.groupNickname, member?.accountName, ...(member?.aliases ?? [])].filter(
    (name): name is string => typeof name === 'string' && name.trim() !== '',
  );
  const name = names[0] ?? bareId(sender);
  const others = [...new Set(names)].filter((other) => other !== name);
  return { name, alsoKnownAs: others, ...(isIdOfName(sender) ? {} : { sender }) };
}
