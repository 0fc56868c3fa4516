/**
 * Archive folder -> messages and people in memory, and what was found on the way.
 *
 * Files that did not change since `known` are not read again.
 */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { peopleOf } from '../people/people.js';
import { tidyName } from '../text/clean.js';
import type { LoadProgress, Warning } from '../types.js';
import { type Assembled, assemble } from './assemble.js';
import { decode } from './decode.js';
import { ArchiveError } from './errors.js';
import { type FileEntries, readEntries } from './read.js';
import { codeOf, scanArchive } from './scan.js';
import type { WallClock } from './wall-clock.js';

export interface LoadedArchive extends Assembled {
  readonly files: readonly FileEntries[];
  readonly warnings: readonly Warning[];
}

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
  for (const found of scan.files) {
    const before = cached.get(found.file);
    // What could not be read before may be readable now, though the file is the same.
    const same = before && !before.skipped && before.found.fingerprint === found.fingerprint;
    files.push(same ? before : await readEntries(found, clock));
    onProgress({ stage: 'read', done: files.length, total: scan.files.length });
  }
  onProgress({ stage: 'people', done: 0, total: 1 });
  const aliases = await readAliases(root);
  const assembled = assemble(
    files.map((file) => file.entries),
    aliases.groups,
    known,
  );
  onProgress({ stage: 'people', done: 1, total: 1 });
  const warnings = [...scan.warnings, ...aliases.warnings, ...files.flatMap((file) => file.warnings)];
  // File names end up on terminals.
  return { ...assembled, files, warnings: warnings.map((warning) => ({ ...warning, file: tidyName(warning.file) })) };
}

/** `aliases.txt` at the top of the archive: a line a person, `name = other name = …`; `#` begins a comment. */
async function readAliases(
  root: string,
): Promise<{ readonly groups: readonly (readonly string[])[]; readonly warnings: readonly Warning[] }> {
  const file = 'aliases.txt';
  const read = await readLines(root, file);
  const groups: string[][] = [];
  const warnings: Warning[] =
    read.fault === undefined ? [] : [{ file, line: 0, what: `${read.fault}, no names were taken from it` }];
  read.lines.forEach((line, i) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const names = line.split(/[=＝]/).map(tidyName);
    if (names.length >= 2 && names.every((name) => name !== '')) groups.push(names);
    else warnings.push({ file, line: i + 1, what: 'not of the form "name = other name", left out' });
  });
  return { groups, warnings };
}

/** `words.txt` at the top of the archive: a domain word a line, for segmentation; `#` begins a comment. */
export async function readDomainWords(root: string): Promise<readonly string[]> {
  const { lines } = await readLines(root, 'words.txt');
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}

/** No lines if there is no such file; a fault if it cannot be read. */
async function readLines(root: string, file: string): Promise<{ readonly lines: readonly string[]; readonly fault?: string }> {
  const path = join(root, file);
  try {
    // Opening a pipe would wait for ever.
    if (!(await stat(path)).isFile()) return { lines: [], fault: 'not a file' };
    const decoded = decode(await readFile(path));
    return decoded.ok ? { lines: decoded.text.split(/\r?\n/) } : { lines: [], fault: 'not a text file' };
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? { lines: [] } : { lines: [], fault: `not readable (${codeOf(error)})` };
  }
}
