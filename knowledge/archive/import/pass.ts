/**
 * One file of an export -> its messages by room and day -> each day together with what the archive has of it.
 *
 * In: a source and the format that recognised it. Out: what was found, and files of days that are ready to be moved into place.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isIdOfName } from '../../people/logins.js';
import { ArchiveError } from '../errors.js';
import { LATEST } from '../formats/chatlab.js';
import type { ExportedMessage, ExportFormat, ExportSource } from '../formats/export-format.js';
import { headerLine, liveFile } from '../live/lines.js';
import { codeOf } from '../scan.js';
import type { WallClock } from '../wall-clock.js';
import { dayFileText, importedFile, lineOf, readDayFile } from './day-file.js';
import { type KeptMessage, keptMessage } from './kept-message.js';
import { type Incoming, mergeDay } from './merge-day.js';
import { type Counted, counter, type Tally } from './report.js';
import type { Spool, SpooledDay } from './spool.js';

export interface PassOptions {
  readonly archive: string;
  readonly clock: WallClock;
  /** Where all messages go; absent: into the room that the export names. */
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
/** Between a line number and the message of a spooled line; JSON holds none. */
const SEPARATOR = '\t';

/** Reads the whole file. Throws what the format throws, and {@link ArchiveError} if nothing says which room it is. */
export async function spooled(
  source: ExportSource,
  format: ExportFormat,
  spool: Spool,
  { clock, room, date, year, signal }: PassOptions,
): Promise<{ readonly undated: Counted; readonly skipped: Counted }> {
  const undated = counter();
  const skipped = counter();
  const dateOf = dates(clock);
  const context = { clock, skip: skipped.note, ...(date === undefined ? {} : { date }), ...(year === undefined ? {} : { year }) };
  for await (const messages of format.read(source, context)) {
    signal?.throwIfAborted();
    for (const message of messages) {
      const { line, at } = message;
      if (at === undefined) undated.note(line, 'no time');
      else if (!(at >= 0 && at <= LATEST * 1000)) skipped.note(line, 'a time that cannot be');
      else {
        const kept = keptMessage({ ...message, at });
        spool.add(roomOf(message, room), dateOf(kept.timestamp * 1000), `${line}${SEPARATOR}${JSON.stringify(kept)}`);
      }
    }
  }
  return { undated: undated.counted(), skipped: skipped.counted() };
}

function roomOf(message: ExportedMessage, room: string | undefined): string {
  const name = room ?? message.room?.trim() ?? '';
  if (name === '') throw new ArchiveError('the export does not say which group it is of: name it with --room');
  return name;
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
 * new is written into `folder` and noted in `staged`. `onDay` is told the share of the days that each is, 0..1.
 */
export async function merged(
  spool: Spool,
  staged: Map<string, StagedDay>,
  folder: string,
  { archive, clock, signal, now }: PassOptions,
  tally: Tally,
  onDay: (share: number) => void,
): Promise<{ readonly added: number; readonly doubles: Counted }> {
  const doubles = counter();
  let added = 0;
  const days = spool.days();
  for (const day of days) {
    signal?.throwIfAborted();
    const file = importedFile(day.room, day.date);
    const before = staged.get(file);
    const incoming = incomingOf(spool.take(day));
    const there = readDayFile(await textOf(before?.path ?? join(archive, file)));
    const live = readDayFile(await textOf(join(archive, liveFileOf(day, incoming, clock))));
    const result = mergeDay(there.lines, live.lines, incoming);
    for (const { message } of incoming) tally.take(day.room, day.date, personIn(message));
    for (const { line } of result.doubles) doubles.note(line, `the archive has it already, on ${day.date}`);
    added += result.added;
    if (result.isChanged) {
      const path = before?.path ?? join(folder, `day-${staged.size}`);
      const text = dayFileText(there.header ?? headerLine(day.room, now()), there, result.lines);
      await writeFile(path, text, { mode: 0o600, flush: true });
      staged.set(file, { path, added: (before?.added ?? 0) + result.added });
    }
    onDay(1 / days.length);
  }
  return { added, doubles: doubles.counted() };
}

function incomingOf(lines: readonly string[]): readonly Incoming[] {
  return lines.map((text) => {
    const end = text.indexOf(SEPARATOR);
    const json = text.slice(end + 1);
    const message = JSON.parse(json) as KeptMessage;
    return { line: Number(text.slice(0, end)), message, json: message.aliases ? lineOf(message) : json };
  });
}

function liveFileOf({ room }: SpooledDay, incoming: readonly Incoming[], clock: WallClock): string {
  return liveFile({ room, at: 1000 * (incoming[0]?.message.timestamp ?? 0) }, clock);
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  });
}

/** Lines of the system have nobody. */
function personIn({ sender, accountName = '' }: KeptMessage): string {
  return isIdOfName(sender) ? accountName : sender;
}
