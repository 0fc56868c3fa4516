/**
 * Messages -> marks: names that mean the same message after a reload, a restart, or when it comes in again from another export.
 */
import { crc32 } from 'node:zlib';
import type { Message } from './types.js';

/** Two messages of one room, instant and text have one mark: whoever hides one means both. */
export function markOf(message: Message): string {
  return `${message.at.toString(36)}-${printOf(message)}`;
}

export function printOf({ room, text }: Message): string {
  return crc32(`${room}\n${text}`).toString(36);
}
