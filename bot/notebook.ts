/**
 * What must survive a restart and changes all the time: counts of the day, when something was last heard, what was answered.
 *
 * In: a database, and changes to what stands in it. Out: what stands in it now. Reading costs nothing, and changes are written
 * at most once a second. A disk that refuses costs nothing else: what could not be written is kept and tried again.
 */
import { z } from 'zod';
import { type Database, json, openInMemory } from './state/database.js';
import { migrate } from './state/schema.js';
import { StateError } from './state/state.js';

const NOTES = z.object({
  /** The bot's own contact id, as of its last login. */
  login: z.string().optional(),
  /** UTC ms of the last message, and of the last sign of life of the session. */
  lastHeard: z.number().optional(),
  lastAlive: z.number().optional(),
  /** UTC ms of the last message that was dealt with in each room, by its name. */
  heardIn: z.record(z.string(), z.number()).default({}),
  /** What was done on this day, `YYYY-MM-DD`. */
  today: z
    .object({ date: z.string(), sent: z.number(), unasked: z.record(z.string(), z.number()) })
    .default({ date: '', sent: 0, unasked: {} }),
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
  isAnswered(id: string): boolean;
  /** Writes down at once what is not yet on disk. */
  save(): void;
}

const NOTE = z.object({ name: z.string(), value: json(z.unknown()) });
const ANSWERED = z.object({ id: z.string() });

export function notebookIn(database: Database): Notebook {
  const rows = database.query('SELECT name, value FROM notes', NOTE);
  const put = database.command('INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)');
  const ids = database.query('SELECT id FROM answered ORDER BY place', ANSWERED);
  const answer = database.command('INSERT INTO answered (id) VALUES (?) ON CONFLICT DO NOTHING');
  const forget = database.command(`DELETE FROM answered WHERE place <= (SELECT max(place) FROM answered) - ${ANSWERED_KEPT}`);

  let notes = parseNotes(database, Object.fromEntries(rows.all().map(({ name, value }) => [name, value])));
  let changed: Partial<Notes> = {};
  let answered: readonly string[] = ids.all().map(({ id }) => id);
  /** Those of them that are not on disk yet. */
  let owed: readonly string[] = [];
  let timer: NodeJS.Timeout | undefined;

  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    if (owed.length === 0 && Object.keys(changed).length === 0) return;
    try {
      database.transaction(() => {
        for (const [name, value] of Object.entries(changed)) put(name, JSON.stringify(value));
        for (const id of owed) answer(id);
        if (owed.length > 0) forget();
      });
      changed = {};
      owed = [];
    } catch (error) {
      // The operator was told, and all of it is written with the next change.
      if (!(error instanceof StateError)) throw error;
    }
  };

  return {
    read: () => notes,
    change(change) {
      const changes = change(notes);
      notes = { ...notes, ...changes };
      changed = { ...changed, ...changes };
      timer ??= setTimeout(save, SAVED_WITHIN).unref();
    },
    answerOnce(ids) {
      if (ids.some((id) => answered.includes(id))) return false;
      answered = [...answered, ...ids].slice(-ANSWERED_KEPT);
      owed = [...owed, ...ids];
      save();
      return true;
    },
    isAnswered: (id) => answered.includes(id),
    save,
  };
}

/** Kept nowhere: for the group in the terminal, which is new every time. */
export function blankNotebook(): Notebook {
  const database = openInMemory();
  migrate(database);
  return notebookIn(database);
}

function parseNotes({ file }: Database, notes: unknown): Notes {
  const parsed = NOTES.safeParse(notes);
  if (!parsed.success) throw new StateError(`${file} holds notes that this program does not know`);
  return parsed.data;
}

/** The counts of this day; those of another day are gone. */
export function countsOf(notes: Notes, date: string): Notes['today'] {
  return notes.today.date === date ? notes.today : { date, sent: 0, unasked: {} };
}
