/**
 * `result.json` of Telegram Desktop, the history of one chat: name, type, id, messages.
 *
 * Times are instants (`date_unixtime`); older exports have but the local time of the computer that exported, which is then taken to be
 * in the archive's zone. A text is a string or pieces, of which links keep their address. What somebody forwarded is not his talk.
 * Service messages are notices; pictures and files keep what was written below them. Lines are numbers of messages.
 */
import { z } from 'zod';
import type { MessageKind } from '../../types.js';
import { jsonElements } from '../import/json-elements.js';
import {
  type ExportContext,
  type ExportedMessage,
  type ExportFormat,
  type ExportSource,
  UnreadableExport,
} from './export-format.js';
import { dateTimeIn, instants } from './printed-time.js';

const text = z.string().nullish();
const idText = z.union([z.string(), z.number()]).nullish();
const PIECE = z.union([z.string(), z.object({ text: z.string(), type: text, href: text })]);
const TEXT = z.union([z.string(), z.array(PIECE)]).nullish();
const MESSAGE = z.object({
  id: z.number(),
  type: z.string(),
  date: text,
  date_unixtime: idText,
  from: text,
  from_id: idText,
  actor: text,
  actor_id: idText,
  action: text,
  title: text,
  members: z.array(z.string().nullable()).nullish(),
  text: TEXT,
  reply_to_message_id: z.number().nullish(),
  reply_to_peer_id: idText,
  forwarded_from: z.string().nullish(),
  media_type: text,
  photo: text,
  file: text,
  file_name: text,
  sticker_emoji: text,
  poll: z.object({ question: TEXT, answers: z.array(z.object({ text: TEXT })).nullish() }).nullish(),
  contact_information: z.unknown().optional(),
  location_information: z.unknown().optional(),
});
type TelegramMessage = z.infer<typeof MESSAGE>;

const CHAT_TYPE =
  /"type"\s*:\s*"(?:personal_chat|bot_chat|saved_messages|private_group|private_supergroup|public_supergroup|private_channel|public_channel)"/;
const WHOLE_ACCOUNT = /^\s*\{\s*"about"\s*:\s*"Here is the data you requested/;
const MEDIA: Readonly<Record<string, MessageKind>> = {
  voice_message: 'voice',
  video_message: 'video',
  video_file: 'video',
  animation: 'emoji',
  sticker: 'emoji',
  audio_file: 'file',
};

export const telegramJson: ExportFormat = {
  id: 'telegram-json',
  name: 'Telegram result.json',
  howTo: 'Telegram Desktop: open the group, ⋮, Export chat history, format: machine-readable JSON.',
  unit: 'message',
  recognises: (head) =>
    /^\ufeff?\s*\{/.test(head) && (WHOLE_ACCOUNT.test(head) || (CHAT_TYPE.test(head) && head.includes('"messages"'))),
  read,
};

async function* read(source: ExportSource, context: ExportContext): AsyncIterable<readonly ExportedMessage[]> {
  const instantOf = instants(context, source.name);
  let room: string | undefined;
  for await (const elements of jsonElements(source.text())) {
    const messages: ExportedMessage[] = [];
    for (const { key, number, value } of elements) {
      if (key === 'name' && typeof value === 'string') room = value;
      if (key === 'chats' || key === 'personal_information')
        throw new UnreadableExport(
          'this is the export of a whole account; open the group, choose Export chat history, and import that',
        );
      if (key !== 'messages' || number === 0) continue;
      const message = MESSAGE.safeParse(value);
      if (message.success) messages.push(...exported(number, message.data, room, instantOf, context));
      else context.skip(number, faultIn(value, message.error));
    }
    if (messages.length > 0) yield messages;
  }
}

function faultIn(value: unknown, error: z.ZodError): string {
  if (value === undefined) return 'a message that is no JSON, left out';
  return `a message with a wrong ${error.issues[0]?.path.join('.') || 'shape'}, left out`;
}

function exported(
  line: number,
  message: TelegramMessage,
  room: string | undefined,
  instantOf: ReturnType<typeof instants>,
  context: ExportContext,
): readonly ExportedMessage[] {
  const local = dateTimeIn(message.date ?? '');
  const at = /^\d{1,11}$/.test(String(message.date_unixtime)) ? Number(message.date_unixtime) * 1000 : local && instantOf(local);
  if (at === undefined) {
    context.skip(line, 'a message without a time, left out');
    return [];
  }
  const isNotice = message.type !== 'message';
  const sender = (isNotice ? message.actor_id : message.from_id) ?? undefined;
  const { body, kind } = isNotice ? { body: noticeIn(message), kind: 'system' as const } : contentOf(message);
  return [
    {
      line,
      at,
      name: (isNotice ? message.actor : message.from)?.trim() || String(sender ?? ''),
      body,
      id: String(message.id),
      ...(sender === undefined ? {} : { sender: String(sender) }),
      ...(room === undefined ? {} : { room }),
      // Of another chat, where the same number is another message.
      ...(message.reply_to_message_id == null || message.reply_to_peer_id != null
        ? {}
        : { replyTo: String(message.reply_to_message_id) }),
      ...(kind ? { kind } : {}),
    },
  ];
}

/** `invite members: 甲, 乙`. */
function noticeIn({ action, title, members }: TelegramMessage): string {
  const what = (action ?? 'service message').replaceAll('_', ' ');
  const whom = title?.trim() || (members ?? []).filter((name) => name !== null).join(', ');
  return whom ? `${what}: ${whom}` : what;
}

function contentOf(message: TelegramMessage): { readonly body: string; readonly kind?: MessageKind } {
  const written = textOf(message.text);
  // From whom is not told of an account that is gone.
  if (message.forwarded_from !== undefined)
    return { body: message.forwarded_from ? `${message.forwarded_from}: ${written}` : written, kind: 'card' };
  if (message.poll)
    return { body: [message.poll.question, ...(message.poll.answers ?? []).map((one) => one.text)].map(textOf).join('\n') };
  // What was written below a picture is talk.
  if (written !== '') return { body: written };
  const kind = mediaKind(message);
  return kind ? { body: message.file_name ?? message.sticker_emoji ?? '', kind } : { body: '' };
}

function mediaKind(message: TelegramMessage): MessageKind | undefined {
  if (message.media_type) return MEDIA[message.media_type] ?? 'file';
  if (message.photo != null) return 'image';
  if (message.contact_information !== undefined || message.location_information !== undefined) return 'card';
  return message.file == null ? undefined : 'file';
}

function textOf(pieces: TelegramMessage['text']): string {
  if (pieces == null || typeof pieces === 'string') return (pieces ?? '').trim();
  const written = pieces.map((piece) => {
    if (typeof piece === 'string') return piece;
    return piece.href && piece.href !== piece.text ? `${piece.text} ${piece.href}` : piece.text;
  });
  return written.join('').trim();
}
