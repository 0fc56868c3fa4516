/**
 * A path that the admin handed over -> the files that may be exports.
 *
 * A folder is looked through with its folders. Links in it are not followed: only what was handed over is read.
 */
import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ImportReport } from './report.js';

export interface HandedOver {
  /** By name; `file` is relative to the folder that was handed over. */
  readonly files: readonly { readonly file: string; readonly path: string; readonly bytes: number }[];
  readonly leftOut: ImportReport['leftOut'];
}

/** Rejects with the file system's error if the path is not there. */
export async function handedOver(path: string): Promise<HandedOver> {
  const info = await stat(path);
  if (!info.isDirectory()) return { files: [{ file: basename(path), path, bytes: info.size }], leftOut: [] };
  const files: { file: string; path: string; bytes: number }[] = [];
  const leftOut: { file: string; what: string }[] = [];
  const visit = async (folder: string): Promise<void> => {
    for (const entry of (await readdir(join(path, folder))).sort()) {
      if (entry.startsWith('.')) continue;
      const file = folder === '' ? entry : `${folder}/${entry}`;
      const info = await lstat(join(path, file));
      if (info.isDirectory()) await visit(file);
      else if (info.isFile()) files.push({ file, path: join(path, file), bytes: info.size });
      else leftOut.push({ file, what: 'a link or no file, not followed' });
    }
  };
  await visit('');
  return { files, leftOut };
}
