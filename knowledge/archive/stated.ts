/**
 * What an admin states about the archive, in two files at its top: which names are one person, and the words of its trade.
 *
 * In: the archive's folder. Out: what the files say, and what could not be understood; and lines added to them. In both files
 * `#` begins a comment.
 */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { tidyName } from '../text/clean.js';
import type { AdditionFault, Warning } from '../types.js';
import { decode } from './decode.js';
import { ArchiveError } from './errors.js';
import { putInPlace } from './put-in-place.js';
import { codeOf } from './scan.js';

const ALIASES = 'aliases.txt';
const WORDS = 'words.txt';

// === Read

/** Groups of names, each one person's, and a warning for each line that is none. */
export async function readAliases(
  root: string,
): Promise<{ readonly groups: readonly (readonly string[])[]; readonly warnings: readonly Warning[] }> {
  const read = await readLines(root, ALIASES);
  const groups: (readonly string[])[] = [];
  const warnings: Warning[] =
    read.fault === undefined ? [] : [{ file: ALIASES, line: 0, what: `${read.fault}, no names were taken from it` }];
  read.lines.forEach((line, i) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const names = namesIn(line);
    if (names) groups.push(names);
    else warnings.push({ file: ALIASES, line: i + 1, what: 'not of the form "name = other name", left out' });
  });
  return { groups, warnings };
}

/** A person a line: `name = other name = …`. */
function namesIn(line: string): readonly string[] | undefined {
  const names = line.split(/[=＝]/).map(tidyName);
  return names.length >= 2 && names.every((name) => name !== '') ? names : undefined;
}

/** A word a line, for segmentation. */
export async function readDomainWords(root: string): Promise<readonly string[]> {
  return wordsIn((await readLines(root, WORDS)).lines);
}

function wordsIn(lines: readonly string[]): readonly string[] {
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

// === Add

/** Characters of a name or word that may be added; group cards have up to 60. */
const LONGEST = 80;

/** Why two names cannot stand in `aliases.txt`; undefined if they can. */
export function aliasFault(a: string, b: string): AdditionFault | undefined {
  const fault = lineFault(a) ?? lineFault(b);
  if (fault !== undefined) return fault;
  if (/[=＝]/.test(a + b)) return 'equals sign';
  return tidyName(a) === tidyName(b) ? 'same' : undefined;
}

/** Why a word cannot stand in `words.txt`; undefined if it can. */
export function wordFault(word: string): AdditionFault | undefined {
  return lineFault(word);
}

function lineFault(text: string): AdditionFault | undefined {
  if (/[\n\r\u2028\u2029]/.test(text.trim())) return 'line break';
  const shown = tidyName(text);
  if (shown === '') return 'empty';
  if (shown.length > LONGEST) return 'too long';
  return shown.startsWith('#') ? 'number sign' : undefined;
}

/**
 * Writes that two names, which have no {@link aliasFault}, are one person's. False if that stands there already.
 *
 * @throws ArchiveError if the file cannot be read or written
 */
export function addAlias(root: string, a: string, b: string): Promise<boolean> {
  const names = [tidyName(a), tidyName(b)];
  const isStated = (lines: readonly string[]): boolean =>
    lines.some((line) => !line.startsWith('#') && names.every((name) => namesIn(line)?.includes(name)));
  return addLine(root, ALIASES, names.join(' = '), isStated);
}

/** Writes a word, which has no {@link wordFault}; otherwise as {@link addAlias}. */
export function addWord(root: string, word: string): Promise<boolean> {
  const tidied = tidyName(word);
  return addLine(root, WORDS, tidied, (lines) => wordsIn(lines).includes(tidied));
}

async function addLine(
  root: string,
  file: string,
  line: string,
  isThere: (lines: readonly string[]) => boolean,
): Promise<boolean> {
  const { lines, fault } = await readLines(root, file);
  if (fault !== undefined) throw new ArchiveError(`${file}: ${fault}, so nothing can be added to it`);
  if (isThere(lines)) return false;
  const kept = lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  try {
    // Readable by all, as the archive's files are.
    await putInPlace(join(root, file), [...kept, line, ''].join('\n'), 0o644);
  } catch (error) {
    throw new ArchiveError(`${file} cannot be written (${codeOf(error)}); check the archive's permissions and its disk`);
  }
  return true;
}
