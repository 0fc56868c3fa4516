/**
 * Vectors on disk, so that a text is embedded once and not at every start.
 *
 * In: packed vectors under the keys of their texts. Out: the same, as far as they are whole. One file a model, only ever
 * appended to: a line that says format, dimensions and model, then records of one size, each with a checksum. A file is
 * believed up to its first damaged record; there it is cut off, and what is lost is simply made again. So a crash in the
 * middle of a record, or two programs that share the file, can cost work but never give a wrong vector.
 */
import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { PackedVector } from './vectors.js';

export interface KeyedVector {
  readonly key: number;
  readonly vector: PackedVector;
}

export interface VectorCache {
  /** Every whole record, oldest first. `visit` has to copy what it keeps. */
  read(visit: (key: number, vector: PackedVector) => void): Promise<void>;
  append(vectors: readonly KeyedVector[]): Promise<void>;
  close(): Promise<void>;
}

/** Raise it whenever the form of a record changes. */
const FORMAT = 1;
/** Bytes before and after a vector's components: its key and factor, and the checksum of all. */
const HEAD = 8 + 4;
const TAIL = 4;
/** Bytes read at a time, roughly. */
const CHUNK = 1 << 20;

/**
 * Opens or begins the file of one model. A file of another format, model or dimension is emptied.
 *
 * @param id names the model, as Embedder.id does
 * @throws NodeJS.ErrnoException if the folder cannot be written
 */
export async function openVectorCache(dir: string, id: string, dimensions: number): Promise<VectorCache> {
  // Something of a text can be guessed from its vector.
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, fileName(id));
  const file = await open(path, 'a+', 0o600);
  const header = Buffer.from(`qunshi vectors ${FORMAT} ${dimensions} ${JSON.stringify(id)}\n`);
  const recordSize = HEAD + dimensions + TAIL;
  try {
    const start = await readAt(file, 0, header.length);
    if (!start.equals(header)) {
      await truncate(path);
      await file.appendFile(header);
    }
  } catch (error) {
    await file.close();
    throw error;
  }

  return {
    async read(visit) {
      const size = recordSize * Math.max(1, Math.floor(CHUNK / recordSize));
      for (let offset = header.length; ; ) {
        const chunk = await readAt(file, offset, size);
        let at = 0;
        while (at + recordSize <= chunk.length && isWhole(chunk, at, recordSize)) {
          const components = new Int8Array(chunk.buffer, chunk.byteOffset + at + HEAD, dimensions);
          visit(chunk.readDoubleLE(at), { components, factor: chunk.readFloatLE(at + 8) });
          at += recordSize;
        }
        offset += at;
        if (at < chunk.length) return truncate(path, offset);
        if (chunk.length < size) return;
      }
    },
    async append(vectors) {
      const records = Buffer.alloc(recordSize * vectors.length);
      vectors.forEach(({ key, vector }, i) => {
        const at = i * recordSize;
        records.writeDoubleLE(key, at);
        records.writeFloatLE(vector.factor, at + 8);
        records.set(new Uint8Array(vector.components.buffer, vector.components.byteOffset, dimensions), at + HEAD);
        records.writeUInt32LE(crc32(records.subarray(at, at + recordSize - TAIL)), at + recordSize - TAIL);
      });
      await file.appendFile(records);
    },
    close: () => file.close(),
  };
}

function isWhole(chunk: Buffer, at: number, recordSize: number): boolean {
  const end = at + recordSize - TAIL;
  // An all-zero record, as file systems leave behind after a power cut, has a checksum other than 0.
  return crc32(chunk.subarray(at, end)) === chunk.readUInt32LE(end);
}

/** Fewer bytes only at the end of the file. */
async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

/** Readable, and different for different ids whatever signs they hold. */
function fileName(id: string): string {
  const readable = id.replace(/[^\w.-]+/g, '_').slice(0, 60);
  return `${readable}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}.vectors`;
}
