/**
 * Changes one day of an archive, as somebody would who exports it once more: one message is added at its end.
 *
 * In: a copy of an archive, which may be changed. Out: the files of the last day and of a day in the middle, and their change.
 */
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface Days {
  readonly last: string;
  readonly middle: string;
}

/** Days by the dates in the names of their files. */
export function daysToChange(archive: string): Days {
  const dateOf = (file: string): string => /\d{4}-\d{2}-\d{2}/.exec(file.slice(file.lastIndexOf('/') + 1))?.[0] ?? '';
  const files = readdirSync(archive, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:md|markdown|jsonl)$/.test(file) && dateOf(file) !== '')
    .sort((a, b) => (dateOf(a) < dateOf(b) ? -1 : 1));
  const pathAt = (share: number): string => join(archive, files[Math.floor(share * (files.length - 1))] ?? '');
  return { last: pathAt(1), middle: pathAt(0.5) };
}

/** `turn` makes the message another one each time. */
export function addMessage(file: string, turn: number): void {
  const text = `这是第 ${turn} 次补上的一句话`;
  const date = /\d{4}-\d{2}-\d{2}/.exec(file.slice(file.lastIndexOf('/') + 1))?.[0] ?? '';
  const timestamp = Date.parse(`${date}T15:00:00Z`) / 1000;
  const line = JSON.stringify({ _type: 'message', sender: 'bench', accountName: '某人', timestamp, type: 0, content: text });
  appendFileSync(file, file.endsWith('.jsonl') ? `${line}\n` : `\n> 23:00:00  某人\n\n${text}\n`);
}
