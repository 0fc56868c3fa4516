/**
 * `npm run bench -- import`: how fast exports of other tools come into the archive, and how much memory that takes.
 *
 * In: a size. Out: a table (or JSON), one line a format, each imported into an empty archive by a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Screen } from '../command.js';
import type { ImportedSide } from './import-side.js';
import { type InventedFormat, writeInvented } from './invented-exports.js';

const FORMATS: readonly InventedFormat[] = ['jsonl', 'csv', 'json'];

interface Figures extends ImportedSide {
  readonly format: InventedFormat;
  readonly bytes: number;
}

/** `megabytes` of each export. */
export function benchImports(megabytes: number, asJson: boolean, screen: Screen): number {
  const figures = FORMATS.map((format) => {
    screen.err(`${format} ...\n`);
    return measured(format, megabytes * 1e6);
  });
  screen.out(asJson ? `${JSON.stringify(figures)}\n` : tableOf(figures));
  return 0;
}

function measured(format: InventedFormat, bytes: number): Figures {
  const folder = mkdtempSync(join(tmpdir(), 'bench-import-'));
  try {
    const file = join(folder, `export.${format}`);
    writeInvented(format, bytes, file);
    const program = fileURLToPath(new URL('./import-side.js', import.meta.url));
    const child = spawnSync(process.execPath, [program, file, join(folder, 'archive')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (child.status !== 0) throw new Error(`the import of ${format} failed, see above`);
    return { format, bytes: statSync(file).size, ...(JSON.parse(child.stdout) as ImportedSide) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tableOf(figures: readonly Figures[]): string {
  const columns = (...cells: readonly string[]): string => cells.map((cell) => cell.padStart(14)).join('');
  const rows = figures.map(({ format, bytes, messages, seconds, processor, memory }) =>
    columns(
      format,
      `${(bytes / 1e6).toFixed(0)} MB`,
      String(messages),
      `${(messages / seconds).toFixed(0)}/s`,
      `${(messages / processor).toFixed(0)}/s`,
      `${(memory / 1e6).toFixed(0)} MB`,
    ),
  );
  return [columns('export', 'size', 'messages', 'by the clock', 'by processor', 'peak memory'), ...rows, ''].join('\n');
}
