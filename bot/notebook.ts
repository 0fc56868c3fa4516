/**
 * What the bot must still know after a restart, in one small file.
 *
 * In: a file, and changes to what stands in it. Out: what stands in it now. A file that cannot be read is begun anew: nothing
 * in it is worth not starting for.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const NOTES = z.object({
  /** UTC ms of the last message, and of the last sign of life of the session. */
  lastHeard: z.number().optional(),
  lastAlive: z.number().optional(),
  /** Ids of messages that were answered, oldest first. */
  answered: z.array(z.string()).default([]),
  /** What was done on this day, `YYYY-MM-DD`. */
  today: z
    .object({ date: z.string(), sent: z.number(), unasked: z.record(z.string(), z.number()) })
    .default({ date: '', sent: 0, unasked: {} }),
  /** Topics of the rooms where the bot may speak unasked. */
  unaskedRooms: z.array(z.string()).default([]),
  /** Rooms that the archive did not have before the bot wrote down what it heard there. */
  bornLive: z.array(z.string()).default([]),
});

export type Notes = Readonly<z.infer<typeof NOTES>>;

/** An answer comes within minutes, and a message is not delivered again after hours. */
const ANSWERED_KEPT = 1_000;
/** ms; what may be lost when the process is killed. */
const SAVED_WITHIN = 1_000;

export interface Notebook {
  read(): Notes;
  /** On disk within a second. */
  change(change: (notes: Notes) => Partial<Notes>): void;
  /** Notes that these messages are being answered; on disk when it returns. False if one of them already was. */
  answerOnce(ids: readonly string[]): boolean;
  /** Writes down at once what is not yet on disk. */
  save(): void;
}

/** @param onFault told in a sentence what could not be read or written */
export function openNotebook(file: string, onFault: (sentence: string) => void): Notebook {
  let timer: NodeJS.Timeout | undefined;
  const write = (notes: Notes) => {
    clearTimeout(timer);
    timer = undefined;
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      // Renamed into place: a process that is killed while writing leaves the old file.
      writeFileSync(`${file}.new`, JSON.stringify(notes), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch (error) {
      onFault(`${file} cannot be written: ${(error as Error).message}`);
    }
  };
  const notebook: Notebook = notebookOf(readNotes(file, onFault), write, () => {
    timer ??= setTimeout(() => write(notebook.read()), SAVED_WITHIN).unref();
  });
  return {
    ...notebook,
    save() {
      if (timer !== undefined) notebook.save();
    },
  };
}

/** Kept nowhere: for the group in the terminal, which is new every time. */
export function blankNotebook(): Notebook {
  return notebookOf(
    NOTES.parse({}),
    () => undefined,
    () => undefined,
  );
}

function notebookOf(start: Notes, write: (notes: Notes) => void, writeSoon: () => void): Notebook {
  let notes = start;
  return {
    read: () => notes,
    change(change) {
      notes = { ...notes, ...change(notes) };
      writeSoon();
    },
    answerOnce(ids) {
      if (ids.some((id) => notes.answered.includes(id))) return false;
      notes = { ...notes, answered: [...notes.answered, ...ids].slice(-ANSWERED_KEPT) };
      write(notes);
      return true;
    },
    save: () => write(notes),
  };
}

function readNotes(file: string, onFault: (sentence: string) => void): Notes {
  try {
    return NOTES.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onFault(`${file} cannot be read and is begun anew`);
    return NOTES.parse({});
  }
}

/** The counts of this day; those of another day are gone. */
export function countsOf(notes: Notes, date: string): Notes['today'] {
  return notes.today.date === date ? notes.today : { date, sent: 0, unasked: {} };
}
