/**
 * Joins a chat to the knowledge: every message that wants something is answered where it was asked, and everything heard is
 * taken into the archive.
 *
 * In: a chat, the knowledge, the walls between rooms, the pace. Out: replies in the chat; of what is written there the log
 * learns only what kind of thing it was.
 */
import type { Logger } from 'pino';
import type { Knowledge } from '../knowledge/index.js';
import type { Raise } from './alerts.js';
import { createCapture, type LiveArchive } from './capture.js';
import { type Chat, type IncomingMessage, type Room, replyTo } from './chat/chat.js';
import { createOutbox } from './chat/outbox.js';
import { createConversation, type Reply } from './conversation/conversation.js';
import { createGather, type Gathered } from './conversation/gather.js';
import { createLimits } from './conversation/limits.js';
import { type RoomMap, sharedNames } from './conversation/rooms.js';
import { createUnasked, UNASKED_A_DAY } from './conversation/unasked.js';
import type { Meters } from './meters.js';
import { countsOf } from './notebook.js';
import type { Pace } from './pace.js';
import { reasonOf } from './reason.js';
import { replies } from './reply/texts.js';
import type { State } from './state/state.js';
import { createTurns } from './turns.js';

export interface ServeOptions {
  readonly chat: Chat;
  readonly knowledge: Knowledge;
  /** Takes in what is heard; absent: nothing is kept. */
  readonly archive?: LiveArchive;
  readonly roomMap: RoomMap;
  readonly state: State;
  readonly pace: Pace;
  /** Messages sent in a day at most. */
  readonly dailyCap: number;
  /** A UTC instant (ms) as people read it: `YYYY-MM-DD HH:MM`. */
  readonly local: (at: number) => string;
  /** UTC instant, ms. */
  readonly clock: () => number;
  readonly meters?: Pick<Meters, 'dealtWith' | 'sent' | 'rested'>;
  readonly alert: Raise;
  readonly log: Logger;
}

export interface Service {
  /** The bot is online (again). */
  loggedIn(): Promise<void>;
  /** Tells the operator of rooms that cannot be told apart. */
  checkRooms(): Promise<void>;
  /** Replies that wait or are being sent. */
  waiting(): number;
  /** Puts on disk what was heard. */
  flush(): Promise<void>;
}

interface Dealt {
  readonly bubbles: readonly string[];
  /** Whether the message was said to the bot. */
  readonly toBot: boolean;
}

/** Gaps that 状态 shows. */
const GAPS_SHOWN = 3;

export function serve(options: ServeOptions): Service {
  const { chat, knowledge, archive, roomMap, state, pace, dailyCap, local, clock, meters, alert, log } = options;
  const { notebook } = state;
  const { later } = pace;
  const today = () => local(clock()).slice(0, 10);
  const counts = () => countsOf(notebook.read(), today());

  const outbox = createOutbox({
    ...pace,
    send: chat.send,
    clock,
    spend() {
      const { sent, ...rest } = counts();
      if (sent >= dailyCap) {
        void alert('daily cap reached', `DAILY_CAP: ${dailyCap} messages were sent today; the bot is silent until tomorrow`);
        return false;
      }
      notebook.change(() => ({ today: { ...rest, sent: sent + 1 } }));
      return true;
    },
    onSent(to, content) {
      meters?.sent();
      capture?.sent(to, content);
    },
    onRest(ms) {
      meters?.rested();
      void alert('sending restricted', `WeChat asks for fewer messages; nothing is sent for ${Math.round(ms / 1_000)} s`);
    },
    log: log.child({ part: 'outbox' }),
  });
  const archiveRooms = () => knowledge.summary().rooms;
  const capture = archive && createCapture({ archive, archiveRooms, chat, roomMap, notebook, clock, log });
  const unaskedSwitch = {
    isOn: ({ topic }: Room) => topic !== '' && state.rooms.get(topic).unasked,
    turn: ({ topic }: Room, on: boolean) => state.rooms.set(topic, { unasked: on }),
  };
  const status = () => {
    const { lastHeard } = notebook.read();
    const gaps = (archive?.gaps() ?? []).slice(-GAPS_SHOWN).map(({ from, to }) => ({ from: local(from), to: local(to) }));
    const heard = lastHeard === undefined ? {} : { lastHeard: local(lastHeard) };
    const meaning = knowledge.meaning();
    const figures = { summary: knowledge.summary(), ...(meaning ? { meaning } : {}) };
    return replies.status({ ...figures, ...heard, gaps, queue: outbox.waiting() });
  };
  const conversation = createConversation({
    ...{ knowledge, liveRooms: chat.rooms, roomMap, bornLive: () => notebook.read().bornLive, status, clock },
    admit: pace.mannered ? createLimits(clock) : () => 'answer',
    unasked: unaskedSwitch,
  });
  const inTurn = createTurns();

  const dealWith = async (message: IncomingMessage, converse: () => Promise<Reply>): Promise<Dealt> => {
    const start = clock();
    const context = { id: message.id, room: message.room?.topic };
    try {
      const reply = await converse();
      const { intent, bubbles, answered } = reply;
      const ms = clock() - start;
      meters?.dealtWith(reply, ms);
      if (intent !== 'ignore') log.info({ ...context, intent, answered, bubbles: bubbles.length, ms }, 'dealt with');
      log.debug({ ...context, intent, text: message.text }, 'message');
      return { bubbles, toBot: intent !== 'ignore' };
    } catch (error) {
      log.error({ ...context, reason: reasonOf(error) }, 'a message could not be answered');
      // What nobody wants anything of cannot fail.
      return { bubbles: [replies.trouble], toBot: true };
    }
  };

  const hand = async ({ message, parts }: Gathered): Promise<void> => {
    const { bubbles } = await inTurn(async () => {
      const dealt = await dealWith(message, () => conversation.reply(message));
      // Written down after the answer, or a question would find itself.
      for (const part of parts) await capture?.heard(part, dealt.toBot);
      return dealt;
    });
    const ids = parts.map(({ id }) => id);
    if (bubbles.length > 0 && notebook.answerOnce(ids)) await outbox.post(replyTo(message), bubbles);
  };
  const gather = createGather({ hand, later, clock });

  const due = async (message: IncomingMessage & { readonly room: Room }): Promise<void> => {
    const { topic } = message.room;
    if ((counts().unasked[topic] ?? 0) >= UNASKED_A_DAY) return;
    const { bubbles } = await inTurn(() => dealWith(message, () => conversation.replyUnasked(message)));
    if (bubbles.length === 0 || !notebook.answerOnce([message.id])) return;
    notebook.change(() => {
      const { unasked, ...rest } = counts();
      return { today: { ...rest, unasked: { ...unasked, [topic]: (unasked[topic] ?? 0) + 1 } } };
    });
    await outbox.post(replyTo(message), bubbles);
  };
  const watchForQuestions = createUnasked({ isOn: unaskedSwitch.isOn, due: (message) => void due(message), later });

  /** Spoken in since the start, by id. */
  const rooms = new Set<string>();
  const checkRooms = async (): Promise<void> => {
    const shared = sharedNames(await chat.rooms());
    if (shared.length === 0) return;
    const names = shared.map((name) => JSON.stringify(name)).join(', ');
    const text = `several groups are named ${names}; the bot answers and records in none of them until they differ`;
    await alert('two rooms of one name', text);
  };

  chat.listen({
    async message(message) {
      notebook.change(() => ({ lastHeard: clock() }));
      if (message.room !== undefined && !rooms.has(message.room.id)) {
        rooms.add(message.room.id);
        void checkRooms();
      }
      watchForQuestions(message);
      await (pace.mannered ? gather.take(message) : hand({ message, parts: [message] }));
    },
    recalled: async (room, id) => capture?.recalled(room, id),
    tooOften: outbox.rest,
  });

  return {
    loggedIn: async () => capture?.loggedIn(),
    checkRooms,
    waiting: outbox.waiting,
    async flush() {
      gather.flush();
      await inTurn(async () => undefined);
      await capture?.flush();
      notebook.save();
    },
  };
}
