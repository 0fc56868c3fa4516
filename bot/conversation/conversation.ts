/**
 * One incoming message -> the bubbles that answer it.
 *
 * In: messages in the order of arrival, and what answering takes (the knowledge, the rooms, a clock). Out: texts to be sent
 * in order, or none. What it remembers is bounded and forgotten after ten minutes: who was shown what.
 */
import type { Answer, Excerpt, Knowledge, Scope, ThreadView } from '../../knowledge/index.js';
import type { IncomingMessage, Room } from '../chat/chat.js';
import { createRecent } from '../recent.js';
import { answerBubble } from '../reply/bubble.js';
import { replies } from '../reply/texts.js';
import { PAGES_AT_ONCE, threadBubbles } from '../reply/thread-pages.js';
import type { Verdict } from './limits.js';
import { archiveRoomsOf, type RoomMap } from './rooms.js';
import { UNASKED_A_DAY } from './unasked.js';
import { type FollowUp, type Intent, understand } from './understand.js';

/** How long "1" and "更多" go on with an answer, ms. */
export const ANSWER_STAYS_OPEN = 10 * 60_000;

/** Open answers kept at once; an answer holds ten excerpts, so this is a few MB at most. */
const OPEN_ANSWERS = 500;
const ROOMS_TOLD = 1_000;

export interface ConversationOptions {
  readonly knowledge: Pick<Knowledge, 'ask' | 'thread' | 'summary'>;
  /** The rooms the bot is in now. */
  readonly liveRooms: () => Promise<readonly Room[]>;
  readonly roomMap: RoomMap;
  /** Archive rooms that hold only what the bot itself heard there. */
  readonly bornLive: () => readonly string[];
  /** Whether somebody gets another answer now. */
  readonly admit: (person: string, room: string | undefined) => Verdict;
  readonly unasked: UnaskedSwitch;
  /** What 状态 tells. */
  readonly status: () => string;
  /** UTC instant, ms. */
  readonly clock: () => number;
}

/** In which rooms the bot may speak unasked; they are known by their names. */
export interface UnaskedSwitch {
  isOn(room: Room): boolean;
  turn(room: Room, on: boolean): void;
}

/** What was done with a message, for the log: never what it says. */
export interface Reply {
  readonly intent: Intent['kind'] | 'unasked question' | 'too many';
  readonly bubbles: readonly string[];
  /** Only for a question. */
  readonly answered?: boolean;
}

export interface Conversation {
  /** The messages of one room must be handed in one after the other: "1" right after a question waits for the answer. */
  reply(message: IncomingMessage): Promise<Reply>;
  /** Answers a question that was put to nobody, if the archive does so for certain. */
  replyUnasked(message: IncomingMessage & { readonly room: Room }): Promise<Reply>;
}

/** Somebody's last answer in a room. */
interface OpenAnswer {
  readonly answer: Answer;
  readonly shown: number;
  /** The thread being read and its next page. */
  readonly thread?: { readonly number: number; readonly nextPage: number };
}

export function createConversation(options: ConversationOptions): Conversation {
  const { knowledge, liveRooms, roomMap, bornLive, admit, unasked, status, clock } = options;
  const open = createRecent<OpenAnswer>({ capacity: OPEN_ANSWERS, lifetime: ANSWER_STAYS_OPEN, clock });
  const spokeUnasked = createRecent<true>({ capacity: ROOMS_TOLD, lifetime: ANSWER_STAYS_OPEN, clock });
  const toldToAskInGroup = createRecent<true>({ capacity: OPEN_ANSWERS, lifetime: ANSWER_STAYS_OPEN, clock });
  const toldNoArchive = createRecent<true>({ capacity: ROOMS_TOLD, lifetime: Number.POSITIVE_INFINITY, clock });

  const scopeOf = async (room: Room): Promise<Scope | undefined> => {
    const archive = knowledge.summary().rooms;
    const rooms = archiveRoomsOf(room, { live: await liveRooms(), archive, map: roomMap, bornLive: bornLive() });
    return rooms && { rooms };
  };
  const turn = (room: Room, on: boolean): string => {
    if (room.topic === '') return replies.unaskedNeedsName;
    unasked.turn(room, on);
    return on ? replies.unaskedOn(UNASKED_A_DAY) : replies.unaskedOff;
  };

  return {
    async reply(message) {
      const { room, sender } = message;
      const asker = askerOf(message);
      const current = open.get(asker);
      const intent = understand(message, {
        ...(current ? { shown: current.shown } : {}),
        spokeUnasked: room !== undefined && spokeUnasked.get(room.id) === true,
      });
      const reply = (...bubbles: readonly string[]): Reply => ({ intent: intent.kind, bubbles });

      if (intent.kind === 'ignore') return reply();
      const verdict = admit(sender.id, room?.id);
      if (verdict !== 'answer') return { intent: 'too many', bubbles: verdict === 'tell' ? [replies.slowDown] : [] };
      if (intent.kind === 'direct' || room === undefined) {
        return firstTime(toldToAskInGroup, asker) ? reply(replies.askInGroup) : reply();
      }
      switch (intent.kind) {
        case 'help':
          return reply(replies.help(message.botNames[0] ?? ''));
        case 'status':
          return reply(status());
        case 'stop':
          return reply(turn(room, false));
        case 'unasked':
          return reply(intent.on === undefined ? replies.unaskedIs(unasked.isOn(room)) : turn(room, intent.on));
      }

      const scope = await scopeOf(room);
      if (scope === undefined) return firstTime(toldNoArchive, room.id) ? reply(replies.noArchive) : reply();
      if (intent.kind === 'follow-up') {
        if (current === undefined) return reply(replies.nothingOpen);
        const { bubbles, next } = goOn(intent.command, current, (key) => knowledge.thread(key, scope));
        open.put(asker, next);
        return reply(...bubbles);
      }

      const answer = await knowledge.ask(intent.text, scope);
      const { text, shown } = answerBubble(answer);
      if (shown === 0) open.drop(asker);
      else open.put(asker, { answer, shown });
      return { ...reply(text), answered: shown > 0 };
    },

    async replyUnasked(message) {
      const silence: Reply = { intent: 'unasked question', bubbles: [], answered: false };
      const scope = await scopeOf(message.room);
      if (scope === undefined || !unasked.isOn(message.room)) return silence;
      const answer = await knowledge.ask(message.text, scope);
      if (!answer.unasked || admit(message.sender.id, message.room.id) !== 'answer') return silence;
      const { text } = answerBubble({ ...answer, excerpts: answer.excerpts.slice(0, 1) }, 0, replies.unaskedNote);
      open.put(askerOf(message), { answer, shown: 1 });
      spokeUnasked.put(message.room.id, true);
      return { ...silence, bubbles: [text], answered: true };
    },
  };
}

function askerOf({ room, sender }: IncomingMessage): string {
  return JSON.stringify([room?.id, sender.id]);
}

function firstTime(told: ReturnType<typeof createRecent<true>>, key: string): boolean {
  if (told.get(key)) return false;
  told.put(key, true);
  return true;
}

interface Step {
  readonly bubbles: readonly string[];
  readonly next: OpenAnswer;
}

function goOn(command: FollowUp, open: OpenAnswer, find: (thread: string) => ThreadView | undefined): Step {
  const say = (text: string): Step => ({ bubbles: [text], next: open });

  /** Undefined behind the last page. */
  const read = (number: number, page: number): Step | undefined => {
    const excerpt = open.answer.excerpts[number - 1];
    const view = excerpt === undefined ? undefined : find(excerpt.thread);
    // A key may name another thread after a reload; then what is read would not be what was shown.
    if (excerpt === undefined || view === undefined || !holds(view, excerpt)) return say(replies.archiveChanged);
    const { bubbles, pages } = threadBubbles(view, number, page);
    if (bubbles.length === 0) return undefined;
    return { bubbles, next: { ...open, thread: { number, nextPage: Math.min(page + PAGES_AT_ONCE, pages) } } };
  };
  const { thread } = open;

  switch (command.kind) {
    case 'open':
      return (command.number <= open.shown && read(command.number, 0)) || say(replies.noSuchExcerpt(open.shown));
    case 'next-pages':
      return thread === undefined ? say(replies.notReading) : (read(thread.number, thread.nextPage) ?? say(replies.noMore));
    case 'previous-pages': {
      if (thread === undefined) return say(replies.notReading);
      const lastShown = Math.floor((thread.nextPage - 1) / PAGES_AT_ONCE) * PAGES_AT_ONCE;
      return (lastShown > 0 && read(thread.number, lastShown - PAGES_AT_ONCE)) || say(replies.atTheStart);
    }
    case 'more': {
      const further = thread && read(thread.number, thread.nextPage);
      if (further !== undefined) return further;
      if (open.shown >= open.answer.excerpts.length) return say(replies.noMore);
      const { text, shown } = answerBubble(open.answer, open.shown);
      return { bubbles: [text], next: { answer: open.answer, shown: open.shown + shown } };
    }
  }
}

function holds(view: ThreadView, excerpt: Excerpt): boolean {
  const [first] = excerpt.quotes;
  return first === undefined || view.quotes.some((quote) => quote.file === first.file && quote.line === first.line);
}
