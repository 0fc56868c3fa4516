/**
 * One file over HTTP, going on where an earlier attempt was cut.
 *
 * In: an address, and the file on disk, which may hold a beginning. Out: the file with exactly so many bytes, or a
 * DownloadError; what has arrived stays on disk. What the bytes are is for the caller to check.
 *
 * Not fetch: it cannot give up a connection early and yet wait for a slow answer, and through a bad line both matter.
 */
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { dirname } from 'node:path';

/** Ms. */
export interface Patience {
  /** Until a connection stands. */
  readonly connect: number;
  /** Between any two signs of life after that. */
  readonly silence: number;
}

export interface DownloadOptions {
  readonly url: URL;
  /** Made if need be, with its folder. */
  readonly path: string;
  /** Bytes of the whole file. */
  readonly size: number;
  readonly patience: Patience;
  /** Called with the bytes on disk whenever some arrive. */
  readonly onBytes: (bytes: number) => void;
}

/** Why a download failed, in a few words that go behind the server's name. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  constructor(
    message: string,
    /** Whether more of the file is there than before, so that another attempt gets further still. */
    readonly isCut: boolean,
  ) {
    super(message);
  }
}

const MOST_REDIRECTS = 5;

/** @throws DownloadError for what the server does, NodeJS.ErrnoException for what the disk does */
export async function download({ url, path, size, patience, onBytes }: DownloadOptions): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await openKeeping(path);
  try {
    const { size: present } = await file.stat();
    if (present === size) return;
    if (present > size) await file.truncate(0);
    const begun = present > size ? 0 : present;
    const response = await request(url, begun, patience);
    response.setTimeout(patience.silence, () => response.destroy(silent(patience)));
    const start = startOf(response, begun, size);
    await write({ response, file, begun, start, size, onBytes });
  } finally {
    await file.close();
  }
}

/**
 * Neither emptied nor appended to: every byte is written at its place. Two programs that fetch the same file at the same time
 * then write the same bytes to the same places, and do each other no harm.
 */
async function openKeeping(path: string): Promise<FileHandle> {
  await (await open(path, 'a')).close();
  return open(path, 'r+');
}

async function write({
  response,
  file,
  begun,
  start,
  size,
  onBytes,
}: Pick<DownloadOptions, 'size' | 'onBytes'> & {
  readonly response: IncomingMessage;
  readonly file: FileHandle;
  /** Bytes that were there before. */
  readonly begun: number;
  /** Where the body begins. */
  readonly start: number;
}): Promise<void> {
  let position = start;
  onBytes(position);
  const bytes = response[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await bytes.next().catch((error) => {
      throw new DownloadError(reasonOf(error), position > begun);
    });
    if (done) break;
    const chunk = value as Buffer;
    if (position + chunk.length > size) {
      response.destroy();
      throw new DownloadError('has a file of another length under this name', false);
    }
    // May write less than asked.
    for (let written = 0; written < chunk.length; ) {
      written += (await file.write(chunk, written, chunk.length - written, position + written)).bytesWritten;
    }
    position += chunk.length;
    onBytes(position);
  }
  if (position < size) throw new DownloadError('ended before the end of the file', position > begun);
}

/** Where in the file the body begins: servers may ignore the wish for a part. */
function startOf(response: IncomingMessage, begun: number, size: number): number {
  const { statusCode, headers } = response;
  const refuse = (reason: string) => {
    response.destroy();
    return new DownloadError(reason, false);
  };
  if (statusCode !== 200 && statusCode !== 206) throw refuse(`answered with HTTP ${statusCode}`);
  const start = statusCode === 206 ? begun : 0;
  if (statusCode === 206 && !headers['content-range']?.startsWith(`bytes ${begun}-`)) {
    throw refuse('sent another part than was asked for');
  }
  const length = headers['content-length'];
  if (length !== undefined && Number(length) !== size - start) throw refuse('has a file of another length under this name');
  return start;
}

async function request(url: URL, begun: number, patience: Patience): Promise<IncomingMessage> {
  let at = url;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await requestOnce(at, begun, patience);
    const { statusCode = 0, headers } = response;
    if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) return response;
    response.destroy();
    if (!URL.canParse(headers.location, at.href)) throw new DownloadError('redirected to nowhere', false);
    at = new URL(headers.location, at);
  }
  throw new DownloadError('redirected too often', false);
}

function requestOnce(url: URL, begun: number, patience: Patience): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new DownloadError(reason, false));
    const get = { 'http:': getHttp, 'https:': getHttps }[url.protocol];
    if (get === undefined) return fail(`redirected to ${url.protocol}`);
    // Identity: a compressed body would not have the places that were asked for.
    const headers = { 'accept-encoding': 'identity', ...(begun > 0 ? { range: `bytes=${begun}-` } : {}) };
    const sent = get(url, { headers }, resolve);
    const noConnection = setTimeout(() => sent.destroy(unconnected(patience)), patience.connect);
    sent.on('socket', (socket) => {
      const connected = () => clearTimeout(noConnection);
      if (!socket.connecting) connected();
      else socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', connected);
    });
    sent.setTimeout(patience.silence, () => sent.destroy(silent(patience)));
    sent.on('error', (error) => fail(reasonOf(error)));
    sent.on('close', () => clearTimeout(noConnection));
  });
}

const unconnected = ({ connect }: Patience) => new Error(`no connection within ${connect / 1_000} s`);
const silent = ({ silence }: Patience) => new Error(`silent for ${silence / 1_000} s`);

/** Ours are sentences already; those of Node have a code that says more in less. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined ? message : `connection failed (${code})`;
}
