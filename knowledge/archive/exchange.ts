/**
 * The archive's exchange with other tools: their exports come in, and a room goes out again.
 *
 * In: paths and plain options. Out: what was found and written, as data.
 */
import type { LoadProgress } from '../types.js';
import { ArchiveError } from './errors.js';
import { type ExportedRoom, type ExportOptions, exportRoom as writtenRoom } from './export/export-room.js';
import { EXPORT_FORMATS } from './formats/exports.js';
import { type StagedImport, stageImport } from './import/stage.js';
import { folderOfRoom } from './room-folders.js';
import { wallClock } from './wall-clock.js';

export type { ExportedRoom, ExportOptions } from './export/export-room.js';
export type { Counted, ImportReport } from './import/report.js';
export type { StagedImport, WrittenDay } from './import/stage.js';

export interface ImportOptions {
  /** Folder of the archive; it is made if need be. */
  readonly archive: string;
  /** IANA zone of the wall-clock times in the export. */
  readonly zone: string;
  /** Where all messages go; absent: into the room that the export names. */
  readonly room?: string;
  /** For exports without dates, YYYY-MM-DD, or without years. */
  readonly date?: string;
  readonly year?: number;
  /** Of all work, bytes. */
  readonly onProgress?: (progress: Pick<LoadProgress, 'done' | 'total'>) => void;
  readonly signal?: AbortSignal;
  readonly now?: () => number;
}

/** The longest name that any file system takes, bytes. */
const LONGEST_FOLDER = 255;

/**
 * Prepares an import of a file, or of all files of a folder whose format is known; nothing of the archive is changed before `commit`.
 * Throws {@link ArchiveError} with what to do, or what the disk throws.
 */
export async function importExport(path: string, options: ImportOptions): Promise<StagedImport> {
  const { zone, now = Date.now, onProgress = () => undefined, room } = options;
  if (room !== undefined && Buffer.byteLength(folderOfRoom(room)) > LONGEST_FOLDER)
    throw new ArchiveError('the name of the room is too long for a folder');
  return stageImport(path, { ...options, clock: wallClock(zone), now, onProgress });
}

/** Writes a room out again, in a zone's local days. Throws {@link ArchiveError} if there is no such room. */
export async function exportRoom(options: ExportOptions & { readonly zone: string }): Promise<ExportedRoom> {
  return writtenRoom(options, wallClock(options.zone));
}

/** What can be imported: the format's name and how such an export is made. */
export function exportFormats(): readonly { readonly id: string; readonly name: string; readonly howTo: string }[] {
  return EXPORT_FORMATS.map(({ id, name, howTo }) => ({ id, name, howTo }));
}
