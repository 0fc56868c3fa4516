/**
 * A backup becomes the state.
 *
 * In: a file that `npm run backup` has made, DATA_DIR without a bot. Out: the state as it was then; the one of until now lies
 * beside it. At every moment, also in a power cut, one of the two is whole and in its place.
 */
import { chmodSync, constants, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { backUp, checkState } from './backup.js';
import { openDatabase, openForReading } from './database.js';
import { belongsToFolder, PRIVATE_FILE } from './folder.js';
import { lockDataDir } from './lock.js';
import { stateFile } from './open.js';
import { StateError } from './state.js';

export interface Restored {
  /** Schema version of the backup; the next start of the bot brings it to its own. */
  readonly version: number;
  /** Where the state of until now is; absent if there was none. */
  readonly kept?: string;
}

/**
 * @param now UTC ms, for the name of what is kept
 * @throws StateError if a bot runs, or the file is no whole state of a version that is known here
 */
export function restoreState(dataDir: string, file: string, now: number): Restored {
  const version = versionOfBackup(file);
  const lock = lockDataDir(dataDir);
  try {
    const state = stateFile(dataDir);
    const next = `${state}.restoring`;
    rmSync(next, { force: true });
    // Not copied as bytes: a file that lies about may have its latest changes in another one beside it.
    const source = openForReading(file);
    backUp(source, next);
    source.close();
    const kept = `${state}.before-restore-${new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')}`;
    const hadOne = existsSync(state);
    if (hadOne) keep(state, kept);
    // Otherwise SQLite would play the changes of the old one into the new one.
    for (const companion of companionsOf(state)) rmSync(companion, { force: true });
    belongsToFolder(next);
    renameSync(next, state);
    return { version, ...(hadOne ? { kept } : {}) };
  } finally {
    lock.release();
  }
}

/** What is wrong with the backup is not mended by putting a backup back. */
function versionOfBackup(file: string): number {
  try {
    return checkState(file);
  } catch (error) {
    throw error instanceof StateError ? new StateError(error.fault, 'give another file that npm run backup has made') : error;
  }
}

function keep(state: string, kept: string): void {
  try {
    const database = openDatabase(state, () => undefined);
    backUp(database, kept);
    // What stands in the companion alone comes into the file itself, which thereby can do without.
    database.close();
  } catch {
    // Damaged, perhaps the very reason to restore: kept as it is, for somebody who can make something of it.
    copyFileSync(state, kept, constants.COPYFILE_EXCL);
    chmodSync(kept, PRIVATE_FILE);
    const [log = ''] = companionsOf(state);
    if (existsSync(log)) copyFileSync(log, `${kept}-wal`, constants.COPYFILE_EXCL);
  }
}

function companionsOf(state: string): readonly string[] {
  return [`${state}-wal`, `${state}-shm`];
}
