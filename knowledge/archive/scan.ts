/**
 * Archive folder -> the files to read, with what is needed to see later whether they changed.
 *
 * In: the archive's path. Out: files sorted by path, and a warning for each thing that was left out. Links are followed
 * only inside the archive: a link that leads out of it or back into itself is told and not followed.
 */
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { Warning } from '../types.js';

/** Larger files are left out: a day of talk has kilobytes, so a file of this size is something else or many days in one. */
export const MAX_FILE_BYTES = 128 * 1024 * 1024;

export interface FoundFile {
  /** Relative to the archive, with `/`. */
  readonly file: string;
  readonly path: string;
  /** First folder below the archive; for files at the top, the archive folder's own name. */
  readonly room: string;
  readonly bytes: number;
  /** Changes whenever the file does: size and modification time (ns). */
  readonly fingerprint: string;
}

export interface Scan {
  readonly files: readonly FoundFile[];
  readonly warnings: readonly Warning[];
}

/** Files of the archive that are about it, not transcripts. */
const NOT_TRANSCRIPTS = /^(?:readme(?:\..*)?|licen[sc]e(?:\..*)?|aliases\.txt|words\.txt)$/i;

/** Rejects with the file system's error if the archive itself cannot be listed. */
export async function scanArchive(root: string): Promise<Scan> {
  const top = await realpath(root);
  const topName = basename(top);
  const files: FoundFile[] = [];
  const warnings: Warning[] = [];
  const seen = new Set<string>();

  const visit = async (folder: string): Promise<void> => {
    const real = await realpath(folder);
    if (seen.has(real)) {
      warnings.push({ file: nameOf(folder), line: 0, what: 'the folder links back to one already read, not followed' });
      return;
    }
    seen.add(real);
    let entries: string[];
    try {
      entries = await readdir(folder);
    } catch (error) {
      if (folder === root) throw error;
      warnings.push({ file: nameOf(folder), line: 0, what: `folder not readable (${codeOf(error)}), left out; check its permissions` });
      return;
    }
    for (const entry of entries.sort()) {
      if (!entry.startsWith('.')) await visitEntry(join(folder, entry), entry);
    }
  };

  const visitEntry = async (path: string, entry: string): Promise<void> => {
    try {
      if ((await lstat(path)).isSymbolicLink()) {
        const target = await realpath(path);
        if (target !== top && !target.startsWith(top + sep)) {
          warnings.push({ file: nameOf(path), line: 0, what: 'a link out of the archive, not followed; copy the files in instead' });
          return;
        }
      }
      const info = await stat(path, { bigint: true });
      if (info.isDirectory()) await visit(path);
      else if (!info.isFile()) warnings.push({ file: nameOf(path), line: 0, what: 'neither file nor folder, left out' });
      else if (!NOT_TRANSCRIPTS.test(entry)) {
        const file = nameOf(path);
        if (info.size > MAX_FILE_BYTES) {
          const megabytes = Math.round(Number(info.size) / 1024 / 1024);
          warnings.push({ file, line: 0, what: `${megabytes} MB, left out (limit ${MAX_FILE_BYTES / 1024 / 1024} MB); split it into one file a day` });
          return;
        }
        const slash = file.indexOf('/');
        files.push({
          file,
          path,
          room: slash < 0 ? topName : file.slice(0, slash),
          bytes: Number(info.size),
          fingerprint: `${info.size}-${info.mtimeNs}`,
        });
      }
    } catch (error) {
      const code = codeOf(error);
      const what = code === 'ELOOP' ? 'a link that leads to itself, not followed' : `not readable (${code}), left out`;
      warnings.push({ file: nameOf(path), line: 0, what });
    }
  };

  const nameOf = (path: string): string => relative(root, path).split(sep).join('/') || '.';

  await visit(root);
  files.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  return { files, warnings };
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
}
