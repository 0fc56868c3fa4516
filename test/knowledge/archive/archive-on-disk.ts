/** A real archive in a temporary folder that goes with the test, and what the reader makes of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { emptyArchive, type LoadedArchive, loadArchive } from '../../../knowledge/archive/load.js';
import { wallClock } from '../../../knowledge/archive/wall-clock.js';

export const shanghai = wallClock('Asia/Shanghai');

/** Files by their path below the archive. */
export function archiveOnDisk(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'archive-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [file, content] of Object.entries(files)) put(root, file, content);
  return root;
}

export function put(root: string, file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
}

export function load(root: string, known: LoadedArchive = emptyArchive()): Promise<LoadedArchive> {
  return loadArchive(root, shanghai, known, () => undefined);
}

export function loadFiles(files: Readonly<Record<string, string | Uint8Array>>): Promise<LoadedArchive> {
  return load(archiveOnDisk(files));
}

/** `file:line: what`, as a command prints it. */
export function warningsOf(archive: LoadedArchive): readonly string[] {
  return archive.warnings.map(({ file, line, what }) => `${file}:${line}: ${what}`);
}

/** One day in the Markdown format; each message is `HH:MM:SS`, name, text. */
export function day(...messages: readonly (readonly [string, string, string])[]): string {
  const front = ['---', 'layout:     source ', 'author:     Someone', '---'];
  const body = messages.flatMap(([time, name, text]) => [`> ${time}  ${name}  `, '   ', `${text}  `, '   ']);
  return [...front, ...body, ''].join('\n');
}

/** Names of the person who carries this name, sorted. */
export function namesOf(archive: LoadedArchive, name: string): readonly string[] {
  return archive.people.find(name).flatMap((id) => [...(archive.people.speakers[id]?.names ?? [])].sort());
}
