/**
 * Times as exports print them, with a date, with month and day, or with the time of day alone -> instants.
 *
 * What is missing comes from the admin (`--date`, `--year`) or from the file's name, if that holds one date or year; else there is
 * no instant. Dates without a year are of one year until they go from November or December to January or February: that is a new
 * year. (An export whose January was put behind its December of the same year cannot be told from one.)
 */
import type { WallClock } from '../wall-clock.js';
import type { ExportContext } from './export-format.js';

/** A wall-clock time; what the export did not print is absent. */
export interface PrintedTime {
  readonly year?: number;
  /** 1..12 and 1..31; both or none. */
  readonly month?: number;
  readonly day?: number;
  /** Of the day. */
  readonly second: number;
}

/** Of the months; every fourth of the years that count is a leap year. */
const DAYS: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const LAST_SECOND = 86_399;

/** Numbers in the order year, month, day, hour, minute, second; undefined if there is no such date or time. */
export function printedTime(
  numbers: readonly number[],
  has: { readonly year: boolean; readonly date: boolean },
): PrintedTime | undefined {
  // No slices and spreads, for they were most of what a row of CSV costs.
  const ofDate = has.year ? 3 : has.date ? 2 : 0;
  const [hour, minute, second] = [numbers[ofDate] ?? 0, numbers[ofDate + 1] ?? 0, numbers[ofDate + 2] ?? 0];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const seconds = hour * 3600 + minute * 60 + second;
  if (ofDate === 0) return { second: seconds };
  const [month, day] = [numbers[ofDate - 2] ?? 0, numbers[ofDate - 1] ?? 0];
  const year = has.year ? numbers[0] : undefined;
  // Without a year 29 February may be meant, so a leap year decides.
  if (!isDay(year ?? 2000, month, day)) return undefined;
  return year === undefined ? { month, day, second: seconds } : { year, month, day, second: seconds };
}

/** All runs of digits in a text that was found to be a time. A loop, for every message passes here. */
export function numbersIn(text: string): readonly number[] {
  const numbers: number[] = [];
  let isInside = false;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    const isDigit = digit >= 0 && digit <= 9;
    if (isDigit) numbers.push(isInside ? (numbers.pop() ?? 0) * 10 + digit : digit);
    isInside = isDigit;
  }
  return numbers;
}

/** `2024-08-27 10:00:00`, also with a T, `/` or without seconds, and the whole text; undefined if it is nothing such. */
export function dateTimeIn(text: string): PrintedTime | undefined {
  const isDateTime = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[T ]\d{1,2}:\d{2}(?::\d{2})?$/.test(text);
  return isDateTime ? printedTime(numbersIn(text), { year: true, date: true }) : undefined;
}

/** Grows with the time as far as it is printed; compares times that were printed alike. */
export function orderOf({ year = 0, month = 0, day = 0, second }: PrintedTime): number {
  return ((year * 12 + month) * 31 + day) * 86_400 + second;
}

/** Instants of the messages of one file, asked in their order; undefined where the date is not known. */
export function instants(context: ExportContext, fileName: string): (time: PrintedTime) => number | undefined {
  const inName = datesIn(fileName);
  const date = context.date ?? (inName.dates.length === 1 ? inName.dates[0] : undefined);
  let year = context.year ?? yearOf(context.date) ?? inName.years[0];
  let lastMonth = 0;
  const instantOf = instantsByDay(context.clock);
  return (time) => {
    if (time.month === undefined || time.day === undefined)
      return date === undefined ? undefined : context.clock.instant(date, time.second);
    if (time.year !== undefined) return instantOf(time.year, time.month, time.day, time.second);
    if (year !== undefined && lastMonth >= 11 && time.month <= 2) year++;
    lastMonth = time.month;
    return year === undefined ? undefined : instantOf(year, time.month, time.day, time.second);
  };
}

type InstantOf = (year: number, month: number, day: number, second: number) => number | undefined;

/** Undefined if the year has no such day. A day's beginning is asked once, for its messages follow each other. */
function instantsByDay(clock: WallClock): InstantOf {
  let known = -1;
  let date = '';
  let midnight = 0;
  let isEven = false;
  return (year, month, day, second) => {
    if (!isDay(year, month, day)) return undefined;
    const asked = (year * 12 + month) * 31 + day;
    if (asked !== known) {
      known = asked;
      date = `${year}-${twoDigits(month)}-${twoDigits(day)}`;
      midnight = clock.instant(date, 0);
      // Not so where the clock is changed.
      isEven = clock.instant(date, LAST_SECOND) - midnight === LAST_SECOND * 1000;
    }
    return isEven ? midnight + second * 1000 : clock.instant(date, second);
  };
}

/** Years before WeChat's time, and those to come, are taken for other numbers. */
function isDay(year: number, month: number, day: number): boolean {
  if (year < 1990 || year > 2099 || month < 1 || month > 12 || day < 1) return false;
  return day <= (month === 2 && year % 4 === 0 ? 29 : (DAYS[month - 1] ?? 0));
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function yearOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : Number(date.slice(0, 4));
}

/** Dates (`2024-08-27`, `20240827`, `2024年8月27日`) and years that stand in a file's name, each once, in order. */
function datesIn(name: string): { readonly dates: readonly string[]; readonly years: readonly number[] } {
  const dates: string[] = [];
  const years: number[] = [];
  for (const match of name.matchAll(/(?<!\d)(\d{4})(?:([-_.年])(\d{1,2})[-_.月](\d{1,2})(?!\d)|(\d{2})(\d{2})(?!\d)|(?!\d))/g)) {
    const year = Number(match[1]);
    const [month, day] = [Number(match[3] ?? match[5] ?? 1), Number(match[4] ?? match[6] ?? 1)];
    if (!isDay(year, month, day)) continue;
    years.push(year);
    if (match[3] !== undefined || match[5] !== undefined) dates.push(`${year}-${twoDigits(month)}-${twoDigits(day)}`);
  }
  return { dates: [...new Set(dates)], years: [...new Set(years)] };
}
