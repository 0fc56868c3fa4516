/**
 * How people call a day -> its date.
 */
import { addDays } from '../../knowledge/index.js';

/** The calendar of the archive's zone now. */
export interface Days {
  /** YYYY-MM-DD; until five in the morning it is still yesterday. */
  readonly today: string;
}

export function yesterday({ today }: Days): string {
  return addDays(today, -1);
}

const CALLED: Readonly<Record<string, number>> = { 今天: 0, 昨天: -1, 前天: -2 };

/** @example dayCalled('5-2', { today: '2026-11-26' }) // '2026-05-02' */
export function dayCalled(name: string, { today }: Days): string | undefined {
  const ago = CALLED[name];
  if (ago !== undefined) return addDays(today, ago);
  const [, year, month, day] = /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(name) ?? [];
  if (month === undefined || day === undefined) return undefined;
  const inYear = (of: string) => validDay(`${of}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  if (year !== undefined) return inYear(year);
  // Without a year the last such day is meant.
  const date = inYear(today.slice(0, 4));
  return date !== undefined && date > today ? inYear(String(Number(today.slice(0, 4)) - 1)) : date;
}

function validDay(date: string): string | undefined {
  try {
    return addDays(date, 0);
  } catch {
    return undefined;
  }
}
