/**
 * A date in a zone -> the window that a digest of that date covers, as UTC instants.
 *
 * A window begins at 05:00 local time, when nearly everybody sleeps, so that an evening's talk is not cut at midnight. It lasts
 * as long as its days do: 23 or 25 hours where daylight saving changes within.
 */
import type { WallClock } from '../archive/wall-clock.js';

/** UTC ms; `to` is the first instant after the window. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Hour of the day at which windows begin, local time. */
export const WINDOW_BEGINS = 5;

const DAY = 24 * 3_600_000;

/** @throws RangeError if `date` is no day of the calendar, YYYY-MM-DD, or `days` no whole number from 1 on */
export function windowOf(clock: WallClock, date: string, days = 1, begins = WINDOW_BEGINS): Window {
  if (!Number.isInteger(days) || days < 1) throw new RangeError(`a window has 1 day or more, not ${days}`);
  return { from: clock.instant(date, begins * 3600), to: clock.instant(addDays(date, days), begins * 3600) };
}

/** The date whose one-day window holds an instant: at four in the morning it is still that of yesterday. */
export function dateOfWindow(clock: WallClock, at: number, begins = WINDOW_BEGINS): string {
  const { date, time } = clock.local(at);
  return Number(time.slice(0, 2)) < begins ? addDays(date, -1) : date;
}

/** @throws RangeError if `date` is no day of the calendar, YYYY-MM-DD */
export function addDays(date: string, days: number): string {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  // Date.parse takes the 31st of February for the 3rd of March.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(date))
    throw new RangeError(`"${date}" is no date: give a day of the calendar as YYYY-MM-DD`);
  return new Date(midnight + days * DAY).toISOString().slice(0, 10);
}

/** The windows of the same length before a window, the latest first. They begin and end at the same local times. */
export function windowsBefore(clock: WallClock, { from, to }: Window, days: number, count: number): readonly Window[] {
  const earlier = (at: number, windows: number): number => daysLater(clock, at, -days * windows);
  return Array.from({ length: count }, (_, i) => ({ from: earlier(from, i + 1), to: earlier(to, i + 1) }));
}

/** The days of a window, each a window that begins at the same local time. */
export function daysOf(clock: WallClock, { from }: Window, days: number): readonly Window[] {
  return Array.from({ length: days }, (_, i) => ({ from: daysLater(clock, from, i), to: daysLater(clock, from, i + 1) }));
}

/** The instant at the same local time so many days later. */
function daysLater(clock: WallClock, at: number, days: number): number {
  const { date, time } = clock.local(at);
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return clock.instant(addDays(date, days), hours * 3600 + minutes * 60 + seconds);
}
