/**
 * What the bot knows of a chat: messages come in, texts go out. No word of Wechaty here; every puppet, and the group in
 * the terminal, looks the same from this side.
 */

export interface Room {
  /** Good for this login only: Web WeChat gives a room another id after every login by QR code. */
  readonly id: string;
  readonly topic: string;
}

/** One text message, as it was written. */
export interface IncomingMessage {
  readonly id: string;
  /** UTC instant, ms. */
  readonly at: number;
  /** Absent in a direct chat. */
  readonly room?: Room;
  readonly sender: { readonly id: string; readonly name: string };
  /** The whole text with entities decoded, a quoted message included. */
  readonly text: string;
  /** Whether the bot's own account wrote it. */
  readonly self: boolean;
  /** Everything the bot may be called here: nickname, its alias in this room, names from the settings. */
  readonly botNames: readonly string[];
}

export type Destination = { readonly room: string } | { readonly person: string };

export interface Chat {
  /** Delivers every message once, in the order of arrival. A handler that fails costs its own message only. */
  listen(handler: (message: IncomingMessage) => Promise<void>): void;
  /** The rooms the bot is known to be in. */
  rooms(): Promise<readonly Room[]>;
  /** Sends one text. Rejects if it was not accepted. */
  send(to: Destination, text: string): Promise<void>;
}

/** Where a reply to a message belongs. */
export function replyTo(message: IncomingMessage): Destination {
  return message.room === undefined ? { person: message.sender.id } : { room: message.room.id };
}
