/** An export as a real file, opened, recognised and read as `npm run import` does it. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import type { ExportContext, ExportedMessage, ExportFormat } from '../../../../knowledge/archive/formats/export-format.js';
import { openSource } from '../../../../knowledge/archive/import/source.js';
import { archiveOnDisk, shanghai } from '../archive-on-disk.js';

export const FIXTURES = fileURLToPath(new URL('../../../fixtures/exports', import.meta.url));

export interface ReadExport {
  readonly messages: readonly ExportedMessage[];
  /** `line: what`. */
  readonly skipped: readonly string[];
  /** Local date and time, name, body. */
  readonly said: readonly (readonly [string, string, string])[];
}

type Times = Pick<ExportContext, 'date' | 'year'>;

/** `file` below the fixtures. */
export async function readFixture(format: ExportFormat, file: string, times: Times = {}): Promise<ReadExport> {
  return readFileAs(format, join(FIXTURES, file), times);
}

/** Files that stand in one folder; the first is read. */
export async function readWritten(
  format: ExportFormat,
  files: Readonly<Record<string, string | Uint8Array>>,
  times: Times = {},
): Promise<ReadExport> {
  const root = archiveOnDisk(files);
  return readFileAs(format, join(root, Object.keys(files)[0] ?? ''), times);
}

export async function readFileAs(format: ExportFormat, path: string, times: Times = {}): Promise<ReadExport> {
  const { source } = await openSource(path);
  const skipped: string[] = [];
  const context: ExportContext = { clock: shanghai, ...times, skip: (line, what) => skipped.push(`${line}: ${what}`) };
  const messages: ExportedMessage[] = [];
  for await (const portion of format.read(source, context)) messages.push(...portion);
  return { messages, skipped, said: messages.map(({ at, name, body }) => [when(at), name, body]) };
}

export async function recognisedBy(formats: readonly ExportFormat[], path: string): Promise<readonly string[]> {
  const { head, firstBytes } = await openSource(path);
  return formats.filter((format) => format.recognises(head, firstBytes)).map(({ id }) => id);
}

/** Local date and time, or `undated`. */
export function when(at: number | undefined): string {
  if (at === undefined) return 'undated';
  const { date, time } = shanghai.local(at);
  return `${date} ${time}`;
}

export const kindsOf = ({ messages }: ReadExport): readonly (string | undefined)[] => messages.map(({ kind }) => kind);

/** A zip with these files; `claimed` is the size it says each unpacks to, which may be a lie. */
export function zipped(files: Readonly<Record<string, string>>, claimed: (size: number) => number = (size) => size): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const path = Buffer.from(name);
    // Version 20, names in UTF-8, deflated, no time; the checksum is 0, for the reader does not look at it.
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(0x800, 2);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(claimed(bytes.length), 18);
    about.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), about, path, packed]);
    const position = Buffer.alloc(14);
    position.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), about, position, path]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(centrals.length, 8);
  end.writeUInt16LE(centrals.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
