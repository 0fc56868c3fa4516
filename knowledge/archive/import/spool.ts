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

/** Characters in memory before they are written. */
const MOST_HELD = 8 * 1024 * 1024;
/** A day of talk has kilobytes, and a larger file is not loaded; characters. */
const LARGEST_DAY = 64 * 1024 * 1024;

interface Gathered extends SpooledDay {
  lines: string[];
  length: number;
}

/** Writes at once, for a queue of writes would be memory. `folder` is made, and must not be there yet. */
export function openSpool(folder: string): Spool {
  mkdirSync(folder, { mode: 0o700 });
  const days = new Map<string, Map<string, Gathered>>();
  let held = 0;
  let files = 0;
  const all = (): readonly Gathered[] => [...days.values()].flatMap((ofRoom) => [...ofRoom.values()]);
  const write = (): void => {
    for (const day of all()) {
      if (day.lines.length === 0) continue;
      appendFileSync(day.file, `${day.lines.join('\n')}\n`, { mode: 0o600 });
      day.lines = [];
    }
    held = 0;
  };
  const dayOf = (room: string, date: string): Gathered => {
    const ofRoom = days.get(room) ?? new Map<string, Gathered>();
    days.set(room, ofRoom);
    const known = ofRoom.get(date);
    if (known) return known;
    const day = { room, date, file: join(folder, String(files++)), lines: [], length: 0 };
    ofRoom.set(date, day);
    return day;
  };
  return {
    add(room, date, line) {
      const day = dayOf(room, date);
      day.lines.push(line);
      day.length += line.length;
      held += line.length;
      if (day.length > LARGEST_DAY) throw new UnreadableExport(`more than 64 MB fall on ${date}: its times cannot be right`);
      if (held > MOST_HELD) write();
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
