/**
 * Messages in whatever order an export has them -> the lines of each room and day, gathered in files of a temporary folder.
 *
 * Only some megabytes are held in memory, and no file is kept open: what has gathered is appended to the files of its days.
 */
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UnreadableExport } from '../formats/export-format.js';

export interface SpooledDay {
  readonly room: string;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly file: string;
}

export interface Spool {
  add(room: string, date: string, line: string): void;
  /** By room and date. */
  days(): readonly SpooledDay[];
  /** The lines of a day, in the order in which they came; its file is gone then. */
  take(day: SpooledDay): readonly string[];
}

/** Memory for what was not written yet, bytes. */
const MOST_HELD = 8 * 1024 * 1024;
/** A day of talk has kilobytes, and a larger file is not loaded; bytes. */
const LARGEST_DAY = 64 * 1024 * 1024;
/** UTF-8 needs at most so many bytes for a character of a string. */
const BYTES_A_CHARACTER = 3;

interface Gathered extends SpooledDay {
  bytes: number;
  /** Where lines that were not written yet begin and end in memory. */
  places: number[];
}

/**
 * Lines are kept as bytes in one piece of memory, for a million strings that live a while would be half of the work. It writes at
 * once, for a queue of writes would be memory. `folder` is made, and must not be there yet.
 */
export function openSpool(folder: string): Spool {
  mkdirSync(folder, { mode: 0o700 });
  const days = new Map<string, Map<string, Gathered>>();
  let memory = Buffer.allocUnsafe(MOST_HELD);
  let held = 0;
  let files = 0;
  const all = (): readonly Gathered[] => [...days.values()].flatMap((ofRoom) => [...ofRoom.values()]);
  const write = (): void => {
    for (const day of all()) {
      if (day.places.length === 0) continue;
      const lines: Uint8Array[] = [];
      for (let i = 0; i < day.places.length; i += 2) lines.push(memory.subarray(day.places[i], day.places[i + 1]));
      const [only = memory, more] = lines;
      appendFileSync(day.file, more === undefined ? only : Buffer.concat(lines), { mode: 0o600 });
      day.places = [];
    }
    held = 0;
  };
  const dayOf = (room: string, date: string): Gathered => {
    const ofRoom = days.get(room) ?? new Map<string, Gathered>();
    days.set(room, ofRoom);
    const known = ofRoom.get(date);
    if (known) return known;
    const day = { room, date, file: join(folder, String(files++)), places: [], bytes: 0 };
    ofRoom.set(date, day);
    return day;
  };
  return {
    add(room, date, line) {
      const day = dayOf(room, date);
      const most = line.length * BYTES_A_CHARACTER + 1;
      if (held + most > memory.length) write();
      if (most > memory.length) memory = Buffer.allocUnsafe(most);
      const end = held + memory.write(`${line}\n`, held);
      // Neighbours are one piece.
      if (day.places.at(-1) === held) day.places[day.places.length - 1] = end;
      else day.places.push(held, end);
      day.bytes += end - held;
      held = end;
      if (day.bytes > LARGEST_DAY) throw new UnreadableExport(`more than 64 MB fall on ${date}: its times cannot be right`);
    },
    days() {
      write();
      const order = ({ room, date }: SpooledDay): string => `${room}\n${date}`;
      return [...all()].sort((a, b) => (order(a) < order(b) ? -1 : 1));
    },
    take({ file }) {
      const lines = readFileSync(file, 'utf8').split('\n');
      rmSync(file);
      return lines.slice(0, -1);
    },
  };
}
