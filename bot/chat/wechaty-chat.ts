/**
 * Any Wechaty puppet as a Chat.
 *
 * In: a Wechaty that is started or about to be. Out: the neutral Chat of chat.ts. What puppets do differently is asked for
 * (has this message a raw payload? is there an alias?), never guessed from the puppet's name.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { FileBox } from 'file-box';
import type { Logger } from 'pino';
import type { MessageInterface, WechatyInterface } from 'wechaty/impls';
import { reasonOf } from '../reason.js';
import { createRecent } from '../recent.js';
import { createTurns } from '../turns.js';
import { lastContact, onWire } from './capabilities.js';
import { type Chat, type Content, type Listener, SendError } from './chat.js';
import { decodeWire } from './wechat-text.js';
import { membersOf, readMessage, roomOf } from './wechaty-read.js';
import { createWireOrder } from './wire-order.js';

/** Web WeChat delivers a message twice within seconds; this many ids cover hours of a busy group. */
const IDS_REMEMBERED = 5_000;

/** A server that does not tell who is in a room within this time does not tell, ms: somebody waits for an answer. */
const MEMBERS_WITHIN = 10_000;

/** Codes of a connection that was never made. Behind any other failure the message may well have arrived. */
const UNREACHED = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ENETDOWN/;
/** What Web WeChat answers to who sends too often, and to who may not send for a while. */
const RESTRICTED = /\b120[45] == 0\b|操作(过于|太)频繁/;

export interface WechatyChatOptions {
  /** Names that call the bot besides its nickname and its alias in the room. */
  readonly botNames: readonly string[];
  readonly log: Logger;
}

export function wechatyChat(bot: WechatyInterface, { botNames, log }: WechatyChatOptions): Chat {
  const seen = createRecent<true>({ capacity: IDS_REMEMBERED, lifetime: Number.POSITIVE_INFINITY, clock: Date.now });
  const inTurn = createTurns();
  const order = createWireOrder((ms, call) => void setTimeout(call, ms));

  const tell = async (listener: Listener, message: MessageInterface): Promise<(() => Promise<void>) | undefined> => {
    const read = await readMessage(bot, message, botNames);
    switch (read?.what) {
      case 'message':
        return () => listener.message(read.message);
      case 'recalled':
        return async () => {
          for (const id of read.ids) await listener.recalled?.(read.room, id);
        };
      case 'too often':
        return async () => listener.tooOften?.();
      default:
        return undefined;
    }
  };

  return {
    listen(listener) {
      bot.once('login', () =>
        onWire(bot, (id) => {
          if (!seen.get(id)) order.expect(id);
        }),
      );
      // Reading a message takes longer for some than for others; a reply must not overtake the question before it.
      const hear = (message: MessageInterface) =>
        inTurn(() => tell(listener, message))
          .then((handle) => handle?.())
          .catch((error: unknown) => log.error({ id: message.id, reason: reasonOf(error) }, 'a message could not be dealt with'));
      bot.on('message', (message) => {
        if (seen.get(message.id)) return;
        seen.put(message.id, true);
        order.arrived(message.id, () => void hear(message));
      });
    },
    async rooms() {
      const rooms = await bot.Room.findAll();
      return Promise.all(rooms.map(roomOf));
    },
    async members(room) {
      try {
        return await Promise.race([membersOf(bot, room), sleep(MEMBERS_WITHIN, undefined, { ref: false })]);
      } catch (error) {
        log.warn({ room, reason: reasonOf(error) }, 'the members of a room cannot be told');
        return undefined;
      }
    },
    async send(to, content) {
      const target = 'room' in to ? await bot.Room.find({ id: to.room }) : await bot.Contact.find({ id: to.person });
      if (target === undefined) throw new SendError('other', 'the chat to send to is not known (any more)');
      await target.say(typeof content === 'string' ? content : pictureOf(content)).catch((error: unknown) => {
        throw sendError(error);
      });
    },
    me: () => (bot.isLoggedIn ? { id: bot.currentUser.id, name: decodeWire(bot.currentUser.name()) } : undefined),
    lastContact: () => lastContact(bot),
  };
}

function pictureOf({ picture, name }: Exclude<Content, string>): ReturnType<typeof FileBox.fromBuffer> {
  return FileBox.fromBuffer(Buffer.from(picture), name);
}

function sendError(error: unknown): SendError {
  const { code = '' } = error as { readonly code?: unknown };
  const reason = reasonOf(error);
  const kind = RESTRICTED.test(reason) ? 'restricted' : UNREACHED.test(`${code} ${reason}`) ? 'unreached' : 'other';
  return new SendError(kind, reason);
}
