/**
 * Files that are nobody else's business: DATA_DIR and what lies in it.
 *
 * In: paths. Out: a folder that only its owner may enter, files that only he may read.
 */
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StateError } from './state.js';

export const PRIVATE_FOLDER = 0o700;
export const PRIVATE_FILE = 0o600;

const STICKY = 0o1000;
const ADMINISTRATOR = 0;

/**
 * Makes the folder if need be, and closes it to others. Not a folder of somebody else's or one that all may write to, such as
 * `/tmp`: whoever names such a folder would lock others out of what is theirs.
 *
 * @throws StateError if there is no such folder and none can be made
 */
export function privateFolder(path: string): void {
  writable(path, () => {
    mkdirSync(path, { recursive: true, mode: PRIVATE_FOLDER });
    const { uid, mode } = statSync(path);
    if (uid === process.geteuid?.() && (mode & STICKY) === 0) chmodSync(path, mode & PRIVATE_FOLDER);
  });
}

/**
 * Makes an empty file, or closes the one that is there to others. That one is not opened: to close it again would give up every
 * lock that this process has on it.
 *
 * @throws StateError if it is not ours
 */
export function privateFile(path: string): void {
  writable(path, () => {
    if (existsSync(path)) chmodSync(path, PRIVATE_FILE);
    else {
      closeSync(openSync(path, 'wx', PRIVATE_FILE));
      belongsToFolder(path);
    }
  });
}

/** What the administrator makes in the folder of the user that the bot runs as has to be readable by that user. */
export function belongsToFolder(path: string): void {
  if (process.geteuid?.() !== ADMINISTRATOR) return;
  const { uid, gid } = statSync(dirname(path));
  chownSync(path, uid, gid);
}

function writable(path: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StateError(`DATA_DIR: ${path} cannot be written (${code}); it needs a folder that this user may write to`);
  }
}
