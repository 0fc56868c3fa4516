/**
 * Archive folder -> messages and people in memory, and what was found on the way.
 *
 * Files that did not change since `known` are not read again.
 */
import { peopleOf } from '../people/people.js';
import { tidyName } from '../text/clean.js';
import type { LoadProgress, Warning } from '../types.js';
import { type Assembled, assemble } from './assemble.js';
import { ArchiveError } from './errors.js';
import { type FileEntries, readEntries } from './read.js';
import { codeOf, type FoundFile, scanArchive } from './scan.js';
import { readAliases } from './stated.js';
import type { WallClock } from './wall-clock.js';

export interface LoadedArchive extends Assembled {
  readonly files: readonly FileEntries[];
  readonly warnings: readonly Warning[];
  /** Groups of names that an admin stated to be one person. */
  readonly stated: readonly (readonly string[])[];
}

/** Files asked of the disk at once: while one is taken apart, the next ones come in. */
const AT_ONCE = 8;

/** An empty archive, to begin with. */
export function emptyArchive(): LoadedArchive {
  return {
    messages: [],
    groups: [],
    people: peopleOf([], new Map()),
    doubles: 0,
    rooms: new Map(),
    files: [],
    warnings: [],
    stated: [],
  };
}

/** Throws {@link ArchiveError} if the folder cannot be listed at all; every other fault becomes a warning. */
export async function loadArchive(
  root: string,
  clock: WallClock,
  known: LoadedArchive,
  onProgress: (progress: LoadProgress) => void,
): Promise<LoadedArchive> {
  const scan = await scanArchive(root).catch((error: unknown) => {
    const what =
      codeOf(error) === 'ENOENT'
        ? 'no such folder'
        : codeOf(error) === 'ENOTDIR'
          ? 'not a folder'
          : `not readable (${codeOf(error)})`;
    throw new ArchiveError(`archive ${root}: ${what}; give the folder that holds the transcripts`);
  });
  const cached = new Map(known.files.map((file) => [file.found.file, file]));
  const files: FileEntries[] = [];
  for (let first = 0; first < scan.files.length; first += AT_ONCE) {
    const reading = scan.files.slice(first, first + AT_ONCE).map(async (found) => {
      const before = cached.get(found.file);
      if (before?.found.fingerprint !== found.fingerprint) return readEntries(found, clock);
      return before.skipped ? readAgain(found, before, clock) : before;
    });
    for (const read of reading) {
      files.push(await read);
      onProgress({ stage: 'read', done: files.length, total: scan.files.length });
    }
  }
  onProgress({ stage: 'people', done: 0, total: 1 });
  const aliases = await readAliases(root);
  const archive = put(files, aliases.groups, known);
  onProgress({ stage: 'people', done: 1, total: 1 });
  const warnings = [...scan.warnings, ...aliases.warnings, ...files.flatMap((file) => file.warnings)];
  // File names end up on terminals.
  return { ...archive, warnings: warnings.map((warning) => ({ ...warning, file: tidyName(warning.file) })) };
}

/** What could not be read before may be readable now, though the file is the same; else it stays what it was. */
async function readAgain(found: FoundFile, before: FileEntries, clock: WallClock): Promise<FileEntries> {
  const again = await readEntries(found, clock);
  return again.skipped && JSON.stringify(again.warnings) === JSON.stringify(before.warnings) ? before : again;
}

/** The same archive with other states of some files, which it may not have had before. */
export function withFiles(known: LoadedArchive, changed: readonly FileEntries[]): LoadedArchive {
  const files = new Map(known.files.map((file) => [file.found.file, file]));
  for (const file of changed) files.set(file.found.file, file);
  const sorted = [...files.values()].sort((a, b) => (a.found.file < b.found.file ? -1 : a.found.file > b.found.file ? 1 : 0));
  return put(sorted, known.stated, known);
}

/** Without a change it is the known one, message by message. */
function put(files: readonly FileEntries[], stated: LoadedArchive['stated'], known: LoadedArchive): LoadedArchive {
  const isSame =
    files.length === known.files.length &&
    files.every((file, i) => file === known.files[i]) &&
    JSON.stringify(stated) === JSON.stringify(known.stated);
  if (isSame) return known;
  const entries = files.map((file) => file.entries);
  return { ...assemble(entries, stated, known), files, warnings: known.warnings, stated };
}
