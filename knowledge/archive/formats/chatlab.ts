/**
 * The objects of ChatLab 0.0.2, which its JSON and its JSONL have in common -> raw messages.
 *
 * In: values as JSON.parse gives them. Out: messages; what lacks a field is a sentence that says which.
 */
import { z } from 'zod';
import { bareId, isIdOfName } from '../../people/logins.js';
import type { MessageKind, RawMessage } from '../../types.js';

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
/** The latest time that the format can say, s; more digits are milliseconds, or no time at all. */
export const LATEST = 99_999_999_999;

/** Of kinds that have several types, the first. */
const TYPES: ReadonlyMap<MessageKind | undefined, number> = new Map(
  Object.entries(KINDS)
    .reverse()
    .map(([type, kind]) => [kind, Number(type)]),
);

/** The type under which a kind is written; 0 is text. */
export function typeOfKind(kind: MessageKind | undefined): number {
  return TYPES.get(kind) ?? 0;
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
  sender: z.string(),
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

/** Reads the objects of one file, members before the messages that they are of. */
export interface ChatLabReader {
  /** What is wrong with it, or nothing. */
  member(value: unknown): string | undefined;
  /** The message, or what is wrong with it. */
  message(value: unknown, line: number): RawMessage | string;
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
      if (message.success) return rawMessage(line, message.data, members.get(message.data.sender));
      return `a message with a wrong ${message.error.issues[0]?.path.join('.') || 'shape'}, left out`;
    },
  };
}

const META = z.object({ name: z.string().trim().min(1) });

/** The name of the group in `meta`, if there is one. */
export function roomOfMeta(meta: unknown): string | undefined {
  return META.safeParse(meta).data?.name;
}

function rawMessage(line: number, message: ChatLabMessage, member: ChatLabMember | undefined): RawMessage {
  const names = [
    message.groupNickname,
    message.accountName,
    member?.groupNickname,
    member?.accountName,
    ...(member?.aliases ?? []),
  ].filter((name): name is string => typeof name === 'string' && name.trim() !== '');
  const name = names[0] ?? bareId(message.sender);
  const others = [...new Set(names)].filter((other) => other !== name);
  const kind = message.bot === true ? 'bot' : kindOfType(message.type);
  return {
    line,
    at: message.timestamp * 1000,
    name,
    alsoKnownAs: others,
    ...(isIdOfName(message.sender) ? {} : { sender: message.sender }),
    body: message.content ?? '',
    ...(message.type === RECALL && !message.content ? { recalled: true } : {}),
    ...(kind ? { kind } : {}),
    ...(message.platformMessageId != null ? { id: String(message.platformMessageId) } : {}),
    ...(message.replyToMessageId != null ? { replyTo: String(message.replyToMessageId) } : {}),
  };
}
