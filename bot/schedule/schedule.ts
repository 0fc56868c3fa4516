/**
 * Looks every minute which digests are due, and has them posted.
 *
 * In: the rooms that want one and when, the rooms there are. Out: calls of the poster, one room after the other; a room that
 * fails costs the others nothing.
 */
import { Cron } from 'croner';
import type { Logger } from 'pino';
import type { Raise } from '../alerts.js';
import type { Room } from '../chat/chat.js';
import { reasonOf } from '../reason.js';
import type { DigestMarks } from '../state/state.js';
import { createTurns } from '../turns.js';
import type { Poster } from './poster.js';
import { pastPostings } from './postings.js';
import { due } from './windows.js';

/** A room that wants digests, by its name. */
export interface Subscriber {
  readonly topic: string;
  /** `HH:MM`, local. */
  readonly time: string;
  readonly weekly: boolean;
}

export interface ScheduleOptions {
  /** IANA zone of everything local here. */
  readonly zone: string;
  readonly subscribers: () => readonly Subscriber[];
  readonly rooms: () => Promise<readonly Room[]>;
  readonly marks: DigestMarks;
  readonly poster: Poster;
  /** UTC instant, ms. */
  readonly clock: () => number;
  readonly alert: Raise;
  readonly log: Logger;
}

export interface Schedule {
  /** Looks at once, and then every minute. */
  start(): void;
  /** One look. */
  look(): Promise<void>;
  /** What is past by now is not posted any more in a room that has just changed what it wants. */
  passOver(topic: string): void;
  stop(): void;
}

/** Days of the windows there are. */
const DAILY = [1] as const;
const LENGTHS = [...DAILY, 7] as const;

export function createSchedule(options: ScheduleOptions): Schedule {
  const { zone, subscribers, rooms, marks, poster, clock, alert, log } = options;
  const inTurn = createTurns();
  let job: Cron | undefined;

  const lookAt = async (room: Room, { time, weekly }: Subscriber): Promise<void> => {
    await poster.settle(room);
    for (const days of weekly ? LENGTHS : DAILY) {
      const postings = pastPostings(clock(), zone, time, days);
      await poster.post(room, due(clock(), postings, marks.of(room.topic)));
    }
  };

  const look = async (): Promise<void> => {
    const live = await rooms();
    const missing: string[] = [];
    for (const subscriber of subscribers()) {
      const { topic } = subscriber;
      const [room, ...namesakes] = live.filter((one) => one.topic === topic);
      // Of two rooms of one name the operator hears elsewhere; nobody can know which is meant.
      if (room === undefined) missing.push(topic);
      if (room === undefined || namesakes.length > 0) continue;
      try {
        await lookAt(room, subscriber);
      } catch (error) {
        log.error({ room: topic, reason: reasonOf(error) }, 'a digest failed');
      }
    }
    if (missing.length === 0) return;
    const names = missing.map((name) => JSON.stringify(name)).join(', ');
    const text = `no digest for ${names}: the bot sees no such room; save it to the contacts on the phone, or correct ROOMS`;
    await alert('digest room not found', text);
  };
  const lookInTurn = () =>
    inTurn(look).catch((error) => log.error({ reason: reasonOf(error) }, 'digests could not be looked at'));

  return {
    passOver(topic) {
      const wanted = subscribers().find((one) => one.topic === topic);
      if (wanted === undefined) return;
      for (const days of LENGTHS) poster.passOver(topic, pastPostings(clock(), zone, wanted.time, days));
    },
    start() {
      job ??= new Cron('* * * * *', { unref: true }, () => void lookInTurn());
      void lookInTurn();
    },
    look: lookInTurn,
    stop: () => job?.stop(),
  };
}
