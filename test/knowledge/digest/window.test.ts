/** Which instants a digest of a date covers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wallClock } from '../../../knowledge/archive/wall-clock.js';
import { addDays, dateOfWindow, daysOf, windowOf, windowsBefore } from '../../../knowledge/digest/window.js';

const shanghai = wallClock('Asia/Shanghai');
const berlin = wallClock('Europe/Berlin');
const HOUR = 3_600_000;
const iso = (at: number) => new Date(at).toISOString();
const dates = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1990-01-01', days));

describe('the window of a date', () => {
  it('lasts from five in the morning to five on the next day, local time', () => {
    const { from, to } = windowOf(shanghai, '2025-03-10');
    expect([iso(from), iso(to)]).toEqual(['2025-03-09T21:00:00.000Z', '2025-03-10T21:00:00.000Z']);
  });

  it('may be a week', () => {
    const { from, to } = windowOf(shanghai, '2025-12-29', 7);
    expect([iso(from), iso(to)]).toEqual(['2025-12-28T21:00:00.000Z', '2026-01-04T21:00:00.000Z']);
  });

  it.each([
    ['2025-03-29', 23],
    ['2025-03-30', 24],
    ['2025-10-25', 25],
    ['2025-10-26', 24],
  ])('of %s in Berlin has %i hours, for the clocks change between five and five', (date, hours) => {
    const { from, to } = windowOf(berlin, date);
    expect((to - from) / HOUR).toBe(hours);
    expect([berlin.local(from).time, berlin.local(to).time]).toEqual(['05:00:00', '05:00:00']);
  });

  it('ends where the next begins, and holds every instant of which it is the date', () => {
    fc.assert(
      fc.property(dates, fc.nat(24 * HOUR), fc.constantFrom(shanghai, berlin), (date, after, clock) => {
        const { from, to } = windowOf(clock, date);
        expect(windowOf(clock, addDays(date, 1)).from).toBe(to);
        expect(dateOfWindow(clock, Math.min(from + after, to - 1))).toBe(date);
      }),
    );
  });

  it.each(['2025-02-30', '2025-13-01', '10.3.2025', '', '2025-3-1', '2025-03-10T00:00'])('is refused for %j', (date) => {
    expect(() => windowOf(shanghai, date)).toThrow(/is no date: give a day of the calendar as YYYY-MM-DD/);
  });
});

describe('the windows before a window', () => {
  it('are as long in days and follow each other without a gap, also where the clocks change', () => {
    const window = windowOf(berlin, '2025-04-01');
    const before = windowsBefore(berlin, window, 1, 7);
    expect(before.map(({ from }) => berlin.local(from).date)).toEqual([
      '2025-03-31',
      '2025-03-30',
      '2025-03-29',
      '2025-03-28',
      '2025-03-27',
      '2025-03-26',
      '2025-03-25',
    ]);
    [window, ...before].reduce((later, earlier) => {
      expect(earlier.to).toBe(later.from);
      return earlier;
    });
  });
});

describe('the days of a window', () => {
  it('fill it without a gap, also where one of them has 23 hours', () => {
    const window = windowOf(berlin, '2025-03-24', 7);
    const days = daysOf(berlin, window, 7);
    expect(days.map(({ from, to }) => (to - from) / 3_600_000)).toEqual([24, 24, 24, 24, 24, 23, 24]);
    expect([days[0]?.from, days[6]?.to]).toEqual([window.from, window.to]);
    for (const [i, { from }] of days.slice(1).entries()) expect(from).toBe(days[i]?.to);
  });
});
