/**
 * Wall-clock time in an IANA zone <-> UTC instants (ms).
 *
 * Transcripts carry local time without a zone, and messages of one day share one offset except around a change of
 * daylight-saving time; so the offset is asked once an hour of the day and kept.
 */
import { tzOffset } from '@date-fns/tz';

const HOUR = 3_600_000;

export interface WallClock {
  readonly zone: string;
  /** UTC instant (ms) of a local date `YYYY-MM-DD` and second of the day. A time that daylight saving skips moves forward. */
  instant(date: string, secondOfDay: number): number;
  /** Local date `YYYY-MM-DD` and time `HH:MM:SS` of an instant. */
  local(at: number): { readonly date: string; readonly time: string };
  /** `instant + offset`: the local time as if it were UTC, ms. For arithmetic on days and hours. */
  shifted(at: number): number;
}

/** Throws a RangeError with one sentence if the zone is unknown. */
export function wallClock(zone: string): WallClock {
  if (Number.isNaN(tzOffset(zone, new Date(0))))
    throw new RangeError(`unknown time zone "${zone}": give an IANA name such as Asia/Shanghai`);
  const offsets = new Map<number, number>();
  const offsetAt = (at: number): number => {
    const hour = Math.floor(at / HOUR);
    let offset = offsets.get(hour);
    if (offset === undefined) {
      offset = tzOffset(zone, new Date(hour * HOUR)) * 60_000;
      offsets.set(hour, offset);
    }
    return offset;
  };
  const shifted = (at: number): number => at + offsetAt(at);
  return {
    zone,
    instant(date, secondOfDay) {
      const asUtc = Date.parse(`${date}T00:00:00Z`) + secondOfDay * 1000;
      // Two rounds: the first offset may be that of the other side of a change.
      const guess = asUtc - offsetAt(asUtc);
      return asUtc - offsetAt(guess);
    },
    local(at) {
      const iso = new Date(shifted(at)).toISOString();
      return { date: iso.slice(0, 10), time: iso.slice(11, 19) };
    },
    shifted,
  };
}
