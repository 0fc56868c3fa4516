/**
 * Exports of other tools -> the archive, in two steps: everything is prepared in a hidden folder and reported; then it is moved into
 * place, or thrown away.
 *
 * In: files that the admin handed over. Out: one file a room and day, each whole at any moment. What the archive has already
 * is not doubled, so an import that was interrupted is simply made again.
 */
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LoadProgress } from '../../types.js';
import { ArchiveError } from '../errors.js';
import { UnreadableExport } from '../formats/export-format.js';
import { EXPORT_FORMATS } from '../formats/exports.js';
import { codeOf } from '../scan.js';
import { type HandedOver, handedOver } from './handed-over.js';
import { merged, type PassOptions, type StagedDay, spooled } from './pass.js';
import { counter, type ImportReport, type ReadExport, tally } from './report.js';
import { openSource } from './source.js';
import { openSpool } from './spool.js';
import { openStaging } from './staging.js';

export interface StageOptions extends PassOptions {
  readonly onProgress: (progress: LoadProgress) => void;
}

export interface WrittenDay {
  /** Relative to the archive. */
  readonly file: string;
  readonly added: number;
}

export interface StagedImport {
  readonly report: ImportReport;
  /** Moves what was prepared into place, file by file. */
  commit(): Promise<readonly WrittenDay[]>;
  /** Throws it away. Does nothing after a commit. */
  discard(): Promise<void>;
}

/** Of the work, the part that reading is; the rest is putting the days together. */
const READING = 0.6;

/**
 * `path` is a file or a folder. Throws {@link ArchiveError} if another import is running or the disk is full; else what the disk throws. Nothing is left behind then.
 */
export async function stageImport(path: string, options: StageOptions): Promise<StagedImport> {
  const files = await handedOver(path);
  const staging = await openStaging(options.archive);
  try {
    const { report, staged } = await prepared(files, staging.folder, options);
    return { report, commit: () => moved(staged, options).finally(staging.close), discard: staging.close };
  } catch (error) {
    await staging.close();
    if (/^(?:ENOSPC|EDQUOT|EFBIG)$/.test(codeOf(error)))
      throw new ArchiveError(`the disk of ${options.archive} is full (${codeOf(error)}); nothing was imported`);
    throw error;
  }
}

async function prepared({ files, leftOut }: HandedOver, folder: string, options: StageOptions) {
  const staged = new Map<string, StagedDay>();
  const counts = tally();
  const read: ReadExport[] = [];
  const refused = [...leftOut];
  const used = new Set<string>();
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const advance = (bytes: number): void => {
    done += bytes;
    options.onProgress({ stage: 'read', done, total });
  };
  for (const [i, { file, path, bytes }] of files.entries()) {
    const onBeside = (name: string): void => void used.add(join(dirname(file), name));
    const opened = await openSource(path, (portion) => advance(portion * READING), onBeside);
    const format = EXPORT_FORMATS.find((candidate) => candidate.recognises(opened.head, opened.firstBytes));
    if (!format) {
      refused.push({ file, what: bytes === 0 ? 'empty' : 'in no known format' });
      continue;
    }
    const place = join(folder, `spool-${i}`);
    const spool = openSpool(place);
    const faults = { undated: counter(), skipped: counter(), doubles: counter() };
    try {
      await spooled(opened.source, format, spool, options, faults);
      const onDay = (share: number): void => advance(share * bytes * (1 - READING));
      const added = await merged(spool, staged, folder, options, counts, faults, onDay);
      const { doubles, undated, skipped } = faults;
      read.push({
        ...{ file, format: format.name, unit: format.unit ?? 'line', added },
        ...{ doubles: doubles.counted(), undated: undated.counted(), skipped: skipped.counted() },
      });
    } catch (error) {
      if (!(error instanceof UnreadableExport)) throw error;
      refused.push({ file, what: error.message });
    }
    await rm(place, { recursive: true, force: true });
  }
  const added = read.reduce((sum, one) => sum + one.added, 0);
  const report: ImportReport = {
    files: read,
    leftOut: refused.filter(({ file }) => !used.has(join(file))),
    rooms: counts.rooms(),
    people: counts.people(),
    added,
    days: staged.size,
  };
  return { report, staged };
}

async function moved(staged: ReadonlyMap<string, StagedDay>, { archive, signal }: StageOptions): Promise<readonly WrittenDay[]> {
  const written: WrittenDay[] = [];
  for (const [file, { path, added }] of staged) {
    signal?.throwIfAborted();
    await mkdir(dirname(join(archive, file)), { recursive: true, mode: 0o700 });
    await rename(path, join(archive, file));
    written.push({ file, added });
  }
  return written;
}
