/**
 * Which digests of a room are due. Pure: computed anew each time from the clock and from what was done, so that a restart, a
 * suspended machine or a clock that jumps changes nothing.
 *
 * In: an instant, the time of day at which digests are posted, and the marks of the room. Out: what to do now, if anything.
 */
import { Cron } from 'croner';
import { addDays, digestDate, digestWindow } from '../../knowledge/index.js';
import type { DigestMark } from '../state/state.js';

/** A stretch of days for which there is one digest. */
export interface Window {
  /** Its first day, YYYY-MM-DD, and how many days it has. */
  readonly date: string;
  readonly days: number;
  /** UTC ms; `to` is the first instant after it. */
  readonly from: number;
  readonly to: number;
}

/** A window, and when its digest is to be posted (UTC ms). */
export interface Posting extends Window {
  readonly at: number;
}

export type Due =
  /** Nothing was done in this room before: what is past is past. */
  | { readonly kind: 'begin'; readonly postings: readonly Posting[] }
  | {
      readonly kind: 'due';
      /** To be posted as one, oldest first. */
      readonly postings: readonly Posting[];
      /** Too old to be of use to anybody. */
      readonly dropped: readonly Posting[];
    };

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Windows missed for longer than this are not posted any more. */
export const CATCH_UP = 3 * DAY;
/** So many windows back are looked at; older ones were dropped by an earlier look, or the bot slept for months. */
const LOOK_BACK = 6;
/** Minutes from one try to the next. Together three hours: from nine until noon. */
const BACK_OFF = [1, 2, 4, 8, 15, 30, 30, 30, 30, 30];

/** Name of a window in the marks. */
export function windowName({ date, days }: Pick<Window, 'date' | 'days'>): string {
  return `${date}/${days}`;
}

/**
 * The latest windows whose time of posting has come, oldest first.
 *
 * @param zone IANA zone of everything local
 * @param time `HH:MM`, local; the first one after the end of a window is its time
 * @param days 1, or 7 for weeks that begin on Monday
 */
export function pastPostings(now: number, zone: string, time: string, days: 1 | 7): readonly Posting[] {
  const [hour, minute] = time.split(':').map(Number);
  const posted = new Cron(`${minute} ${hour} * * *`, { timezone: zone, paused: true });
  const present = digestDate(zone, now);
  const first = days === 7 ? mondayOf(present) : present;
  return Array.from({ length: LOOK_BACK }, (_, i) => addDays(first, (i - LOOK_BACK) * days)).flatMap((date) => {
    const window = { date, days, ...digestWindow(zone, date, days) };
    const at = posted.nextRun(new Date(window.to - 1))?.getTime();
    return at === undefined || at > now ? [] : [{ ...window, at }];
  });
}

/** @param date YYYY-MM-DD */
export function mondayOf(date: string): string {
  return addDays(date, -((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7));
}

/** @param marks of the room, of all windows */
export function due(now: number, postings: readonly Posting[], marks: readonly DigestMark[]): Due {
  const days = postings[0]?.days;
  const known = new Map(marks.map((mark) => [mark.window, mark]));
  if (!marks.some(({ window }) => window.endsWith(`/${days}`))) return { kind: 'begin', postings };
  const first = postings.findIndex((posting) => known.has(windowName(posting)));
  const open = postings.slice(Math.max(first, 0)).filter((posting) => isOpen(known.get(windowName(posting))));
  const isLate = ({ at }: Posting) => now - at > CATCH_UP;
  const waits = open.some((posting) => isBackingOff(now, known.get(windowName(posting))));
  return { kind: 'due', postings: waits ? [] : open.filter((posting) => !isLate(posting)), dropped: open.filter(isLate) };
}

function isOpen(mark: DigestMark | undefined): boolean {
  return mark === undefined || mark.step === 'failed';
}

/** A mark of the future was made by a clock that has been set back since, and says nothing. */
function isBackingOff(now: number, mark: DigestMark | undefined): boolean {
  return mark !== undefined && now >= mark.at && now < mark.at + (BACK_OFF[mark.tries - 1] ?? 0) * MINUTE;
}

/** Whether after so many tries it is given up. */
export function isLastTry(tries: number): boolean {
  return tries > BACK_OFF.length;
}
