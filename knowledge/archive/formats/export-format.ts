/**
 * What the format of an export from another tool is: it recognises a file by its beginning and reads it as a stream, for exports
 * are larger than memory. `npm run import` turns what it reads into files of the archive.
 */
import type { QuotedMessage, RawMessage } from '../../types.js';
import type { WallClock } from '../wall-clock.js';

/** One message as another tool exported it; a notice of nobody has the name ''. `line` is the line, row or element at which it begins, from 1. */
export interface ExportedMessage extends Omit<RawMessage, 'at'> {
  /** UTC ms; absent: the export has no time for it, and it is not imported but counted. */
  readonly at?: number;
  /** Name of the room, where the export gives one. */
  readonly room?: string;
  readonly quoted?: QuotedMessage;
}

/** A file that the admin handed over. What is text is decoded (UTF-8, UTF-16, GBK). */
export interface ExportSource {
  /** Base name. */
  readonly name: string;
  readonly path: string;
  bytes(): AsyncIterable<Uint8Array>;
  text(): AsyncIterable<string>;
  /** Lines in portions, without their ends (LF, CRLF). */
  lines(): AsyncIterable<readonly string[]>;
  /** The text of a small file in the same folder. */
  beside(name: string): Promise<string | undefined>;
}

export interface ExportContext {
  readonly clock: WallClock;
  /** What the admin said about times that the export lacks: `--date YYYY-MM-DD`, `--year YYYY`. */
  readonly date?: string;
  readonly year?: number;
  /** Counts something that is not imported and shows the first ones: the line, and what was done. */
  readonly skip: (line: number, what: string) => void;
}

/** Where a text editor shows no line numbers that help, messages are counted. */
export type ExportUnit = 'line' | 'row' | 'message';

export interface ExportFormat {
  /** Short and unique, such as `chatlog-csv`. */
  readonly id: string;
  readonly name: string;
  /** One sentence: how somebody makes such an export. */
  readonly howTo: string;
  /** What the numbers of its messages count; absent: lines. */
  readonly unit?: ExportUnit;
  /** Judges by the first 64 KB of decoded text; a binary file is known by its first bytes. */
  readonly recognises: (head: string, bytes: Uint8Array) => boolean;
  /** Portions of messages in file order. Throws only what reading the file throws, or {@link UnreadableExport}. */
  readonly read: (source: ExportSource, context: ExportContext) => AsyncIterable<readonly ExportedMessage[]>;
}

/** The file as a whole cannot be imported: why, and what to do instead, in one sentence. */
export class UnreadableExport extends Error {}
