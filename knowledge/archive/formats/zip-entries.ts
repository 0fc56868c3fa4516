/**
 * A zip file -> the names of what it holds, and their texts, one at a time in memory. Nothing is ever unpacked to the disk.
 *
 * A zip may claim little and unpack to much: there are limits for how many files it holds, for each file and for all of them, and
 * what unpacks to more than it claims is a fault.
 */
import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { UnreadableExport } from './export-format.js';

export interface ZipText {
  /** Path inside the zip, with `/`. */
  readonly name: string;
  /** UTF-8, without a byte order mark. Rejects with {@link UnreadableExport} if it is damaged, encrypted or too large. */
  text(): Promise<string>;
}

const MOST_ENTRIES = 200_000;
/** Bytes when unpacked. */
const LARGEST_FILE = 64 * 1024 * 1024;
const LARGEST_TOTAL = 8 * 1024 * 1024 * 1024;

/**
 * Hands the files whose names are wanted to `use` and closes the zip when that is done. Throws {@link UnreadableExport} if the zip is
 * damaged, holds paths that lead out of it, or is beyond the limits.
 */
export async function* withZip<T>(
  path: string,
  isWanted: (name: string) => boolean,
  use: (files: readonly ZipText[]) => AsyncIterable<T>,
): AsyncIterable<T> {
  const zip = await guarded(openPromise(path, { autoClose: false }));
  try {
    yield* use(await wantedIn(zip, isWanted));
  } finally {
    zip.close();
  }
}

async function wantedIn(zip: ZipFile, isWanted: (name: string) => boolean): Promise<readonly ZipText[]> {
  if (zip.entryCount > MOST_ENTRIES) throw new UnreadableExport(`the zip holds more than ${MOST_ENTRIES} files`);
  return guarded(
    (async () => {
      const files: ZipText[] = [];
      let total = 0;
      for await (const entry of zip.eachEntry()) {
        if (entry.fileName.endsWith('/') || !isWanted(entry.fileName)) continue;
        total += entry.uncompressedSize;
        if (total > LARGEST_TOTAL) throw new UnreadableExport('the zip unpacks to more than 8 GB');
        files.push({ name: entry.fileName, text: () => guarded(textOf(zip, entry)) });
      }
      return files;
    })(),
  );
}

async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > LARGEST_FILE)
    throw new UnreadableExport(`${entry.fileName} in the zip unpacks to more than 64 MB`);
  const stream: Readable = await zip.openReadStreamPromise(entry);
  const portions: Buffer[] = [];
  // It ends with an error as soon as more comes than the zip claims.
  for await (const portion of stream) portions.push(portion as Buffer);
  return new TextDecoder().decode(Buffer.concat(portions));
}

/** What is wrong with a zip is wrong with the file as a whole; what the file system says goes on as it is. */
async function guarded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const isOfDisk = error instanceof Error && 'syscall' in error;
    if (error instanceof UnreadableExport || isOfDisk) throw error;
    throw new UnreadableExport(
      `the zip is damaged or not as zips are (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}
