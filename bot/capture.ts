/**
 * Everything heard in a room -> the archive.
 *
 * In: messages, recalls, what the bot itself sent, logins. Out: records in the archive; what they say is nobody's business here.
 */
import type { Logger } from 'pino';
import type { Knowledge, LiveMessage } from '../knowledge/index.js';
import type { Chat, Content, Destination, IncomingMessage, Room } from './chat/chat.js';
import type { Speaking } from './conversation/guidance.js';
import { quotedIn, withoutQuoted } from './conversation/mention.js';
import type { Notebook } from './notebook.js';
import { reasonOf } from './reason.js';
import { clip } from './reply/clip.js';
import { replies } from './reply/texts.js';

/** The part of the knowledge that takes in what is heard. */
export type LiveArchive = Pick<Knowledge, 'record' | 'recall' | 'noteGap' | 'gaps' | 'flush'>;

/** An echo of what the bot sent comes within this time of it, ms. */
const ECHO = 10_000;
/** Shorter silences are restarts without loss, ms. */
const SHORTEST_GAP = 3_000;
/**
 * UTF-16 units of one message that are kept. WeChat takes no text half as long; of a flood of a megabyte each question that finds it
 * would read every word.
 */
export const LONGEST_KEPT = 20_000;
/** The list of rooms is looked up again after this long, ms. */
const ROOMS_KEPT = 10_000;

export interface CaptureOptions {
  readonly archive: LiveArchive;
  /** Rooms of the archive now. */
  readonly archiveRooms: () => readonly string[];
  readonly chat: Pick<Chat, 'rooms' | 'me'>;
  /** The archive room that takes in what is said in a room, if the bot listens there. */
  readonly captureRoomOf: (room: Room, live: readonly Room[]) => string | undefined;
  /** Whether somebody does not want what he says to be kept in an archive room. */
  readonly isUnrecorded: (place: string, who: Speaking) => boolean;
  readonly notebook: Notebook;
  /** UTC instant, ms. */
  readonly clock: () => number;
  readonly log: Logger;
}

export interface Capture {
  /** Fulfilled when the message is handed to the archive. `toBot`: it was said to the bot, and is no talk of the group. */
  heard(message: IncomingMessage, toBot?: boolean): Promise<void>;
  recalled(room: Room, id: string): Promise<void>;
  sent(to: Destination, content: Content): void;
  /** The bot is online (again). */
  loggedIn(): Promise<void>;
  flush(): Promise<void>;
}

export function createCapture(options: CaptureOptions): Capture {
  const { archive, archiveRooms, chat, captureRoomOf, isUnrecorded, notebook, clock, log } = options;
  let own: readonly { readonly room: string; readonly text: string; readonly at: number }[] = [];
  let sentSoFar = 0;
  let known: { readonly at: number; readonly rooms: readonly Room[] } = { at: Number.NEGATIVE_INFINITY, rooms: [] };

  const liveRooms = async () => {
    if (Math.abs(clock() - known.at) > ROOMS_KEPT) known = { at: clock(), rooms: await chat.rooms() };
    return known.rooms;
  };
  const placeOf = async (room: Room): Promise<string | undefined> => {
    const place = captureRoomOf(room, await liveRooms());
    if (place !== undefined && !archiveRooms().includes(place) && !notebook.read().bornLive.includes(place)) {
      notebook.change(({ bornLive }) => ({ bornLive: [...bornLive, place] }));
    }
    return place;
  };
  const told = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      log.error({ reason: reasonOf(error) }, what);
    }
  };
  const record = (message: LiveMessage) => told('a message could not be written down', () => archive.record(message));
  const isEcho = (room: string, text: string): boolean => {
    own = own.filter(({ at }) => Math.abs(clock() - at) <= ECHO);
    const echoed = own.find((one) => one.room === room && one.text === text);
    own = own.filter((one) => one !== echoed);
    return echoed !== undefined;
  };

  return {
    async heard({ id, at, room, sender, kind, text: said, self }, toBot = false) {
      if (room === undefined || (self && isEcho(room.id, said))) return;
      const place = await placeOf(room);
      if (place === undefined || isUnrecorded(place, sender)) return;
      const { groupNickname } = sender;
      const text = clip(said, LONGEST_KEPT);
      const quotation = quotedIn(text);
      const quoted = quotation && isUnrecorded(place, quotation) ? undefined : quotation;
      // Not waited for: the archive takes messages in the order it is handed them, and writes them in batches.
      void record({
        ...{ room: place, id, at, sender: sender.id, kind: toBot ? 'bot' : kind },
        text: quotation === undefined ? text : withoutQuoted(text).trim(),
        ...(quoted === undefined ? {} : { quoted }),
        // A member whom the server has not introduced yet.
        name: sender.name || groupNickname || replies.unnamed,
        ...(groupNickname === undefined ? {} : { groupNickname }),
      });
    },
    async recalled(room, id) {
      const place = await placeOf(room);
      if (place !== undefined) await told('a message could not be taken back', () => archive.recall(place, id));
    },
    sent(to, content) {
      const me = chat.me();
      if (!('room' in to) || me === undefined) return;
      const text = typeof content === 'string' ? content : '';
      const at = clock();
      own = [...own, { room: to.room, text, at }];
      if (to.offRecord) return;
      sentSoFar += 1;
      const id = `own-${at}-${sentSoFar}`;
      void told('a message of the bot could not be written down', async () => {
        const room = (await liveRooms()).find((one) => one.id === to.room);
        const place = room && (await placeOf(room));
        if (place === undefined) return;
        void record({ room: place, id, at, sender: me.id, name: me.name, kind: 'bot', text });
      });
    },
    async loggedIn() {
      const { lastHeard = 0, lastAlive = 0 } = notebook.read();
      const from = Math.max(lastHeard, lastAlive);
      const to = clock();
      notebook.change(() => ({ lastAlive: to }));
      if (from === 0 || to - from < SHORTEST_GAP) return;
      log.warn({ from: new Date(from).toISOString(), to: new Date(to).toISOString() }, 'nothing was heard in between');
      await told('a gap could not be noted', () => archive.noteGap(from, to));
    },
    flush: () => told('what was heard could not be written down', () => archive.flush()),
  };
}
