/**
 * One incoming message -> the bubbles that answer it.
 *
 * In: messages in the order of arrival, and what answering takes (the knowledge, the state, the walls, a clock). Out: texts to
 * be sent in order, or none. Who may say what where is decided here; what is done about it, in commands/.
 */
import type { Logger } from 'pino';
import type { Answer, Digest, Knowledge, Scope } from '../../knowledge/index.js';
import type { Chat, Content, IncomingMessage, Room } from '../chat/chat.js';
import { reasonOf } from '../reason.js';
import { createRecent } from '../recent.js';
import { answerBubble } from '../reply/bubble.js';
import { isQuiet } from '../reply/digest-wording.js';
import { memberReplies, replies } from '../reply/texts.js';
import type { State, Subscription } from '../state/state.js';
import type { Status } from '../status.js';
import type { Admission } from './admission.js';
import { type Call, type Outcome, type Reading, refuse, say } from './commands/command.js';
import { ENABLE } from './commands/room.js';
import type { Spoken } from './commands/table.js';
import type { Desk, DigestDesk, Forgetting } from './desk.js';
import { guidanceOf, isUnrecorded } from './guidance.js';
import type { Verdict } from './limits.js';
import { ANSWER_STAYS_OPEN, askerOf, createOpenAnswers } from './open-answers.js';
import { openDigest } from './open-digest.js';
import type { Reload } from './reloading.js';
import { type Intent, understand } from './understand.js';
import type { Walls } from './walls.js';

const PEOPLE = 500;
/** Who called the bot asks it within this time, ms; after that he talks to the others again. */
const AWAITED = 60_000;
const ROOMS = 1_000;

export interface ConversationOptions {
  readonly knowledge: Knowledge;
  readonly state: State;
  readonly walls: Walls;
  readonly chat: Pick<Chat, 'me' | 'members' | 'rooms'>;
  readonly admission: Admission;
  readonly reload: Reload;
  readonly status: Status;
  readonly digests: DigestDesk;
  /** Whether somebody gets another answer now. */
  readonly admit: (person: string, room: string | undefined) => Verdict;
  /** UTC instant, ms. */
  readonly clock: () => number;
  readonly log: Logger;
}

/** What was done with a message, for the log: never what it says. */
export interface Reply {
  /** `shut`: the bot was called where it neither listens nor speaks. */
  readonly intent: Intent['kind'] | 'unasked question' | 'too many' | 'shut';
  readonly command?: string;
  readonly bubbles: readonly string[];
  /** For the sender alone, in a direct chat. */
  readonly privately?: readonly Content[];
  /** Only for a question. */
  readonly answered?: boolean;
  /** What takes long, and need not be waited for before the next message is dealt with. */
  readonly later?: Promise<Reply>;
}

export type RoomMessage = IncomingMessage & { readonly room: Room };

export interface Conversation {
  /** The messages of one room must be handed in one after the other: "1" right after a question waits for the answer. */
  reply(message: IncomingMessage): Promise<Reply>;
  /** Answers a question that was put to nobody, if the archive does so for certain. */
  replyUnasked(message: RoomMessage): Promise<Reply>;
  /** Whether the bot may say something unasked in a room. */
  speaksUnasked(room: Room): boolean;
  /** What was said since somebody subscribed, as an answer; undefined where the bot is silent. */
  lookUp(room: Room, subscription: Subscription): Promise<Answer | undefined>;
  /** A digest was posted in a room: for ten minutes its numbers are everybody's. */
  posted(room: Room, digest: Digest): void;
  /** Tells a subscriber; his numbers then go on with this answer. */
  tell(room: Room, subscription: Subscription, answer: Answer): string;
}

export function createConversation(options: ConversationOptions): Conversation {
  const { knowledge, state, walls, admission, admit, clock, log } = options;
  const lately = { lifetime: ANSWER_STAYS_OPEN, clock };
  const forEver = { lifetime: Number.POSITIVE_INFINITY, clock };
  const desk: Desk = {
    ...options,
    open: createOpenAnswers(clock),
    forgetting: createRecent<Forgetting>({ ...lately, capacity: PEOPLE }),
    listed: createRecent<readonly (readonly string[])[]>({ ...lately, capacity: PEOPLE }),
    heed: () => knowledge.heed(guidanceOf(state)),
  };
  const spokeUnasked = createRecent<true>({ ...lately, capacity: ROOMS });
  const awaited = createRecent<true>({ lifetime: AWAITED, clock, capacity: PEOPLE });
  const toldNothingToRead = createRecent<true>({ ...lately, capacity: PEOPLE });
  const shutLogged = createRecent<true>({ ...forEver, capacity: ROOMS });
  desk.heed();

  const scopeOf = ({ room, sender }: IncomingMessage): Promise<Scope | undefined> =>
    room === undefined ? walls.scopeOfPerson(sender.id) : walls.scopeOf(room);
  const isPaused = (room: Room | undefined) => room !== undefined && state.rooms.get(room.topic).paused;
  const speaksUnasked = (room: Room) => walls.isEnabled(room) && !isPaused(room) && state.rooms.get(room.topic).unasked;
  const readingOf = (message: IncomingMessage): Reading => {
    const { room, sender } = message;
    const open = desk.open.of(message);
    return {
      isAdmin: admission.isAdmin(sender.id),
      ...(open ? { shown: open.shown } : {}),
      ...(open?.digest ? { digest: open.digest } : {}),
      spokeUnasked: room !== undefined && spokeUnasked.get(room.id) === true,
      isAwaited: awaited.get(askerOf(message)) === true,
      isPaused: isPaused(room),
      isAsked: desk.forgetting.get(askerOf(message)) !== undefined,
      isForgotten: state.optOuts.all().some(({ kind, senders }) => kind === 'forgotten' && senders.includes(sender.id)),
    };
  };
  /** Where the bot is not enabled or was silenced, only admins are heard. */
  const hears = ({ room }: IncomingMessage, intent: Intent, isAdmin: boolean): boolean => {
    if (room === undefined) return true;
    const byAdmin = isAdmin && intent.kind === 'command' ? intent.command : undefined;
    if (walls.isEnabled(room)) return !isPaused(room) || byAdmin !== undefined;
    if (byAdmin?.name === ENABLE) return true;
    if (!shutLogged.get(room.id)) {
      shutLogged.put(room.id, true);
      log.warn(
        { room: room.topic },
        'called in a room where the bot is not enabled: name it in ROOMS, or an admin says 启用 there',
      );
    }
    return false;
  };

  const run = async ({ command, argument }: Spoken, message: IncomingMessage, isAdmin: boolean): Promise<Outcome> => {
    const here = message.room === undefined ? 'direct' : 'room';
    if (command.who === 'admin' && !isAdmin) return refuse('no admin', memberReplies.adminsOnly);
    if (command.where !== 'both' && command.where !== here) {
      const text = memberReplies.onlyIn[command.where];
      return command.who === 'admin' ? refuse('said in the wrong place', text) : say(text);
    }
    const call: Call = { message, argument, isAdmin, open: desk.open.of(message), scope: () => scopeOf(message) };
    return command.run(call, desk);
  };
  const obey = async (spoken: Spoken, message: IncomingMessage, isAdmin: boolean): Promise<Reply> => {
    const { command, argument } = spoken;
    // What somebody says who is no admin is kept nowhere.
    const isNamed = !command.isSecret && (command.who === 'everybody' || isAdmin);
    const what = isNamed ? `${command.name} ${argument}`.trim() : command.name;
    const note = (result: string) => {
      const { sender, room } = message;
      const act = { who: sender.groupNickname ?? sender.name, contact: sender.id, room: room?.topic ?? '', result };
      state.audit.add({ ...act, at: clock(), what });
      log.info({ ...act, command: command.name }, 'audit');
    };
    try {
      const { bubbles, privately, result } = await run(spoken, message, isAdmin);
      if (command.who === 'admin' || result !== undefined) note(result ?? 'done');
      return { intent: 'command', command: command.name, bubbles, ...(privately ? { privately } : {}) };
    } catch (error) {
      if (command.who === 'admin') note(`failed: ${reasonOf(error)}`);
      throw error;
    }
  };

  /** Asked again if meanwhile something was hidden that the answer may hold. */
  const ask = async (question: string, scope: Scope): Promise<Answer> => {
    const era = desk.open.era();
    const answer = await knowledge.ask(question, scope);
    return era === desk.open.era() ? answer : ask(question, scope);
  };
  const answer = async (message: IncomingMessage, question: string): Promise<Reply> => {
    const scope = await scopeOf(message);
    const { room } = message;
    if (scope === undefined) {
      const place = room?.id ?? message.sender.id;
      if (toldNothingToRead.get(place)) return { intent: 'question', bubbles: [] };
      toldNothingToRead.put(place, true);
      return { intent: 'question', bubbles: [room === undefined ? memberReplies.notAMember : replies.noArchive] };
    }
    const found = await ask(question, scope);
    const namesRooms = room === undefined && (scope.rooms?.length ?? 0) > 1;
    const nothing = room === undefined ? '' : memberReplies.howToSubscribe;
    const { text, shown } = answerBubble(found, { namesRooms, nothing });
    desk.open.put(message, { answer: found, shown, namesRooms });
    const isKept = !scope.rooms?.some((place) => isUnrecorded(state, place, message.sender));
    if (room !== undefined && isKept) {
      const { id: contact, name, groupNickname } = message.sender;
      const asker = { room: room.topic, contact, name: groupNickname ?? name };
      state.asked.add({ ...asker, question, message: message.id, at: clock(), answered: shown > 0 });
    }
    return { intent: 'question', bubbles: [text], answered: shown > 0 };
  };

  return {
    async reply(message) {
      if (message.room !== undefined) admission.overheard(message.text);
      const reading = readingOf(message);
      const intent = understand(message, reading);
      if (intent.kind === 'ignore') return { intent: 'ignore', bubbles: [] };
      awaited.drop(askerOf(message));
      if (!hears(message, intent, reading.isAdmin)) return { intent: 'shut', bubbles: [] };
      const isOrder = intent.kind === 'command' && reading.isAdmin;
      const verdict = isOrder ? 'answer' : admit(message.sender.id, message.room?.id);
      if (verdict !== 'answer') {
        const isUrgent = intent.kind === 'command' && intent.command.isUrgent;
        const told = isUrgent ? (await obey(intent, message, reading.isAdmin)).bubbles : [replies.slowDown];
        return { intent: 'too many', bubbles: verdict === 'tell' ? told : [] };
      }
      if (intent.kind === 'question') return answer(message, intent.text);
      if (intent.awaits) awaited.put(askerOf(message), true);
      const obeyed = obey(intent, message, reading.isAdmin);
      return intent.command.isSlow ? { intent: 'command', command: intent.command.name, bubbles: [], later: obeyed } : obeyed;
    },

    speaksUnasked,

    async replyUnasked(message) {
      const silence: Reply = { intent: 'unasked question', bubbles: [], answered: false };
      const { room, sender, text: question } = message;
      const scope = await walls.scopeOf(room);
      if (scope === undefined || !speaksUnasked(room)) return silence;
      const found = await ask(question, scope);
      if (!found.unasked || admit(sender.id, room.id) !== 'answer') return silence;
      const first = { ...found, excerpts: found.excerpts.slice(0, 1) };
      const { text } = answerBubble(first, { note: replies.unaskedNote });
      desk.open.put(message, { answer: found, shown: 1, namesRooms: false });
      spokeUnasked.put(room.id, true);
      return { ...silence, bubbles: [text], answered: true };
    },

    async lookUp(room, { question, since }) {
      const scope = await walls.scopeOf(room);
      return scope === undefined || isPaused(room) ? undefined : ask(question, { ...scope, since });
    },

    posted(room, digest) {
      // A quiet day is one line without numbers.
      if (!isQuiet(digest)) desk.open.putForAll(room, openDigest(digest, 'posted'));
    },

    tell(room, { contact, name }, answer) {
      const { text, shown } = answerBubble(
        { ...answer, excerpts: answer.excerpts.slice(0, 1) },
        { addressee: memberReplies.subscriptionAnswered(name) },
      );
      desk.open.put({ room, sender: { id: contact, name } }, { answer, shown, namesRooms: false });
      return text;
    },
  };
}
