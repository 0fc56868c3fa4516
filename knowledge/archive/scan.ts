/**
 * Archive folder -> the files to read, with what is needed to see later whether they changed.
 *
 * In: the archive's path. Out: files sorted by path, and a warning for each thing that was left out. Links are not followed:
 * what they lead to inside the archive is read in its own place, and outside is outside.
 */
import type { BigIntStats } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { Warning } from '../types.js';
import { roomOfFolder } from './room-folders.js';

/** Larger files are left out: a day of talk has kilobytes, so a file of this size is something else or many days in one. */
export const MAX_FILE_BYTES = 128 * 1024 * 1024;

export interface FoundFile {
  /** Relative to the archive, with `/`. */
  readonly file: string;
  readonly path: string;
  /** First folder below the archive; for files at the top, the archive folder's own name. */
  readonly room: string;
  readonly bytes: number;
  /** Changes whenever the file does: size, and times of modification and change (ns). */
  readonly fingerprint: string;
}

export interface Scan {
  readonly files: readonly FoundFile[];
  readonly warnings: readonly Warning[];
}

/** Files of the archive that are about it, not transcripts. */
const NOT_TRANSCRIPTS = /^(?:readme(?:\..*)?|licen[sc]e(?:\..*)?|aliases\.txt|words\.txt|gaps\.jsonl)$/i;

/** Rejects with the file system's error if the archive itself cannot be listed. */
export async function scanArchive(root: string): Promise<Scan> {
  const top = await realpath(root);
  const topName = basename(top);
  const files: FoundFile[] = [];
  const warnings: Warning[] = [];

  const visit = async (folder: string): Promise<void> => {
    const entries = (await readdir(folder)).filter((entry) => !entry.startsWith('.')).sort();
    // Asked all at once, for that is most of what a reload waits for; judged in order.
    const infos = entries.map((entry) => lstat(join(folder, entry), { bigint: true }));
    await Promise.allSettled(infos);
    for (const [i, entry] of entries.entries()) await visitEntry(join(folder, entry), entry, infos[i] as (typeof infos)[number]);
  };

  const visitEntry = async (path: string, entry: string, asked: Promise<BigIntStats>): Promise<void> => {
    try {
      const info = await asked;
      if (info.isSymbolicLink()) warnings.push({ file: nameOf(path), line: 0, what: await aboutLink(path) });
      else if (info.isDirectory()) await visit(path);
      else if (!info.isFile()) warnings.push({ file: nameOf(path), line: 0, what: 'neither file nor folder, left out' });
      else if (!NOT_TRANSCRIPTS.test(entry)) {
        const file = nameOf(path);
        if (info.size > MAX_FILE_BYTES) {
          const megabytes = Math.round(Number(info.size) / 1024 / 1024);
          warnings.push({
            file,
            line: 0,
            what: `${megabytes} MB, left out (limit ${MAX_FILE_BYTES / 1024 / 1024} MB); split it into one file a day`,
          });
          return;
        }
        const slash = file.indexOf('/');
        files.push({
          file,
          path,
          room: slash < 0 ? topName : roomOfFolder(file.slice(0, slash)),
          bytes: Number(info.size),
          fingerprint: fingerprintOf(info),
        });
      }
    } catch (error) {
      warnings.push({ file: nameOf(path), line: 0, what: `not readable (${codeOf(error)}), left out; check its permissions` });
    }
  };

  const aboutLink = async (path: string): Promise<string> => {
    const target = await realpath(path).catch(codeOf);
    if (target === top || target.startsWith(top + sep))
      return 'a link within the archive, not followed: its target is read in its own place';
    if (target === 'ELOOP') return 'a link that leads to itself, not followed';
    if (target === 'ENOENT') return 'a link that leads nowhere, not followed';
    return 'a link out of the archive, not followed; copy the files in instead';
  };

  const nameOf = (path: string): string => relative(root, path).split(sep).join('/') || '.';

  await visit(root);
  files.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  return { files, warnings };
}

/** See {@link FoundFile.fingerprint}. */
export function fingerprintOf({ size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${size}-${mtimeNs}-${ctimeNs}`;
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
}
