/**
 * A file that the admin handed over -> its bytes, text and lines as streams, decoded.
 *
 * Text is UTF-8, UTF-16 with a byte order mark, or GBK; which, the beginning tells, and where it is ASCII throughout the first
 * byte that is not. Never more than a few portions of the file are in memory.
 */
import { isAscii } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import iconv from 'iconv-lite';
import { decode } from '../decode.js';
import { type ExportSource, UnreadableExport } from '../formats/export-format.js';

/** So much of a file tells its format and encoding, bytes. */
const HEAD = 64 * 1024;
const PORTION = 32 * 1024;
/** A longer line is no line of a chat export; characters. */
const LONGEST_LINE = 16 * 1024 * 1024;
/** What stands beside an export is a list of people; bytes. */
const LARGEST_BESIDE = 64 * 1024 * 1024;

export interface OpenedSource {
  readonly source: ExportSource;
  /** The first 64 KB, as bytes and decoded; '' if they are no text. */
  readonly firstBytes: Uint8Array;
  readonly head: string;
  /** Of the whole file. */
  readonly size: number;
}

/**
 * `onBytes` is told how many bytes were read, as they are, `onBeside` the names of files beside it that were used. Rejects with the file system's error if the file cannot be read; so do
 * the streams, and those of text with {@link UnreadableExport} if the file is no text.
 */
export async function openSource(
  path: string,
  onBytes: (bytes: number) => void = () => undefined,
  onBeside: (name: string) => void = () => undefined,
): Promise<OpenedSource> {
  const firstBytes = await beginningOf(path);
  const { size } = await stat(path);
  const head = decode(firstBytes.length < size ? wholeCharacters(firstBytes) : firstBytes);
  const text = (): AsyncIterable<string> => decoded(bytes(), basename(path));
  async function* bytes(): AsyncIterable<Uint8Array> {
    for await (const portion of createReadStream(path, { highWaterMark: PORTION })) {
      onBytes((portion as Buffer).length);
      yield portion as Buffer;
    }
  }
  const beside = async (name: string): Promise<string | undefined> => {
    const found = await textBeside(path, name);
    if (found !== undefined) onBeside(name);
    return found;
  };
  return {
    source: { name: basename(path), path, bytes, text, lines: () => linesOf(text()), beside },
    firstBytes,
    head: head.ok ? head.text.replace(/^\ufeff/, '') : '',
    size,
  };
}

async function beginningOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** A character of UTF-8 cut in two at the end must not make the bytes look like another encoding. */
function wholeCharacters(bytes: Buffer): Buffer {
  let last = bytes.length - 1;
  while (last > 0 && last > bytes.length - 4 && ((bytes[last] as number) & 0xc0) === 0x80) last--;
  return (bytes[last] as number) >= 0xc0 ? bytes.subarray(0, last) : bytes;
}

/** The text of a small file in the same folder; undefined if there is none. A name never leads out of the folder. */
async function textBeside(path: string, name: string): Promise<string | undefined> {
  if (basename(name) !== name) return undefined;
  const there = join(dirname(path), name);
  const info = await stat(there).catch(() => undefined);
  if (!info?.isFile() || info.size > LARGEST_BESIDE) return undefined;
  const read = decode(await readFile(there));
  return read.ok ? read.text.replace(/^\ufeff/, '') : undefined;
}

/** A byte order mark is left out. `name` is for the fault that it is no text. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>, name: string): AsyncIterable<string> {
  let decoder: Decoder | undefined;
  for await (const portion of bytes) {
    // ASCII is the same in UTF-8 and GBK, so until something else comes either may be meant.
    if (decoder === undefined && isAscii(portion)) yield Buffer.from(portion).toString('latin1');
    else {
      decoder ??= decoderFor(portion, name);
      yield decoder.decode(portion, { stream: true });
    }
  }
  if (decoder !== undefined) yield decoder.decode();
}

interface Decoder {
  decode(bytes?: Uint8Array, options?: { readonly stream: boolean }): string;
}

/** `portion` is the first that is not ASCII. */
function decoderFor(portion: Uint8Array, name: string): Decoder {
  const read = decode(wholeCharacters(Buffer.from(portion.subarray(portion.findIndex((byte) => byte > 0x7f)))));
  if (!read.ok) throw new UnreadableExport(`${name} is not a text file`);
  if (read.encoding === 'UTF-16') return new TextDecoder(portion[0] === 0xfe ? 'utf-16be' : 'utf-16le');
  if (read.encoding !== 'GBK') return new TextDecoder();
  const gbk = iconv.getDecoder('gb18030');
  return { decode: (bytes) => (bytes === undefined ? (gbk.end() ?? '') : gbk.write(Buffer.from(bytes))) };
}

/** Lines in portions, without their ends. A last line without an end counts, an empty one does not. */
export async function* linesOf(text: AsyncIterable<string>): AsyncIterable<readonly string[]> {
  let rest = '';
  for await (const portion of text) {
    const lines = (rest + portion).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw new UnreadableExport('a line is longer than 16 MB: this is no export of a chat');
    if (lines.length > 0) yield lines.map(withoutReturn);
  }
  if (rest !== '') yield [withoutReturn(rest)];
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
