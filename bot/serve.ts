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
import { type Chat, type Content, type Destination, type IncomingMessage, replyTo } from './chat/chat.js';
import { createOutbox } from './chat/outbox.js';
import { createAdmission, drawCode } from './conversation/admission.js';
import { createConversation, type Reply, type RoomMessage } from './conversation/conversation.js';
import { createGather, type Gathered } from './conversation/gather.js';
import { isUnrecorded, type Speaking } from './conversation/guidance.js';
import { createLimits } from './conversation/limits.js';
import { joinReloads } from './conversation/reloading.js';
import { type RoomMap, sharedNames } from './conversation/rooms.js';
import { watchSubscriptions } from './conversation/subscriptions.js';
import { createUnasked, UNASKED_A_DAY } from './conversation/unasked.js';
import { createWalls } from './conversation/walls.js';
import type { Meters } from './meters.js';
import { countsOf } from './notebook.js';
import type { Pace } from './pace.js';
import { programVersion } from './project-root.js';
import { reasonOf } from './reason.js';
import { replies } from './reply/texts.js';
import { createDigests } from './schedule/digests.js';
import type { DigestSettings } from './settings.js';
import type { State } from './state/state.js';
import { createStatus } from './status.js';
import { createTurns } from './turns.js';

export interface ServeOptions {
  readonly chat: Chat;
  readonly knowledge: Knowledge;
  /** Takes in what is heard; absent: nothing is kept. */
  readonly archive?: LiveArchive;
  readonly roomMap: RoomMap;
  /** Names of the rooms where the bot is enabled by the settings; `all` where there is nobody to keep out. */
  readonly rooms: readonly string[] | 'all';
  readonly state: State;
  readonly pace: Pace;
  /** Messages sent in a day at most. */
  readonly dailyCap: number;
  readonly digest: DigestSettings;
  /** IANA zone of the archive. */
  readonly zone: string;
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
  /** Reads the archive again, unless that is being done; never rejects. */
  reload(why: string): Promise<void>;
  /** From now on digests are posted when they are due. */
  startDigests(): void;
  /** Tells the operator of rooms that cannot be told apart. */
  checkRooms(): Promise<void>;
  /** Replies that wait or are being sent. */
  waiting(): number;
  /** Puts on disk what was heard. */
  flush(): Promise<void>;
}

interface Dealt {
  readonly bubbles: readonly string[];
  /** For the sender alone. */
  readonly privately?: readonly Content[] | undefined;
  /** Whether the message was said to the bot. */
  readonly toBot: boolean;
  readonly later?: Promise<Dealt>;
}

export function serve(options: ServeOptions): Service {
  const { chat, knowledge, archive, roomMap, rooms, state, pace, dailyCap, digest, zone, local, clock, meters, alert, log } =
    options;
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
  const walls = createWalls({ enabled: rooms, roomMap, state, chat, archiveRooms });
  const isSpokenOffRecord = (place: string, who: Speaking) => isUnrecorded(state, place, who);
  const capture =
    archive &&
    createCapture({
      ...{ archive, archiveRooms, chat, notebook, clock, log },
      ...{ captureRoomOf: walls.captureRoomOf, isUnrecorded: isSpokenOffRecord },
    });
  const admission = createAdmission({ admins: state.admins, login: () => chat.me()?.id, draw: drawCode, clock, log });
  const reload = joinReloads(knowledge.reload);
  const gaps = () => archive?.gaps() ?? [];
  const digests = createDigests({
    ...{ chat, knowledge, state, walls, settings: digest, zone, local, clock, alert },
    post: outbox.post,
    onPosted: (room, one) => conversation.posted(room, one),
    log: log.child({ part: 'digests' }),
  });
  const conversation = createConversation({
    ...{ knowledge, state, walls, chat, admission, reload, clock, log, digests: digests.desk },
    status: createStatus({ knowledge, gaps, state, queue: outbox.waiting, local, version: programVersion() }),
    admit: pace.mannered ? createLimits(clock) : () => 'answer',
  });
  // Who asks in private waits for nobody in the rooms, and nobody there for him.
  const turns = { rooms: createTurns(), direct: createTurns() };
  const turnOf = ({ room }: IncomingMessage) => (room === undefined ? turns.direct : turns.rooms);
  /** Where a reply belongs. What repeats the words of somebody who wants none of his kept is not kept either. */
  const destinationOf = async (message: IncomingMessage): Promise<Destination> => {
    const to = replyTo(message);
    const place = message.room && walls.captureRoomOf(message.room, await chat.rooms());
    return 'room' in to && place !== undefined && isSpokenOffRecord(place, message.sender) ? { ...to, offRecord: true } : to;
  };

  const dealWith = async (message: IncomingMessage, converse: () => Promise<Reply>): Promise<Dealt> => {
    const start = clock();
    const context = { id: message.id, room: message.room?.topic };
    try {
      const reply = await converse();
      const { intent, command, bubbles, privately, answered, later: more } = reply;
      const ms = clock() - start;
      meters?.dealtWith(reply, ms);
      if (intent !== 'ignore' && intent !== 'shut') {
        log.info({ ...context, intent, command, answered, bubbles: bubbles.length, ms }, 'dealt with');
      }
      return { bubbles, privately, toBot: intent !== 'ignore', ...(more ? { later: dealWith(message, () => more) } : {}) };
    } catch (error) {
      log.error({ ...context, reason: reasonOf(error) }, 'a message could not be answered');
      // What nobody wants anything of cannot fail.
      return { bubbles: [replies.trouble], toBot: true };
    }
  };

  const hand = async ({ message, parts }: Gathered): Promise<void> => {
    const dealt = await turnOf(message)(async () => {
      const first = await dealWith(message, () => conversation.reply(message));
      // Written down after the answer, or a question would find itself.
      for (const part of parts) await capture?.heard(part, first.toBot);
      // After the answer too, or whoever asks when something was last heard would be told of his own question.
      if (message.room !== undefined && walls.isEnabled(message.room)) {
        const { topic } = message.room;
        notebook.change(({ heardIn }) => ({ heardIn: { ...heardIn, [topic]: clock() } }));
      }
      return first;
    });
    const { bubbles, privately = [] } = dealt.later === undefined ? dealt : await dealt.later;
    const ids = parts.map(({ id }) => id);
    if (bubbles.length + privately.length > 0 && notebook.answerOnce(ids)) {
      await outbox.post({ person: message.sender.id }, privately);
      await outbox.post(await destinationOf(message), bubbles);
    }
    if (message.room !== undefined) lookForAnswers(message.room);
  };
  const gather = createGather({ hand, later, clock });

  const due = async (message: RoomMessage): Promise<void> => {
    const { topic } = message.room;
    if ((counts().unasked[topic] ?? 0) >= UNASKED_A_DAY || notebook.isAnswered(message.id)) return;
    const { bubbles } = await turns.rooms(() => dealWith(message, () => conversation.replyUnasked(message)));
    if (bubbles.length === 0 || !notebook.answerOnce([message.id])) return;
    notebook.change(() => {
      const { unasked, ...rest } = counts();
      return { today: { ...rest, unasked: { ...unasked, [topic]: (unasked[topic] ?? 0) + 1 } } };
    });
    await outbox.post(await destinationOf(message), bubbles);
  };
  const watchForQuestions = createUnasked({ isOn: conversation.speaksUnasked, due: (message) => void due(message), later });
  const lookForAnswers = watchSubscriptions({
    ...{ subscriptions: state.subscriptions, ask: conversation.lookUp, later, clock },
    tell: async (room, one, answer) => void (await outbox.post({ room: room.id }, [conversation.tell(room, one, answer)])),
    onFault: (error) => log.error({ reason: reasonOf(error) }, 'a subscription could not be looked up'),
  });

  /** Spoken in since the start, by id. */
  const spokenIn = new Set<string>();
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
      if (message.room !== undefined && !spokenIn.has(message.room.id)) {
        spokenIn.add(message.room.id);
        void checkRooms();
      }
      watchForQuestions(message);
      await (pace.mannered ? gather.take(message) : hand({ message, parts: [message] }));
    },
    async recalled(room, id) {
      await capture?.recalled(room, id);
      state.asked.recall(room.topic, id);
    },
    tooOften: outbox.rest,
  });

  return {
    async loggedIn() {
      admission.offer();
      await capture?.loggedIn();
    },
    async reload(why) {
      try {
        const { added, changed, removed, messages, seconds, warnings } = await reload();
        const figures = { added, changed, removed, messages, seconds, warnings: warnings.length };
        log.info({ why, ...figures }, 'archive reloaded');
      } catch (error) {
        log.error({ why, reason: reasonOf(error) }, 'the archive could not be reloaded; the old index is still in use');
      }
    },
    startDigests: digests.start,
    checkRooms,
    waiting: outbox.waiting,
    async flush() {
      gather.flush();
      await Promise.all([turns.rooms(async () => undefined), turns.direct(async () => undefined)]);
      await capture?.flush();
      notebook.save();
    },
  };
}
