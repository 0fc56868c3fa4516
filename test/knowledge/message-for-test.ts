/** Messages made up for a test, without an archive. */
import type { Message, MessageKind } from '../../knowledge/types.js';

export interface Said {
  readonly text: string;
  readonly kind?: MessageKind;
  readonly speaker?: number;
  readonly replyTo?: number;
  /** UTC ms; a minute after the message before it if nothing is said. */
  readonly at?: number;
}

/** One message a minute, each by its own speaker unless said otherwise. */
export function messagesOf(...said: readonly (string | Said)[]): readonly Message[] {
  return said.map((one, index) => {
    const { text, kind = 'text', speaker = index, replyTo, at = index * 60_000 } = typeof one === 'string' ? { text: one } : one;
    return {
      index,
      room: '甲',
      file: '甲/1.md',
      line: index + 1,
      copies: [],
      at,
      speaker,
      name: `n${speaker}`,
      text,
      kind,
      mentions: [],
      ...(replyTo === undefined ? {} : { replyTo }),
    };
  });
}
