/**
 * The latest windows of digests, and when each is to be posted.
 *
 * In: an instant, a zone, the local time of posting. Out: windows with their instants, by the calendar of the zone.
 */
import { Cron } from 'croner';
import { addDays, digestDate, digestWindow } from '../../knowledge/index.js';
import type { Posting } from './windows.js';

/** So many windows back are looked at; older ones were dropped by an earlier look, or the bot slept for months. */
const LOOK_BACK = 6;

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
