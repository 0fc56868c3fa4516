/**
 * One found file -> its entries: messages read, cleaned and sorted into kinds, but not yet put together with other files.
 *
 * In: a file from the scan. Out: entries in file order and the warnings of this file. Only the file system is touched.
 */
import { readFile } from 'node:fs/promises';
import { NAMELESS } from '../people/names.js';
import { cleanBody, hasControl, tidyName } from '../text/clean.js';
import type { MessageKind, QuotedMessage, RawMessage, Warning } from '../types.js';
import { decode } from './decode.js';
import type { Format } from './formats/format.js';
import { FORMATS } from './formats/index.js';
import { codeOf, type FoundFile } from './scan.js';
import type { WallClock } from './wall-clock.js';

/** A message of one file, cleaned; speakers, doubles and replies are found later, across files. */
export interface Entry {
  readonly file: string;
  readonly line: number;
  readonly room: string;
  readonly at: number;
  readonly name: string;
  readonly alsoKnownAs: readonly string[];
  readonly sender?: string;
  readonly text: string;
  readonly kind: MessageKind;
  readonly quoted?: QuotedMessage;
  readonly id?: string;
  readonly replyTo?: string;
}

export interface FileEntries {
  readonly found: FoundFile;
  readonly entries: readonly Entry[];
  /** Ids of messages that were taken back: their places are kept, their words are gone. */
  readonly recalled: readonly string[];
  readonly warnings: readonly Warning[];
  /** True if nothing of the file could be used. */
  readonly skipped: boolean;
}

const HEAD = 64 * 1024;
/** A file in which every line is wrong tells so once, not a thousand times. */
const WARNINGS_PER_FILE = 20;

export async function readEntries(found: FoundFile, clock: WallClock): Promise<FileEntries> {
  const warnings: Warning[] = [];
  let untold = 0;
  const warn = (line: number, what: string): void => {
    if (warnings.length < WARNINGS_PER_FILE) warnings.push({ file: found.file, line, what });
    else untold++;
  };
  const skip = (what: string): FileEntries => ({
    found,
    entries: [],
    recalled: [],
    warnings: [{ file: found.file, line: 0, what }],
    skipped: true,
  });

  let bytes: Buffer;
  try {
    bytes = await readFile(found.path);
  } catch (error) {
    return skip(`not readable (${codeOf(error)}), left out; check its permissions`);
  }
  const decoded = decode(bytes);
  if (!decoded.ok) return skip('not a text file, left out');
  if (decoded.encoding !== 'UTF-8') warn(0, `not UTF-8, read as ${decoded.encoding}`);
  if (decoded.replaced > 0) warn(0, `${decoded.replaced} bytes are not valid ${decoded.encoding} and are shown as \ufffd`);
  const format = FORMATS.find((candidate: Format) => candidate.recognises(decoded.text.slice(0, HEAD)));
  if (!format) {
    return skip(decoded.text.trim() === '' ? 'empty file, left out' : 'no known transcript format, left out');
  }
  const messages = format.read(decoded.text, { file: found.file, clock, warn });
  const kept = messages.filter(({ recalled }) => !recalled);
  const entries = kept.map((message): Entry => {
    if (hasControl(message.name)) warn(message.line, 'the name holds control characters, they were removed');
    return entryOf(message, found);
  });
  if (untold > 0) warnings.push({ file: found.file, line: 0, what: `${untold} more faults of this file are not listed` });
  const recalled = messages.flatMap(({ recalled, id }) => (recalled && id !== undefined ? [id] : []));
  return { found, entries, recalled, warnings, skipped: messages.length === 0 && warnings.length > 0 };
}

export function entryOf(message: RawMessage, { file, room }: Pick<FoundFile, 'file' | 'room'>): Entry {
  const body = cleanBody(message.body);
  const name = tidyName(message.name) || NAMELESS;
  return {
    file,
    line: message.line,
    room,
    at: message.at,
    name,
    alsoKnownAs: (message.alsoKnownAs ?? []).map(tidyName).filter((other) => other !== '' && other !== name),
    ...(message.sender === undefined ? {} : { sender: message.sender }),
    text: body.text,
    kind: message.kind ?? body.kind,
    ...(body.quoted ? { quoted: body.quoted } : {}),
    ...(message.id === undefined ? {} : { id: message.id }),
    ...(message.replyTo === undefined ? {} : { replyTo: message.replyTo }),
  };
}
