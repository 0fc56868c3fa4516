/**
 * The snapshot of an archive on disk: one file, written in the background and read at the next start.
 *
 * In: holdings, after each load that changed something. Out: the holdings last written by the same program for the same archive
 * and zone, or nothing. What of them is out of date the load that follows sees by itself, file by file.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Holdings } from '../holdings.js';
import { contentsOf, holdingsFrom } from './contents.js';
import { decodeSections, encodeSections } from './sections.js';

const FILE = 'library.snapshot';

export interface SnapshotStore {
  /** Undefined if there is none, or none that can be trusted. */
  read(): Promise<Holdings | undefined>;
  /** Writes it in place of the last one, whole or not at all; fulfilled with what went wrong, in one sentence, if anything did. */
  write(holdings: Holdings): Promise<string | undefined>;
  /** Removes it: something in it must not be kept. */
  forget(): Promise<void>;
}

/** `folder` is made if need be; its file can be read by its owner alone. */
export function snapshotStore(folder: string, archive: string, zone: string): SnapshotStore {
  const path = join(folder, FILE);
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other, so that an older snapshot never replaces a newer one. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const origin = async (): Promise<string> => JSON.stringify([programPrint(), await realpath(archive), zone]);

  return {
    async read() {
      try {
        const sections = decodeSections(await readFile(path));
        const stored = sections?.plain as { readonly origin: string; readonly contents: Parameters<typeof holdingsFrom>[0] };
        return sections && stored.origin === (await origin()) ? holdingsFrom(stored.contents, sections.arrays) : undefined;
      } catch {
        return undefined;
      }
    },
    write: (holdings) =>
      inTurn(async () => {
        const temporary = `${path}.${process.pid}.tmp`;
        try {
          await mkdir(folder, { recursive: true, mode: 0o700 });
          const { plain, arrays } = contentsOf(holdings);
          const parts = encodeSections({ origin: await origin(), contents: plain }, arrays);
          const file = await open(temporary, 'w', 0o600);
          try {
            await file.writev([...parts]);
            await file.sync();
          } finally {
            await file.close();
          }
          await rename(temporary, path);
          return undefined;
        } catch (error) {
          await rm(temporary, { force: true }).catch(() => undefined);
          return `no snapshot in ${folder}: ${error instanceof Error ? error.message : String(error)}`;
        }
      }),
    forget: () => inTurn(() => rm(path, { force: true })),
  };
}

/** Of everything that decides what a snapshot holds: this program's code and weights, and the runtime's tables of characters. */
function programPrint(): string {
  const root = join(import.meta.dirname, '..');
  const hash = createHash('sha256').update(`${process.versions.node} ${process.versions.unicode}`);
  const files = ['archive', 'people', 'search', 'snapshot', 'text', 'threads'].flatMap((part) =>
    readdirSync(join(root, part), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:js|ts|json)$/.test(file))
      .sort()
      .map((file) => join(root, part, file)),
  );
  for (const file of [...files, join(root, 'library.js'), join(root, 'library.ts')]) {
    try {
      hash.update(file.slice(root.length)).update(readFileSync(file));
    } catch {
      // Compiled, there is no library.ts; in the tests there is no library.js.
    }
  }
  return hash.digest('hex');
}
