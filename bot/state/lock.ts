/**
 * One bot to a DATA_DIR.
 *
 * In: the folder. Out: a lock that ends with the process, however that ends; or who holds it.
 *
 * The lock is SQLite's own, on an empty database beside the state, so the operating system takes it back when a process is
 * killed and nothing is left behind that a new process would have to judge. A file with a process id alone would be: ids are
 * used again, in a container after every start. Here such a file only says whom to stop.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { privateFile, privateFolder } from './folder.js';
import { StateError } from './state.js';

export interface Lock {
  release(): void;
}

/** Whoever only asks holds the lock for less than this, ms. */
const PATIENCE = 500;

const lockFile = (dataDir: string) => join(dataDir, 'bot.lock');
const pidFile = (dataDir: string) => join(dataDir, 'bot.pid');

/** @throws StateError naming the process that holds it */
export function lockDataDir(dataDir: string): Lock {
  privateFolder(dataDir);
  privateFile(lockFile(dataDir));
  const database = inWords(dataDir, () => new Libsql(lockFile(dataDir), { timeout: PATIENCE }));
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!isHeld(error)) throw asStateError(dataDir, error);
    throw new StateError(`DATA_DIR: ${dataDir} is used by ${whoHolds(dataDir)}; stop that one first, or set another DATA_DIR`);
  }
  privateFile(pidFile(dataDir));
  inWords(dataDir, () => writeFileSync(pidFile(dataDir), `${process.pid}\n`));
  return {
    release() {
      database.exec('ROLLBACK');
      database.close();
    },
  };
}

/** The id of the process that holds the lock, 0 if it has not said it yet; undefined if nobody does. @throws StateError */
export function holderOf(dataDir: string): number | undefined {
  // Asking would make the file.
  if (!existsSync(lockFile(dataDir))) return undefined;
  const database = inWords(dataDir, () => new Libsql(lockFile(dataDir)));
  try {
    database.exec('SELECT count(*) FROM sqlite_schema');
    return undefined;
  } catch (error) {
    if (isHeld(error)) return pidOf(dataDir);
    throw asStateError(dataDir, error);
  } finally {
    database.close();
  }
}

function inWords<T>(dataDir: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asStateError(dataDir, error);
  }
}

function asStateError(dataDir: string, error: unknown): StateError {
  return new StateError(`${lockFile(dataDir)} cannot be locked: ${(error as Error).message}`);
}

/** As in a sentence. */
function whoHolds(dataDir: string): string {
  return `another bot, process ${pidOf(dataDir) || 'unknown'}`;
}

function isHeld(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === 'SQLITE_BUSY';
}

function pidOf(dataDir: string): number {
  try {
    return Number.parseInt(readFileSync(pidFile(dataDir), 'utf8'), 10) || 0;
  } catch {
    return 0;
  }
}
