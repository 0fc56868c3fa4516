/**
 * Which digests of a room are due. Pure: computed anew each time from the clock and from what was done, so that a restart, a
 * suspended machine or a clock that jumps changes nothing.
 *
 * In: an instant, the latest postings and the marks of a room. Out: what to do now, if anything.
 */
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
/** Minutes from one try to the next. Together three hours: from nine until noon. */
const BACK_OFF = [1, 2, 4, 8, 15, 30, 30, 30, 30, 30];

/** Name of a window in the marks. */
export function windowName({ date, days }: Pick<Window, 'date' | 'days'>): string {
  return `${date}/${days}`;
}

/** What a name made by {@link windowName} names. */
export function windowNamed(name: string): Pick<Window, 'date' | 'days'> {
  const [date = '', days] = name.split('/');
  return { date, days: Number(days) };
}

/** @param marks of the room, of all windows */
export function due(now: number, postings: readonly Posting[], marks: readonly DigestMark[]): Due {
  const days = postings[0]?.days;
  const known = new Map(marks.map((mark) => [mark.window, mark]));
  if (!marks.some(({ window }) => windowNamed(window).days === days)) return { kind: 'begin', postings };
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
