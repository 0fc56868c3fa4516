/**
 * Lines -> the ends of files, so that a crash at any moment costs at most what was not yet on the disk, and damages nothing.
 *
 * In: whole lines, in batches. A torn last line, as a crash leaves it, is cut off before anything is written behind it. Files can
 * be read by their owner alone. Not to be used by two callers at once: the recorder takes turns.
 */
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { putInPlace } from '../put-in-place.js';
import { fingerprintOf } from '../scan.js';

export interface Appended {
  /** 1-based line of the first one appended. */
  readonly line: number;
  /** Bytes before, 0 for a new file. */
  readonly before: number;
  readonly bytes: number;
  /** As a scan would take it. */
  readonly fingerprint: string;
}

export interface Appender {
  /** `header`, if any, is the first line of a new file. The lines can be read afterwards, but are only safe after `sync`. */
  append(path: string, header: string | undefined, lines: readonly string[]): Promise<Appended>;
  /** Puts one line in place of those that `isMeant` picks: a new file in place of the old one. True if there was any. */
  replace(path: string, isMeant: (line: string) => boolean, by: (line: string) => string): Promise<boolean>;
  /** Fulfilled when everything appended is on the disk. */
  sync(): Promise<void>;
}

interface Known {
  readonly ino: bigint;
  readonly size: number;
  readonly lines: number;
}

export function appender(): Appender {
  const unsafe = new Map<string, FileHandle>();
  const known = new Map<string, Known>();

  const opened = async (path: string): Promise<FileHandle> => {
    const before = unsafe.get(path);
    // Somebody may have put another file in its place.
    if (before && (await sameFile(before, path))) return before;
    if (before) await release(path, before);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'a+', 0o600);
    unsafe.set(path, file);
    return file;
  };
  const release = async (path: string, file: FileHandle): Promise<void> => {
    unsafe.delete(path);
    await file.close();
  };
  const sync = async (): Promise<void> => {
    for (const [path, file] of unsafe) {
      try {
        await file.sync();
      } finally {
        await release(path, file);
      }
    }
  };

  return {
    async append(path, header, lines) {
      const file = await opened(path);
      const { ino, size } = await file.stat({ bigint: true });
      const last = known.get(path);
      const { size: before, lines: above } =
        last?.ino === ino && last.size === Number(size) ? last : await mended(file, Number(size));
      const heads = before === 0 && header !== undefined ? [header] : [];
      const text = [...heads, ...lines].map((line) => `${line}\n`).join('');
      try {
        await file.appendFile(text);
      } catch (error) {
        // A full disk may have taken half of it.
        await file.truncate(before).catch(() => undefined);
        throw error;
      }
      const now = await file.stat({ bigint: true });
      const first = above + heads.length + 1;
      known.set(path, { ino, size: before + Buffer.byteLength(text), lines: first - 1 + lines.length });
      return { line: first, before, bytes: Number(now.size), fingerprint: fingerprintOf(now) };
    },
    async replace(path, isMeant, by) {
      await sync();
      const file = await open(path, 'r');
      const lines = await file.readFile('utf8').finally(() => file.close());
      let isFound = false;
      const text = lines
        .split('\n')
        .map((line) => {
          if (!isMeant(line)) return line;
          isFound = true;
          return by(line);
        })
        .join('\n');
      if (isFound) await putInPlace(path, text, 0o600);
      return isFound;
    },
    sync,
  };
}

async function sameFile(file: FileHandle, path: string): Promise<boolean> {
  const there = await open(path, 'r').catch(() => undefined);
  if (!there) return false;
  try {
    return (await there.stat({ bigint: true })).ino === (await file.stat({ bigint: true })).ino;
  } finally {
    await there.close();
  }
}

/** Makes the file end with a line's end; its size and lines then. */
async function mended(file: FileHandle, size: number): Promise<{ readonly size: number; readonly lines: number }> {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at < size; ) {
    const { bytesRead } = await file.read(bytes, at, size - at, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  const end = bytes.lastIndexOf(10) + 1;
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  if (end === size) return { size, lines };
  try {
    // Only the line's end is missing: the message is whole.
    JSON.parse(bytes.toString('utf8', end));
    await file.appendFile('\n');
    return { size: size + 1, lines: lines + 1 };
  } catch {
    await file.truncate(end);
    return { size: end, lines };
  }
}
