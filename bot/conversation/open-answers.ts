/**
 * Who has which answer on his screen.
 *
 * In: answers as they are given. Out: somebody's last one, for ten minutes; in a room also the last one anybody was given.
 */
import type { Answer, Excerpt } from '../../knowledge/index.js';
import type { Member, Room } from '../chat/chat.js';
import { createRecent } from '../recent.js';

/** How long "1" and "更多" go on with an answer, ms. */
export const ANSWER_STAYS_OPEN = 10 * 60_000;
/** Kept at once; an answer holds ten excerpts, so this is a few MB at most. */
const CAPACITY = 500;

/** Somebody's last answer in a room or a direct chat. */
export interface OpenAnswer {
  readonly answer: Answer;
  /** Excerpts on the screen: 1..shown; 0 if nothing was found. */
  readonly shown: number;
  /** Whether it comes from several rooms, whose names are shown. */
  readonly namesRooms: boolean;
  /** It is a digest that its reader asked for, or one that was posted for all: it answers no question. */
  readonly digest?: 'asked' | 'posted';
  /** The thread being read and its next page. */
  readonly thread?: { readonly number: number; readonly nextPage: number };
}

/** Who said something where. */
export interface Saying {
  readonly room?: Room;
  readonly sender: Member;
}

export interface OpenAnswers {
  of(message: Saying): OpenAnswer | undefined;
  /** The last answer, or digest for all, that stands where this was said. */
  lastWhere(message: Saying): OpenAnswer | undefined;
  put(message: Saying, open: OpenAnswer): void;
  /** Something that everybody in a room has on the screen. */
  putForAll(room: Room, open: OpenAnswer): void;
  /** Something may not be shown any more: what is on the screens must be asked for again. */
  closeAll(): void;
  /** Changes whenever all were closed: an answer found before may hold what was hidden meanwhile. */
  era(): number;
}

/** @param clock UTC instant, ms */
export function createOpenAnswers(clock: () => number): OpenAnswers {
  const options = { capacity: CAPACITY, lifetime: ANSWER_STAYS_OPEN, clock };
  const empty = () => ({
    own: createRecent<OpenAnswer>(options),
    everybodys: createRecent<OpenAnswer>(options),
    /** Nobody, if it was for all. */
    lastAsker: createRecent<string | null>(options),
  });
  let now = empty();
  let era = 0;
  return {
    of: (message) => now.own.get(askerOf(message)) ?? (message.room && now.everybodys.get(message.room.id)),
    lastWhere(message) {
      const asker = now.lastAsker.get(placeOf(message));
      if (asker === null) return message.room && now.everybodys.get(message.room.id);
      return asker === undefined ? undefined : now.own.get(asker);
    },
    put(message, open) {
      now.own.put(askerOf(message), open);
      now.lastAsker.put(placeOf(message), askerOf(message));
    },
    putForAll(room, open) {
      now.everybodys.put(room.id, open);
      now.lastAsker.put(placeOfRoom(room), null);
    },
    closeAll() {
      now = empty();
      era += 1;
    },
    era: () => era,
  };
}

/** Somebody in a room, or in his direct chat. */
export function askerOf({ room, sender }: Saying): string {
  return JSON.stringify([room?.id, sender.id]);
}

function placeOf(message: Saying): string {
  return message.room === undefined ? askerOf(message) : placeOfRoom(message.room);
}

function placeOfRoom({ id }: Room): string {
  return JSON.stringify([id]);
}

/** The excerpt with this number, if it stands on the screen. */
export function excerptOf(open: OpenAnswer, number: number): Excerpt | undefined {
  return number <= open.shown ? open.answer.excerpts[number - 1] : undefined;
}
