/**
 * Archive folder -> messages and people in memory, and what was found on the way.
 *
 * Files that did not change since `known` are not read again.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { People } from '../people/people.js';
import { learnPeople } from '../people/people.js';
import type { LoadProgress, Message, Warning } from '../types.js';
import { assemble } from './assemble.js';
import { ArchiveError } from './errors.js';
import { type FileEntries, readEntries } from './read.js';
import { codeOf, scanArchive } from './scan.js';
import type { WallClock } from './wall-clock.js';

export interface LoadedArchive {
  readonly messages: readonly Message[];
  readonly people: People;
  readonly doubles: number;
  readonly files: readonly FileEntries[];
  readonly warnings: readonly Warning[];
}

/** An empty archive, to begin with. */
export function emptyArchive(): LoadedArchive {
  return { messages: [], people: learnPeople({ entries: [], pairs: new Map(), merged: new Set(), stated: [] }), doubles: 0, files: [], warnings: [] };
}

/** Throws {@link ArchiveError} if the folder cannot be listed at all; every other fault becomes a warning. */
export async function loadArchive(
  root: string,
  clock: WallClock,
  known: LoadedArchive,
  onProgress: (progress: LoadProgress) => void,
): Promise<LoadedArchive> {
  const scan = await scanArchive(root).catch((error: unknown) => {
    const what = codeOf(error) === 'ENOENT' ? 'no such folder' : codeOf(error) === 'ENOTDIR' ? 'not a folder' : `not readable (${codeOf(error)})`;
    throw new ArchiveError(`archive ${root}: ${what}; give the folder that holds the transcripts`);
  });
  const cached = new Map(known.files.map((file) => [file.found.file, file]));
  const files: FileEntries[] = [];
  for (const found of scan.files) {
    const before = cached.get(found.file);
    files.push(before?.found.fingerprint === found.fingerprint ? before : await readEntries(found, clock));
    onProgress({ stage: 'read', done: files.length, total: scan.files.length });
  }
  onProgress({ stage: 'people', done: 0, total: 1 });
  const aliases = await readAliases(root);
  const assembled = assemble(
    files.map((file) => file.entries),
    aliases.groups,
  );
  onProgress({ stage: 'people', done: 1, total: 1 });
  return { ...assembled, files, warnings: [...scan.warnings, ...aliases.warnings, ...files.flatMap((file) => file.warnings)] };
}

/** `aliases.txt` at the top of the archive: a line a person, `name = other name = …`; `#` begins a comment. */
async function readAliases(root: string): Promise<{ readonly groups: readonly (readonly string[])[]; readonly warnings: readonly Warning[] }> {
  const lines = await readLines(join(root, 'aliases.txt'));
  const groups: string[][] = [];
  const warnings: Warning[] = [];
  lines.forEach((line, i) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const names = line.split(/[=＝]/).map((name) => name.trim());
    if (names.length >= 2 && names.every((name) => name !== '')) groups.push(names);
    else warnings.push({ file: 'aliases.txt', line: i + 1, what: 'not of the form "name = other name", left out' });
  });
  return { groups, warnings };
}

/** `words.txt` at the top of the archive: a domain word a line, for segmentation; `#` begins a comment. */
export async function readDomainWords(root: string): Promise<readonly string[]> {
  const lines = await readLines(join(root, 'words.txt'));
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}

async function readLines(path: string): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split(/\r?\n/);
}
