/**
 * A message of Wechaty -> a message of chat.ts, or one of the things that only look like messages.
 *
 * In: a message of any puppet. Out: what was said, what was taken back, the platform's complaint, or nothing.
 */
import { types } from 'wechaty';
import type { ContactInterface, MessageInterface, RoomInterface, WechatyInterface } from 'wechaty/impls';
import type { MessageKind } from '../../knowledge/index.js';
import { membersOnServer, rawPayload } from './capabilities.js';
import type { IncomingMessage, Member, Room } from './chat.js';
import { decodeWire, recalledIds, saysTooOften, textOfRawPayload } from './wechat-text.js';

export type Read =
  | { readonly what: 'message'; readonly message: IncomingMessage }
  | { readonly what: 'recalled'; readonly room: Room; readonly ids: readonly string[] }
  | { readonly what: 'too often' };

const { Message: M } = types;
const KINDS: ReadonlyMap<number, MessageKind> = new Map([
  [M.Text, 'text'],
  [M.Image, 'image'],
  [M.Audio, 'voice'],
  [M.Video, 'video'],
  [M.Emoticon, 'emoji'],
  [M.Attachment, 'file'],
  [M.Url, 'link'],
  [M.MiniProgram, 'link'],
  [M.ChatHistory, 'link'],
  [M.Location, 'link'],
  [M.Contact, 'card'],
  [M.RedEnvelope, 'redpacket'],
  [M.Transfer, 'redpacket'],
]);

/** Undefined for what says nothing to anybody: notices, news of official accounts, taken back in a direct chat. */
export async function readMessage(
  bot: WechatyInterface,
  message: MessageInterface,
  botNames: readonly string[],
): Promise<Read | undefined> {
  const room = message.room();
  const type = message.type();
  if (type === M.Recalled) {
    const ids = recalledIds(await rawPayload(bot, message.id));
    return room === undefined || ids.length === 0 ? undefined : { what: 'recalled', room: await roomOf(room), ids };
  }
  const kind = KINDS.get(type);
  if (kind === undefined) return saysTooOften(await rawPayload(bot, message.id)) ? { what: 'too often' } : undefined;

  const sender = message.talker();
  if (room === undefined && sender.type() !== types.Contact.Individual) return undefined;
  const text = await textOf(bot, message, kind);
  // The bot's alias is asked for only where it matters: on some puppets it costs a look at every member.
  const alias = room !== undefined && /[@＠]/.test(text) ? await aliasIn(room, bot.currentUser) : undefined;
  const names = [alias, bot.currentUser.name(), ...botNames].flatMap((name) => (name ? [decodeWire(name)] : []));
  const groupNickname = room && (await aliasIn(room, sender));
  return {
    what: 'message',
    message: {
      id: message.id,
      at: message.date().getTime(),
      ...(room === undefined ? {} : { room: await roomOf(room) }),
      sender: memberOf(sender.id, sender.name(), groupNickname),
      kind,
      text,
      self: message.self(),
      botNames: names,
    },
  };
}

/** Asking for the topic loads the room. For a room without a name Wechaty makes one up, which must never match one of the archive. */
export async function roomOf(room: RoomInterface): Promise<Room> {
  await room.topic();
  return { id: room.id, topic: decodeWire(room.payload?.topic ?? '') };
}

/** Who is in a room now. An empty list means that nobody told. */
export async function membersOf(bot: WechatyInterface, id: string): Promise<readonly Member[] | undefined> {
  const onServer = await membersOnServer(bot, id);
  if (onServer !== undefined) {
    return onServer.length === 0 ? undefined : onServer.map((one) => memberOf(one.id, one.name, one.card));
  }
  const room = await bot.Room.find({ id });
  if (room === undefined) return undefined;
  await room.sync();
  const members = await room.memberAll();
  return Promise.all(members.map(async (one) => memberOf(one.id, one.name(), await aliasIn(room, one))));
}

/** @param wireName,wireCard as they come over the wire */
function memberOf(id: string, wireName: string, wireCard = ''): Member {
  const [name, groupNickname] = [decodeWire(wireName), decodeWire(wireCard)];
  return { id, name, ...(groupNickname !== '' && groupNickname !== name ? { groupNickname } : {}) };
}

async function textOf(bot: WechatyInterface, message: MessageInterface, kind: MessageKind): Promise<string> {
  switch (kind) {
    case 'text':
      return textOfRawPayload(await rawPayload(bot, message.id)) ?? decodeWire(message.text());
    case 'file':
      return decodeWire(message.payload?.filename ?? '');
    case 'link':
      return linkOf(message);
    default:
      return '';
  }
}

/** Puppets know titles and addresses of plain links only. */
async function linkOf(message: MessageInterface): Promise<string> {
  if (message.type() !== M.Url) return '';
  try {
    const link = await message.toUrlLink();
    return `[${decodeWire(link.title()).replace(/[[\]]/g, ' ')}](${decodeWire(link.url())})`;
  } catch {
    return '';
  }
}

async function aliasIn(room: RoomInterface, contact: ContactInterface): Promise<string | undefined> {
  try {
    return await room.alias(contact);
  } catch {
    // Rejects while the member list of the room is not known yet.
    return undefined;
  }
}
