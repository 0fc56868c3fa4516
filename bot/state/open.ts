/**
 * Opens what the bot must still know after a restart.
 *
 * In: DATA_DIR. Out: the state, locked against a second bot; or one that lives as long as the process.
 */
import { join } from 'node:path';
import { notebookIn } from '../notebook.js';
import { askedIn } from './asked.js';
import { backUp } from './backup.js';
import { oldNotes } from './bot-json.js';
import { type Database, makeDurable, type OnFault, openDatabase, openForReading, openInMemory } from './database.js';
import { digestMarksIn } from './digest-marks.js';
import { privateFile } from './folder.js';
import { lockDataDir } from './lock.js';
import { adminsIn, auditIn } from './people.js';
import { roomsIn } from './rooms.js';
import { migrate, NEWEST, versionOf } from './schema.js';
import { type State, StateError } from './state.js';
import { feedbackIn, hiddenIn, optOutsIn, subscriptionsIn } from './wishes.js';

export interface StateOptions {
  readonly dataDir: string;
  /** Told in a sentence, once, when something cannot be written while the bot runs. What can wait is kept and tried again. */
  readonly onFault: OnFault;
}

export const stateFile = (dataDir: string) => join(dataDir, 'qunshi.sqlite');

/** @throws StateError if another bot holds DATA_DIR, or the file cannot be used */
export function openState({ dataDir, onFault }: StateOptions): State {
  const lock = lockDataDir(dataDir);
  try {
    const file = stateFile(dataDir);
    // Made before SQLite does: the files it puts beside it get the same mode.
    privateFile(file);
    const database = openDatabase(file, onFault);
    // A file that is not ours is refused before anything in it is changed.
    versionOf(database);
    makeDurable(database);
    const old = oldNotes(dataDir, onFault);
    const isNew = migrate(database, old.fill);
    if (isNew) old.putAway();
    return stateIn(database, lock.release);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Kept nowhere: for the group in the terminal, which is new every time. */
export function blankState(): State {
  const database = openInMemory();
  migrate(database);
  return stateIn(database, () => undefined);
}

/**
 * The state as it is on disk, while a bot may be running. Changing it fails.
 *
 * @throws StateError if there is none, or one that only the next start of the bot makes readable
 */
export function readState(dataDir: string): State {
  const file = stateFile(dataDir);
  const database = openForReading(file);
  const version = versionOf(database);
  if (version !== NEWEST)
    throw new StateError(`${file} has schema version ${version}; the next start of the bot brings it to ${NEWEST}`);
  return stateIn(database, () => undefined);
}

function stateIn(database: Database, release: () => void): State {
  const notebook = notebookIn(database);
  return {
    notebook,
    admins: adminsIn(database),
    rooms: roomsIn(database),
    optOuts: optOutsIn(database),
    hidden: hiddenIn(database),
    feedback: feedbackIn(database),
    subscriptions: subscriptionsIn(database),
    asked: askedIn(database),
    digests: digestMarksIn(database),
    audit: auditIn(database),
    backup: (file) => backUp(database, file),
    close() {
      notebook.save();
      database.close();
      release();
    },
  };
}
