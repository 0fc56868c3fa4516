import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pastPostings } from '../../../bot/schedule/postings.js';
import { due, isLastTry, windowName } from '../../../bot/schedule/windows.js';
import type { DigestMark, DigestStep } from '../../../bot/state/state.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (text: string) => Date.parse(text);

const mark = (window: string, step: DigestStep, when = 0, tries = 1): DigestMark => ({
  ...{ room: '读书群', window, step, tries },
  at: when,
});

function dailyAt(now: number, zone = 'Asia/Shanghai') {
  return pastPostings(now, zone, '09:00', 1);
}

describe('the window of a digest', () => {
  it('goes from five in the morning to five in the morning, and is posted at nine', () => {
    const last = dailyAt(at('2026-11-26T01:00:00Z')).at(-1);
    expect(last).toEqual({
      date: '2026-11-25',
      days: 1,
      from: at('2026-11-24T21:00:00Z'),
      to: at('2026-11-25T21:00:00Z'),
      at: at('2026-11-26T01:00:00Z'),
    });
  });

  it('is not due a second too early', () => {
    expect(dailyAt(at('2026-11-26T00:59:59Z')).at(-1)?.date).toBe('2026-11-24');
  });

  it('of a week begins on Monday', () => {
    const last = pastPostings(at('2026-11-26T01:00:00Z'), 'Asia/Shanghai', '09:00', 7).at(-1);
    expect(last).toMatchObject({ date: '2026-11-16', days: 7, at: at('2026-11-23T01:00:00Z') });
  });

  it('has 23 or 25 hours where daylight saving begins or ends, and none is lost or told twice', () => {
    for (const [change, hours] of [
      ['2026-03-29', 23],
      ['2026-10-25', 25],
    ] as const) {
      const postings = pastPostings(at(`${change}T12:00:00Z`) + 3 * DAY, 'Europe/Berlin', '09:00', 1);
      const changed = postings.find(({ to, from }) => to - from !== DAY);
      expect(changed && (changed.to - changed.from) / HOUR, change).toBe(hours);
      for (const [i, { from }] of postings.entries()) if (i > 0) expect(from).toBe(postings[i - 1]?.to);
    }
  });
});

describe('what is due', () => {
  const now = at('2026-11-26T01:00:30Z');
  const postings = dailyAt(now);
  const names = postings.map(windowName);

  it('is nothing at the first look at a room: what is past is past', () => {
    expect(due(now, postings, [])).toEqual({ kind: 'begin', postings });
  });

  it('is the window that has just ended', () => {
    const marks = names.slice(0, -1).map((window) => mark(window, 'sent'));
    expect(due(now, postings, marks)).toEqual({ kind: 'due', postings: postings.slice(-1), dropped: [] });
  });

  it('is nothing once it was sent, is on its way, or nobody knows whether it arrived', () => {
    for (const step of ['sent', 'sending', 'unsure', 'skipped', 'dropped'] as const) {
      expect(due(now, postings, [mark(names.at(-1) as string, step)])).toMatchObject({ postings: [], dropped: [] });
    }
  });

  it('is, after days without power, what was missed in the last three, and the rest is dropped', () => {
    const marks = [mark(names[0] as string, 'sent')];
    const { postings: missed, dropped } = due(now, postings, marks) as Extract<ReturnType<typeof due>, { kind: 'due' }>;
    expect(missed.map(({ date }) => date)).toEqual(['2026-11-23', '2026-11-24', '2026-11-25']);
    expect(dropped.map(({ date }) => date)).toEqual(['2026-11-21', '2026-11-22']);
  });

  it('a failed try comes again after a minute, then later and later, until noon', () => {
    const window = names.at(-1) as string;
    const isDue = (tries: number, minutes: number) => {
      const result = due(now + minutes * 60_000, postings, [mark(window, 'failed', now, tries)]);
      return result.kind === 'due' && result.postings.length > 0;
    };
    expect([isDue(1, 0.9), isDue(1, 1), isDue(2, 1), isDue(2, 2), isDue(6, 29), isDue(6, 30)]).toEqual([
      ...[false, true, false, true, false, true],
    ]);
    const waited = Array.from({ length: 20 }, (_, i) => i + 1).filter((tries) => !isLastTry(tries));
    expect(waited.length).toBeGreaterThan(5);
    expect(waited.reduce((sum, tries) => sum + firstDue(tries, isDue), 0)).toBe(180);
  });

  it('does not wait for a try that a wrong clock put into the future', () => {
    const failed = mark(names.at(-1) as string, 'failed', now + 300 * DAY);
    expect(due(now, postings, [failed])).toMatchObject({ postings: [postings.at(-1)] });
  });

  it('is never a window twice, whatever the clock does', () => {
    const step = fc.record({ hours: fc.integer({ min: -100, max: 100 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const marks = new Map<string, DigestMark>();
        const posted: string[] = [];
        let clock = now;
        for (const { hours } of steps) {
          clock += hours * HOUR;
          const result = due(clock, dailyAt(clock), [...marks.values()]);
          for (const posting of result.postings) {
            marks.set(windowName(posting), mark(windowName(posting), 'sent', clock));
            if (result.kind === 'due') posted.push(windowName(posting));
          }
        }
        expect(posted).toHaveLength(new Set(posted).size);
      }),
    );
  });
});

function firstDue(tries: number, isDue: (tries: number, minutes: number) => boolean): number {
  let minutes = 0;
  while (!isDue(tries, minutes)) minutes++;
  return minutes;
}
