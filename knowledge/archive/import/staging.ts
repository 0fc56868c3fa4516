/**
 * The folder in which an import is prepared: hidden in the archive, so that what is ready can be moved into place at once.
 *
 * One import at a time. What one left behind that was killed is removed by the next; nothing of it is needed, for an import
 * of the same file adds only what is missing.
 */
import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveError } from '../errors.js';
import { codeOf } from '../scan.js';

/** The dot keeps it from being read as a room. */
const FOLDER = '.import';

export interface Staging {
  readonly folder: string;
  /** Removes the folder, and the archive's if it was made for this and is still empty. */
  close(): Promise<void>;
}

/** Makes the archive's folder if need be. Throws {@link ArchiveError} if another import is running. */
export async function openStaging(archive: string): Promise<Staging> {
  const made = await mkdir(archive, { recursive: true });
  const folder = join(archive, FOLDER);
  const owner = join(folder, 'process');
  await mkdir(folder, { mode: 0o700 }).catch(async (error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
    const other = Number(await readFile(owner, 'utf8').catch(() => ''));
    if (other > 0 && other !== process.pid && isAlive(other))
      throw new ArchiveError(`another import into this archive is running (process ${other}); if it is not, remove ${folder}`);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { mode: 0o700 });
  });
  await writeFile(owner, String(process.pid));
  return {
    folder,
    async close() {
      await rm(folder, { recursive: true, force: true });
      if (made !== undefined) await rmdir(archive).catch(() => undefined);
    },
  };
}

function isAlive(process_: number): boolean {
  try {
    return process.kill(process_, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
