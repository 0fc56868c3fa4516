/**
 * A time word -> the local days it stands for.
 *
 * In: one word (`2018-05`, `去年`, `最近三个月`) and today's date. Out: the first day and the day after the last one, or nothing
 * if it is no time word. Days are `YYYY-MM-DD`; weeks begin on Monday. Pure arithmetic on dates: zones are the caller's.
 */

export interface Days {
  readonly from: string;
  /** The day after the last one. */
  readonly to: string;
}

type Reading = (match: RegExpMatchArray, today: string) => Days | undefined;

const DAY_MS = 86_400_000;
const COUNT = '[0-9]{1,3}|[二三]?十[一二三四五六七八九]?|[一二两兩三四五六七八九]';

/** Each pattern must fit the whole word. 個 and 週 are the traditional spellings of 个 and 周. */
const READINGS: readonly (readonly [RegExp, Reading])[] = [
  [/^((?:19|20)\d\d)[-/](\d{1,2})(?:[-/](\d{1,2}))?$/, readDate],
  [/^((?:19|20)\d\d)年(\d{1,2})月(?:(\d{1,2})[日号號])?$/, readDate],
  [/^((?:19|20)\d\d)年$/, ([, year]) => wholeYear(Number(year))],
  [/^今[天日]$/, (_, today) => days(today, 0, 1)],
  [/^昨[天日]$/, (_, today) => days(today, -1, 1)],
  [/^前天$/, (_, today) => days(today, -2, 1)],
  [/^(?:本|[这這][个個]?)(?:周|週|星期|[礼禮]拜)$/, (_, today) => days(monday(today), 0, 7)],
  [/^上[个個]?(?:周|週|星期|[礼禮]拜)$/, (_, today) => days(monday(today), -7, 7)],
  [/^(?:本|[这這][个個])月$/, (_, today) => wholeMonth(today, 0)],
  [/^上[个個]?月$/, (_, today) => wholeMonth(today, -1)],
  [/^今年$/, (_, today) => wholeYear(yearOf(today))],
  [/^去年$/, (_, today) => wholeYear(yearOf(today) - 1)],
  [/^前年$/, (_, today) => wholeYear(yearOf(today) - 2)],
  [new RegExp(`^(?:最近|近|[过過]去)(${COUNT})(天|日|[个個]?(?:周|週|星期|[礼禮]拜)|[个個]月|年)$`), readRecent],
  [/^(?:最近|近|[过過]去)半年$/, (_, today) => ({ from: monthsBefore(today, 6), to: addDays(today, 1) })],
];

/** `today` is the local date of the moment of asking. */
export function readTimeWord(word: string, today: string): Days | undefined {
  for (const [pattern, read] of READINGS) {
    const match = word.match(pattern);
    if (match) return read(match, today);
  }
  return undefined;
}

/** `2018-05`, `2018年5月`, `2018-05-02`, `2018年5月2日`. Nothing for a date that no calendar has. */
function readDate([, year, month, day]: RegExpMatchArray): Days | undefined {
  const [y, m] = [Number(year), Number(month)];
  if (m < 1 || m > 12) return undefined;
  if (day === undefined) return { from: dateOf(y, m, 1), to: dateOf(y, m + 1, 1) };
  const d = Number(day);
  return d >= 1 && d <= lastDay(y, m) ? days(dateOf(y, m, d), 0, 1) : undefined;
}

/** The last N days, weeks, months or years: from the same day so long ago to the end of today. */
function readRecent([, count = '', unit = '']: RegExpMatchArray, today: string): Days | undefined {
  const n = numberOf(count);
  if (n === 0) return undefined;
  const to = addDays(today, 1);
  if (unit.endsWith('年')) return { from: monthsBefore(today, 12 * n), to };
  if (unit.endsWith('月')) return { from: monthsBefore(today, n), to };
  return { from: addDays(today, /[天日]/.test(unit) ? -n : -7 * n), to };
}

function numberOf(count: string): number {
  if (/^\d/.test(count)) return Number(count);
  const digit = (character: string): number => '零一二三四五六七八九'.indexOf(character.replace(/[两兩]/, '二'));
  const [tens, units] = count.includes('十') ? (count.split('十') as [string, string]) : ['', count];
  return (count.includes('十') ? 10 * (tens === '' ? 1 : digit(tens)) : 0) + (units === '' ? 0 : digit(units));
}

// === Dates

function days(date: string, offset: number, length: number): Days {
  return { from: addDays(date, offset), to: addDays(date, offset + length) };
}

function wholeMonth(date: string, offset: number): Days {
  const [year, month] = [yearOf(date), monthOf(date) + offset];
  return { from: dateOf(year, month, 1), to: dateOf(year, month + 1, 1) };
}

function wholeYear(year: number): Days {
  return { from: dateOf(year, 1, 1), to: dateOf(year + 1, 1, 1) };
}

function addDays(date: string, n: number): string {
  return new Date(Date.parse(date) + n * DAY_MS).toISOString().slice(0, 10);
}

/** The same day of an earlier month, or that month's last day if it is shorter: three months before 31 May is 28 February. */
function monthsBefore(date: string, n: number): string {
  const [year, month] = [yearOf(date), monthOf(date) - n];
  return dateOf(year, month, Math.min(Number(date.slice(8, 10)), lastDay(year, month)));
}

function monday(date: string): string {
  const weekday = new Date(Date.parse(date)).getUTCDay();
  return addDays(date, -((weekday + 6) % 7));
}

/** Months below 1 and above 12 lie in the years before and after. */
function dateOf(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}

function monthOf(date: string): number {
  return Number(date.slice(5, 7));
}
