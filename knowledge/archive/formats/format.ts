/**
 * What a transcript format is: it recognises a file by its beginning and reads it into raw messages.
 */
import type { RawMessage } from '../../types.js';
import type { WallClock } from '../wall-clock.js';

export interface FormatContext {
  /** File relative to the archive; some formats carry the date only in the file name. */
  readonly file: string;
  readonly clock: WallClock;
  /** Tells of a fault that did not stop the reading. `line` is 1-based, 0 for the whole file. */
  readonly warn: (line: number, what: string) => void;
}

export interface Format {
  readonly name: string;
  /** Judges by content: the first 64 KB of the decoded text. */
  readonly recognises: (head: string) => boolean;
  /** Reads the whole text. Never throws: what cannot be read is told with `warn`. */
  readonly read: (text: string, context: FormatContext) => readonly RawMessage[];
}
