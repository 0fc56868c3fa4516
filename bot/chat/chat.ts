/**
 * What the bot knows of a chat: messages come in, texts and pictures go out. No word of Wechaty here; every puppet, and the
 * group in the terminal, looks the same from this side. What only some can do is asked for as a capability.
 */
import type { MessageKind } from '../../knowledge/index.js';

export interface Room {
  /** Good for this login only: Web WeChat gives a room another id after every login by QR code. */
  readonly id: string;
  /** Its name; '' if nobody gave it one (apps then show some members' names). */
  readonly topic: string;
}

/** Somebody in a room. */
export interface Member {
  /** Good for this login only. */
  readonly id: string;
  readonly name: string;
  /** His name in this room, if it is another one. */
  readonly groupNickname?: string;
}

/** One message, as it was written. */
export interface IncomingMessage {
  readonly id: string;
  /** UTC instant, ms. */
  readonly at: number;
  /** Absent in a direct chat. */
  readonly room?: Room;
  readonly sender: Member;
  readonly kind: MessageKind;
  /**
   * The whole text with entities decoded, a quoted message included. Of a file its name, of a link `[title](url)`, of what
   * has no words ''.
   */
  readonly text: string;
  /** Whether the bot's own account wrote it. */
  readonly self: boolean;
  /** Everything the bot may be called here: nickname, its alias in this room, names from the settings. */
  readonly botNames: readonly string[];
}

export type Destination =
  | {
      readonly room: string;
      /** It repeats the words of somebody who does not want them to be kept. */
      readonly offRecord?: true;
    }
  | { readonly person: string };

/** A text, or a picture with a file name that tells its format, such as `digest.png`. */
export type Content = string | { readonly picture: Uint8Array; readonly name: string };

/** What a chat tells. A handler that fails costs its own event only. */
export interface Listener {
  /** Every message once, in the order of arrival. */
  message(message: IncomingMessage): Promise<void>;
  /** The message with this id was taken back. */
  recalled?(room: Room, id: string): Promise<void>;
  /** The platform said in a room that the bot sends too often. */
  tooOften?(): void;
}

export interface Chat {
  listen(listener: Listener): void;
  /** The rooms the bot is known to be in. */
  rooms(): Promise<readonly Room[]>;
  /** Who is in the room with this id at this moment; undefined if the platform does not say. Never rejects. */
  members(room: string): Promise<readonly Member[] | undefined>;
  /** @throws SendError if it was not accepted */
  send(to: Destination, content: Content): Promise<void>;
  /** The bot's own account, once it is logged in. */
  me(): { readonly id: string; readonly name: string } | undefined;
  /** Capability: UTC ms of the last sign of life from the server. Absent where the puppet does not tell. */
  lastContact?(): number | undefined;
}

/**
 * Why something was not sent. `unreached`: it never left, and sending it again cannot double it. `restricted`: the
 * platform wants less of the bot. `other`: nobody knows whether it arrived.
 */
export class SendError extends Error {
  constructor(
    readonly kind: 'unreached' | 'restricted' | 'other',
    message: string,
  ) {
    super(message);
  }
}

/** Where a reply to a message belongs. */
export function replyTo(message: IncomingMessage): Destination {
  return message.room === undefined ? { person: message.sender.id } : { room: message.room.id };
}
