/**
 * Everything about digests, put together: made for a room, asked for by commands, posted when they are due.
 *
 * In: the chat, the knowledge, the state, the settings. Out: what the commands work with, and the start of the schedule.
 */
import type { Logger } from 'pino';
import { type Digest, digestDate, digestWindow, type Knowledge } from '../../knowledge/index.js';
import type { Raise } from '../alerts.js';
import type { Chat, Room } from '../chat/chat.js';
import type { Outbox } from '../chat/outbox.js';
import type { DigestDesk } from '../conversation/desk.js';
import type { Walls } from '../conversation/walls.js';
import { reasonOf } from '../reason.js';
import { renderCard } from '../reply/card/card.js';
import type { Local } from '../reply/digest-wording.js';
import type { DigestSettings } from '../settings.js';
import type { State } from '../state/state.js';
import { createPoster } from './poster.js';
import { createRoomDigests } from './room-digests.js';
import { createSchedule, type Subscriber } from './schedule.js';

export interface DigestsOptions {
  readonly chat: Pick<Chat, 'rooms'>;
  readonly knowledge: Pick<Knowledge, 'digest' | 'isAnsweredSince'>;
  readonly state: State;
  readonly walls: Walls;
  readonly settings: DigestSettings;
  readonly post: Outbox['post'];
  /** A digest is on everybody's screen in a room. */
  readonly onPosted: (room: Room, digest: Digest) => void;
  /** IANA zone of the archive. */
  readonly zone: string;
  readonly local: Local;
  /** UTC instant, ms. */
  readonly clock: () => number;
  readonly alert: Raise;
  readonly log: Logger;
}

export interface Digests {
  readonly desk: DigestDesk;
  /** From now on they are posted when they are due. */
  start(): void;
}

export function createDigests(options: DigestsOptions): Digests {
  const { chat, knowledge, state, walls, settings, post, onPosted, zone, local, clock, alert, log } = options;
  const marks = state.digests;
  const ofRooms = createRoomDigests({
    ...{ knowledge, state, settings, local, draw: renderCard, scopeOf: walls.scopeOf },
    onFault: (error) => log.error({ reason: reasonOf(error) }, 'a digest goes without its picture'),
  });
  const poster = createPoster({
    ...{ marks, post, make: ofRooms.make, onPosted, clock, alert, log },
  });
  const subscribers = (): readonly Subscriber[] =>
    walls.enabledTopics().flatMap((topic) => {
      const { paused, digest: time = settings.time, weekly = settings.weekly } = state.rooms.get(topic);
      return paused || time === undefined || time === 'off' ? [] : [{ topic, time, weekly }];
    });
  const schedule = createSchedule({ zone, subscribers, rooms: chat.rooms, marks, poster, clock, alert, log });
  return {
    desk: {
      ...ofRooms,
      local,
      days: () => ({ today: digestDate(zone, clock()) }),
      window: (date, days) => ({ date, days, ...digestWindow(zone, date, days) }),
      passOver: schedule.passOver,
    },
    start: schedule.start,
  };
}
