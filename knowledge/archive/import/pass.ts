/**
 * One file of an export -> its messages by room and day -> each day together with what the archive has of it.
 *
 * In: a source and the format that recognised it. Out: what was found, and files of days that are ready to be moved into place.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isIdOfName } from '../../people/logins.js';
import { LATEST, typeOfKind } from '../formats/chatlab.js';
import { type ExportFormat, type ExportSource, UnreadableExport } from '../formats/export-format.js';
import { headerLine, liveFile } from '../live/lines.js';
import { codeOf } from '../scan.js';
import type { WallClock } from '../wall-clock.js';
import { dayFileText, importedFile, lineOf, readDayFile } from './day-file.js';
import { type KeptMessage, keptMessage } from './kept-message.js';
import { type Incoming, mergeDay } from './merge-day.js';
import type { Counter, Tally } from './report.js';
import type { Spool } from './spool.js';

export interface PassOptions {
  readonly archive: string;
  readonly clock: WallClock;
  /** Where the messages go; absent: into the rooms that the export names. */
  readonly room?: string;
  readonly date?: string;
  readonly year?: number;
  /** Stops between two portions and two days. */
  readonly signal?: AbortSignal;
  readonly now: () => number;
}

export interface StagedDay {
  readonly path: string;
  readonly added: number;
}

const DAY = 24 * 3_600_000;
const NOTICE = typeOfKind('system');
/** Between a line number and the message of a spooled line; JSON holds none. */
const SEPARATOR = '\t';

/** Counts of one file. */
export interface Faults {
  readonly undated: Counter;
  readonly skipped: Counter;
  readonly doubles: Counter;
}

/** Reads the whole file. Throws what the format throws. */
export async function spooled(
  source: ExportSource,
  format: ExportFormat,
  spool: Spool,
  { clock, date, year, signal }: PassOptions,
  { undated, skipped }: Faults,
): Promise<void> {
  const dateOf = dates(clock);
  const context = { clock, skip: skipped.note, ...(date === undefined ? {} : { date }), ...(year === undefined ? {} : { year }) };
  for await (const messages of format.read(source, context)) {
    signal?.throwIfAborted();
    for (const message of messages) {
      const { line, at, room = '' } = message;
      if (at === undefined) undated.note(line, 'no date');
      else if (!(at >= 0 && at <= LATEST * 1000)) skipped.note(line, 'a time that cannot be');
      else {
        const kept = keptMessage({ ...message, at });
        spool.add(room.trim(), dateOf(kept.timestamp * 1000), `${line}${SEPARATOR}${JSON.stringify(kept)}`);
      }
    }
  }
}

/**
 * Where the messages of each room that an export names belong; undefined: not into this archive. An export that holds the room which
 * was asked for holds others that were not.
 */
function placeOf(named: readonly string[], room: string | undefined): (name: string) => string | undefined {
  if (room === undefined) {
    if (named.includes('')) throw new UnreadableExport('it does not say which group it is of; name it with --room');
    return (name) => name;
  }
  const others = named.filter((name) => name !== '');
  if (others.length <= 1) return () => room;
  if (others.includes(room)) return (name) => (name === '' || name === room ? room : undefined);
  const some = `${others.slice(0, 3).join(', ')}${others.length > 3 ? ', ...' : ''}`;
  throw new UnreadableExport(
    `it holds ${others.length} groups (${some}); name one of them with --room, or leave --room away to import them all`,
  );
}

/** Local dates; a day's is made once. */
function dates(clock: WallClock): (at: number) => string {
  const known = new Map<number, string>();
  return (at) => {
    const day = Math.floor(clock.shifted(at) / DAY);
    const date = known.get(day) ?? clock.local(at).date;
    known.set(day, date);
    return date;
  };
}

/**
 * Puts every day of the spool together with what the archive has, or an earlier file of the same import has `staged` for it. What is
 * new is written into `folder` and noted in `staged`. Out: how many messages are new. `onDay` is told the share of the days that each is, 0..1.
 */
export async function merged(
  spool: Spool,
  staged: Map<string, StagedDay>,
  folder: string,
  { archive, clock, room: wanted, signal, now }: PassOptions,
  tally: Tally,
  { skipped, doubles }: Faults,
  onDay: (share: number) => void,
): Promise<number> {
  let added = 0;
  const days = spool.days();
  const place = placeOf([...new Set(days.map((day) => day.room))], wanted);
  for (const day of days) {
    signal?.throwIfAborted();
    onDay(1 / days.length);
    const incoming = incomingOf(spool.take(day));
    const room = place(day.room);
    if (room === undefined) {
      for (const { line } of incoming) skipped.note(line, `said in another group, ${day.room}`);
      continue;
    }
    const file = importedFile(room, day.date);
    const before = staged.get(file);
    const there = readDayFile(await textOf(before?.path ?? join(archive, file)));
    const live = readDayFile(await textOf(join(archive, liveFileOf(room, incoming, clock))));
    const result = mergeDay(there.lines, live.lines, incoming);
    for (const { message } of incoming) tally.take(room, day.date, personIn(message));
    for (const { line } of result.doubles) doubles.note(line, `the archive has it already, on ${day.date}`);
    added += result.added;
    if (result.isChanged) {
      const path = before?.path ?? join(folder, `day-${staged.size}`);
      const text = dayFileText(there.header ?? headerLine(room, now()), there, result.lines);
      await writeFile(path, text, { mode: 0o600, flush: true });
      staged.set(file, { path, added: (before?.added ?? 0) + result.added });
    }
  }
  return added;
}

function incomingOf(lines: readonly string[]): readonly Incoming[] {
  return lines.map((text) => {
    const end = text.indexOf(SEPARATOR);
    const json = text.slice(end + 1);
    const message = JSON.parse(json) as KeptMessage;
    return { line: Number(text.slice(0, end)), message, json: message.aliases ? lineOf(message) : json };
  });
}

function liveFileOf(room: string, incoming: readonly Incoming[], clock: WallClock): string {
  return liveFile({ room, at: 1000 * (incoming[0]?.message.timestamp ?? 0) }, clock);
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  });
}

/** Notices of the system are nobody's. */
function personIn({ sender, accountName = '', type }: KeptMessage): string {
  if (type === NOTICE) return '';
  return isIdOfName(sender) ? accountName : sender;
}
