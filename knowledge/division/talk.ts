/**
 * Messages <-> columns of what threads are found by, which travel to another thread of the processor several times faster.
 *
 * A message read from columns has the place, the time, the room, the text, the kind, the people and the reply of the original;
 * file, name and quotation, which no thread depends on, are empty.
 */
import type { Message, MessageKind } from '../types.js';

export interface Talk {
  readonly texts: readonly string[];
  readonly rooms: readonly string[];
  readonly kinds: readonly MessageKind[];
  /** By message: its instant, and the numbers of its room, kind and speaker. */
  readonly at: Float64Array;
  readonly room: Int32Array;
  readonly kind: Uint8Array;
  readonly speaker: Int32Array;
  /** -1 for none. */
  readonly replyTo: Int32Array;
  /** The people mentioned, message by message, and where each message's begin. */
  readonly mentions: Int32Array;
  readonly mentionStart: Int32Array;
}

export function talkOf(messages: readonly Message[]): Talk {
  const rooms = [...new Set(messages.map(({ room }) => room))];
  const kinds = [...new Set(messages.map(({ kind }) => kind))];
  const mentionStart = new Int32Array(messages.length + 1);
  const mentions: number[] = [];
  messages.forEach((message, i) => {
    for (const speaker of message.mentions) mentions.push(speaker);
    mentionStart[i + 1] = mentions.length;
  });
  return {
    texts: messages.map(({ text }) => text),
    rooms,
    kinds,
    at: Float64Array.from(messages, ({ at }) => at),
    room: Int32Array.from(messages, ({ room }) => rooms.indexOf(room)),
    kind: Uint8Array.from(messages, ({ kind }) => kinds.indexOf(kind)),
    speaker: Int32Array.from(messages, ({ speaker }) => speaker),
    replyTo: Int32Array.from(messages, ({ replyTo }) => replyTo ?? -1),
    mentions: Int32Array.from(mentions),
    mentionStart,
  };
}

export function messagesOf(talk: Talk): readonly Message[] {
  return talk.texts.map((text, index): Message => {
    const replyTo = talk.replyTo[index] as number;
    return {
      index,
      room: talk.rooms[talk.room[index] as number] as string,
      file: '',
      line: 0,
      copies: [],
      at: talk.at[index] as number,
      speaker: talk.speaker[index] as number,
      name: '',
      text,
      kind: talk.kinds[talk.kind[index] as number] as MessageKind,
      ...(replyTo < 0 ? {} : { replyTo }),
      mentions: [...talk.mentions.subarray(talk.mentionStart[index], talk.mentionStart[index + 1])],
    };
  });
}
