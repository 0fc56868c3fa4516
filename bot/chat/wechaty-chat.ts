/**
 * Any Wechaty puppet as a Chat.
 *
 * In: a Wechaty that is started or about to be. Out: the neutral Chat of chat.ts. What puppets do differently is asked for
 * (has this message a raw payload? is there an alias?), never guessed from the puppet's name.
 */
import type { Logger } from 'pino';
import { types } from 'wechaty';
import type { MessageInterface, RoomInterface, WechatyInterface } from 'wechaty/impls';
import { reasonOf } from '../reason.js';
import { createRecent } from '../recent.js';
import { createTurns } from '../turns.js';
import type { Chat, IncomingMessage, Room } from './chat.js';
import { decodeWire, textOfRawPayload } from './wechat-text.js';

/** Web WeChat delivers a message twice within seconds; this many ids cover hours of a busy group. */
const IDS_REMEMBERED = 5_000;

export interface WechatyChatOptions {
  /** Names that call the bot besides its nickname and its alias in the room. */
  readonly botNames: readonly string[];
  readonly log: Logger;
}

export function wechatyChat(bot: WechatyInterface, { botNames, log }: WechatyChatOptions): Chat {
  const seen = createRecent<true>({ capacity: IDS_REMEMBERED, lifetime: Number.POSITIVE_INFINITY, clock: Date.now });
  const inTurn = createTurns();

  return {
    listen(handler) {
      bot.on('message', (message) => {
        if (seen.get(message.id)) return;
        seen.put(message.id, true);
        // Reading a message takes longer for some than for others; a reply must not overtake the question before it.
        inTurn(() => read(bot, message, botNames))
          .then((incoming) => incoming && handler(incoming))
          .catch((error: unknown) => log.error({ id: message.id, reason: reasonOf(error) }, 'a message could not be dealt with'));
      });
    },
    async rooms() {
      const rooms = await bot.Room.findAll();
      return Promise.all(rooms.map(roomOf));
    },
    async send(to, text) {
      const target = 'room' in to ? await bot.Room.find({ id: to.room }) : await bot.Contact.find({ id: to.person });
      if (target === undefined) throw new Error('the chat to send to is not known (any more)');
      await target.say(text);
    },
  };
}

/** Undefined for what nobody wrote: pictures, notices, news of official accounts. */
async function read(
  bot: WechatyInterface,
  message: MessageInterface,
  botNames: readonly string[],
): Promise<IncomingMessage | undefined> {
  if (message.type() !== types.Message.Text) return undefined;
  const sender = message.talker();
  const room = message.room();
  if (room === undefined && sender.type() !== types.Contact.Individual) return undefined;

  const text = await wholeText(bot, message);
  // The alias is asked for only where it matters: on some puppets it costs a look at every member.
  const alias = room !== undefined && /[@＠]/.test(text) ? await aliasOf(bot, room) : undefined;
  const names = [alias, bot.currentUser.name(), ...botNames].flatMap((name) => (name ? [decodeWire(name)] : []));
  return {
    id: message.id,
    at: message.date().getTime(),
    ...(room === undefined ? {} : { room: await roomOf(room) }),
    sender: { id: sender.id, name: decodeWire(sender.name()) },
    text,
    self: message.self(),
    botNames: names,
  };
}

async function roomOf(room: RoomInterface): Promise<Room> {
  return { id: room.id, topic: decodeWire(await room.topic()) };
}

async function wholeText(bot: WechatyInterface, message: MessageInterface): Promise<string> {
  const puppet: { readonly messageRawPayload?: (id: string) => Promise<unknown> } = bot.puppet as object;
  try {
    return textOfRawPayload(await puppet.messageRawPayload?.(message.id)) ?? message.text();
  } catch {
    // The raw payload is kept for an hour or so only.
    return message.text();
  }
}

async function aliasOf(bot: WechatyInterface, room: RoomInterface): Promise<string | undefined> {
  try {
    return await room.alias(bot.currentUser);
  } catch {
    // Rejects while the member list of the room is not known yet.
    return undefined;
  }
}
