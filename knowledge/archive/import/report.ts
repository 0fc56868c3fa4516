/** What an import found, as data, and how it is counted while it reads. */
import type { ExportUnit } from '../formats/export-format.js';

export interface Noted {
  readonly line: number;
  readonly what: string;
}

/** How many, and the first three. */
export interface Counted {
  readonly count: number;
  readonly first: readonly Noted[];
}

/** One file of what was handed over. */
export interface ReadExport {
  /** Relative to the folder that was handed over. */
  readonly file: string;
  readonly format: string;
  /** What the numbers of its places count. */
  readonly unit: ExportUnit;
  /** Messages that the archive did not have. */
  readonly added: number;
  /** That it has already, or the file itself had. */
  readonly doubles: Counted;
  readonly undated: Counted;
  readonly skipped: Counted;
}

export interface ImportReport {
  readonly files: readonly ReadExport[];
  /** Files that are not imported, and why. */
  readonly leftOut: readonly { readonly file: string; readonly what: string }[];
  /** What the exports hold of each room, whether it is new or not; dates YYYY-MM-DD. */
  readonly rooms: readonly {
    readonly room: string;
    readonly from: string;
    readonly to: string;
    readonly days: number;
    readonly messages: number;
  }[];
  readonly people: number;
  /** Messages that the archive did not have. */
  readonly added: number;
  /** Files of the archive that are made or change. */
  readonly days: number;
}

const SHOWN = 3;

export interface Counter {
  note(line: number, what: string): void;
  counted(): Counted;
}

export function counter(): Counter {
  let count = 0;
  const first: Noted[] = [];
  return {
    note(line, what) {
      count++;
      if (first.length < SHOWN) first.push({ line, what });
    },
    counted: () => ({ count, first }),
  };
}

/** Rooms, days and people as messages pass by. */
export interface Tally {
  take(room: string, date: string, sender: string): void;
  rooms(): ImportReport['rooms'];
  people(): number;
}

export function tally(): Tally {
  const rooms = new Map<string, Map<string, number>>();
  const people = new Set<string>();
  return {
    take(room, date, sender) {
      const days = rooms.get(room) ?? new Map<string, number>();
      rooms.set(room, days);
      days.set(date, (days.get(date) ?? 0) + 1);
      // A copy: a name is a part of the portion in which it stood, and would keep it in memory.
      if (sender !== '' && !people.has(sender)) people.add(Buffer.from(sender).toString());
    },
    rooms: () =>
      [...rooms].map(([room, days]) => {
        const dates = [...days.keys()].sort();
        const messages = [...days.values()].reduce((sum, n) => sum + n, 0);
        return { room, from: dates[0] ?? '', to: dates.at(-1) ?? '', days: dates.length, messages };
      }),
    people: () => people.size,
  };
}
