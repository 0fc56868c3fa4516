/** What an import found -> the text that a person decides by. Pure. */
import type { ImportReport } from '../../knowledge/index.js';

type ReadExport = ImportReport['files'][number];
type Fault = 'doubles' | 'undated' | 'skipped';

/** In a folder of many files only what differs from plain success is told of each. */
const FILES_TOLD = 20;
const INDENT = ' '.repeat(10);
const LEFT_OUT_TOLD = 10;
/** What the admin can do about times that an export lacks. */
const UNDATED = 'say it with --date YYYY-MM-DD, or with --year YYYY where only the year is missing';

export function reportOf({ files, leftOut, rooms, people, added, days }: ImportReport): string {
  const lines: string[] = [];
  const row = (name: string, value: string): void => void lines.push(`${name.padEnd(10)}${value}`);
  for (const file of files.slice(0, FILES_TOLD)) row('format', `${file.format}: ${file.file}`);
  if (files.length > FILES_TOLD) row('', `... and ${counted(files.length - FILES_TOLD, 'more file')}`);
  for (const { file, what } of leftOut.slice(0, LEFT_OUT_TOLD)) row('left out', `${file}: ${what}`);
  if (leftOut.length > LEFT_OUT_TOLD) row('', `... and ${counted(leftOut.length - LEFT_OUT_TOLD, 'more file')}`);
  if (files.length === 0) return textOf(lines);
  for (const { room, from, to, days, messages } of rooms)
    row(
      'room',
      `${room}: ${counted(messages, 'message')} on ${counted(days, 'day')}, ${from === to ? from : `${from} to ${to}`}`,
    );
  row('people', String(people));
  for (const fault of ['doubles', 'undated', 'skipped'] as const) lines.push(...faultLines(files, fault));
  const what = added === 0 && days > 0 ? 'no message, but names and ids' : counted(added, 'message');
  row('new', `${what}; ${counted(days, 'file')} of the archive will be made or changed`);
  return textOf(lines);
}

function faultLines(files: readonly ReadExport[], fault: Fault): readonly string[] {
  const count = files.reduce((sum, file) => sum + file[fault].count, 0);
  const first = files
    .flatMap(({ file, unit, [fault]: faults }) => faults.first.map((one) => ({ file, unit, ...one })))
    .slice(0, 3);
  return [
    `${fault.padEnd(10)}${count}`,
    ...first.map(({ what, ...place }) => `${INDENT}${placeOf(place, files.length)}: ${what}`),
    ...(fault === 'undated' && count > 0 ? [`${INDENT}${UNDATED}`] : []),
  ];
}

function placeOf({ file, unit, line }: Pick<ReadExport, 'file' | 'unit'> & { readonly line: number }, files: number): string {
  if (files === 1) return `${unit} ${line}`;
  return unit === 'line' ? `${file}:${line}` : `${file}, ${unit} ${line}`;
}

/** `1 file`, `2 files`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
