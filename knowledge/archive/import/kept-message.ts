/**
 * A message as another tool exported it -> the message as the archive keeps it: an object of ChatLab, a line of JSONL.
 *
 * Pure. What is read back from the line is the same message: names, kind, quotation, ids.
 */
import { bareId, idOfName, isIdOfName } from '../../people/logins.js';
import { EXPORTER } from '../../people/names.js';
import { cleanBody } from '../../text/clean.js';
import { RECALL, typeOfKind } from '../formats/chatlab.js';
import type { ExportedMessage } from '../formats/export-format.js';
import { secondsOf, withQuotation } from '../live/lines.js';

/** As in the file, its fields in the order in which they are written. */
export interface KeptMessage {
  readonly _type: 'message';
  readonly sender: string;
  readonly accountName?: string;
  readonly groupNickname?: string;
  /** s */
  readonly timestamp: number;
  readonly type: number;
  readonly content: string;
  readonly platformMessageId?: string;
  readonly replyToMessageId?: string;
  readonly bot?: true;
  /** Further names of the sender. Not of the format: in a file they stand with its members. */
  readonly aliases?: readonly string[];
}

/** `at` must be within what the format can say. */
export function keptMessage(message: ExportedMessage & { readonly at: number }): KeptMessage {
  const { name, alsoKnownAs = [], kind, id, replyTo, recalled } = message;
  // The first name is the one that is shown; a group nickname goes before the account's own name.
  const [account, ...aliases] = alsoKnownAs;
  return {
    _type: 'message',
    sender: message.sender ?? idOfName(name),
    accountName: account ?? name,
    ...(account === undefined ? {} : { groupNickname: name }),
    timestamp: secondsOf(message.at),
    type: recalled ? RECALL : typeOfKind(kind),
    content: recalled ? '' : withQuotation(message.body, message.quoted),
    ...(id === undefined ? {} : { platformMessageId: id }),
    ...(replyTo === undefined ? {} : { replyToMessageId: replyTo }),
    ...(kind === 'bot' ? { bot: true } : {}),
    ...(aliases.length === 0 ? {} : { aliases }),
  };
}

/** All names that a message gives its sender, but what whoever exports is called by his own tool. */
export function namesOf({ sender, accountName, groupNickname, aliases = [] }: KeptMessage): readonly string[] {
  const names = [groupNickname, accountName, ...(isIdOfName(sender) ? [bareId(sender)] : []), ...aliases];
  return [...new Set(names.filter((name): name is string => typeof name === 'string' && name !== '' && name !== EXPORTER))];
}

export function isRecalled({ type, content }: KeptMessage): boolean {
  return type === RECALL && content === '';
}

/** What tools write where a picture or the like was. */
const PLACEHOLDERS: ReadonlyMap<string, number> = new Map([
  ['[图片]', 1],
  ['[语音]', 2],
  ['[视频]', 3],
  ['[表情]', 5],
  ['[动画表情]', 5],
]);
const PICTURE = 1;
const LAST_MEDIUM = 5;
const FILE = 4;
const NOT_PLAIN = /^(?:[「[!<]|wxid_)|&/;

/** What of a message is the same in every export: its words without blanks; of pictures, voices and videos only that they are one. */
export function saidIn({ type, content }: KeptMessage): string {
  if (type >= PICTURE && type <= LAST_MEDIUM && type !== FILE) return `\n${type}`;
  const placeholder = PLACEHOLDERS.get(content);
  if (placeholder !== undefined) return `\n${placeholder}`;
  if (!NOT_PLAIN.test(content)) return content.replace(/\s+/g, '');
  const { text, kind } = cleanBody(content);
  return kind === 'image' ? `\n${PICTURE}` : text.replace(/\s+/g, '');
}

/** The first of two copies with whatever the second one knows besides; the first one itself if that is nothing. */
export function enriched(one: KeptMessage, other: KeptMessage): KeptMessage {
  const known = namesOf(one);
  const further = namesOf(other).filter((name) => !known.includes(name));
  const isNameless = known.length === 0 && further.length > 0;
  const isBetterId = isIdOfName(one.sender) && (isNameless || !isIdOfName(other.sender));
  const sender = isBetterId ? other.sender : one.sender;
  const id = one.platformMessageId ?? other.platformMessageId;
  const replyTo = one.replyToMessageId ?? other.replyToMessageId;
  const isSame =
    further.length === 0 && sender === one.sender && id === one.platformMessageId && replyTo === one.replyToMessageId;
  if (isSame) return one;
  const { accountName, groupNickname } = isNameless ? other : one;
  const aliases = isNameless ? (other.aliases ?? []) : [...(one.aliases ?? []), ...further];
  return {
    _type: 'message',
    sender,
    ...(accountName === undefined ? {} : { accountName }),
    ...(groupNickname === undefined ? {} : { groupNickname }),
    timestamp: one.timestamp,
    type: one.type,
    content: one.content,
    ...(id === undefined ? {} : { platformMessageId: id }),
    ...(replyTo === undefined ? {} : { replyToMessageId: replyTo }),
    ...(one.bot ? { bot: true } : {}),
    ...(aliases.length === 0 ? {} : { aliases }),
  };
}
