/**
 * Joins a chat to the knowledge: every message that wants something is answered where it was asked.
 *
 * In: a chat, the knowledge, the walls between rooms. Out: replies in the chat; of what is written there the log learns
 * only what kind of thing it was.
 */
import type { Logger } from 'pino';
import type { Knowledge } from '../knowledge/index.js';
import { type Chat, type IncomingMessage, replyTo } from './chat/chat.js';
import { createOutbox } from './chat/outbox.js';
import { createConversation } from './conversation/conversation.js';
import type { RoomMap } from './conversation/rooms.js';
import { reasonOf } from './reason.js';
import { replies } from './reply/texts.js';
import { createTurns } from './turns.js';

export interface ServeOptions {
  readonly chat: Chat;
  readonly knowledge: Knowledge;
  readonly roomMap: RoomMap;
  /** UTC instant, ms. */
  readonly clock: () => number;
  /** Waits between two sent texts. */
  readonly pause: () => Promise<void>;
  readonly log: Logger;
}

export function serve({ chat, knowledge, roomMap, clock, pause, log }: ServeOptions): void {
  const converse = createConversation({ knowledge, liveRooms: chat.rooms, roomMap, clock });
  const post = createOutbox({ send: chat.send, pause, log: log.child({ part: 'outbox' }) });
  const inTurn = createTurns();

  const answer = async (message: IncomingMessage): Promise<readonly string[]> => {
    const start = clock();
    const context = { id: message.id, room: message.room?.topic };
    try {
      const { intent, bubbles, answered } = await converse(message);
      if (intent !== 'ignore')
        log.info({ ...context, intent, answered, bubbles: bubbles.length, ms: clock() - start }, 'dealt with');
      log.debug({ ...context, intent, text: message.text }, 'message');
      return bubbles;
    } catch (error) {
      log.error({ ...context, reason: reasonOf(error) }, 'a message could not be answered');
      return [replies.trouble];
    }
  };

  chat.listen(async (message) => {
    const bubbles = await inTurn(() => answer(message));
    await post(replyTo(message), bubbles);
  });
}
