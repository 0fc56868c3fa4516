/** Fetching the model from mirrors that cut, lie, stall and redirect: in the end there are the right files or one sentence. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FetchOptions, type FetchProgress, fetchModel, MODEL_MIRRORS } from '../../../knowledge/semantic/fetch-model.js';
import { lackingFiles, MODEL_FILES, type ModelFile } from '../../../knowledge/semantic/model-files.js';
import { type Loopback, serveLoopback } from './loopback.js';

const CONTENTS: Readonly<Record<string, Buffer>> = {
  'config.json': Buffer.from('{"small": true}'),
  'onnx/network.onnx': Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 31) % 251)),
};
const FILES: readonly ModelFile[] = Object.entries(CONTENTS).map(([path, bytes]) => ({
  path,
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
}));
const TOTAL = FILES.reduce((sum, { size }) => sum + size, 0);
const BIG = 'onnx/network.onnx';

type Handler = (request: IncomingMessage, response: ServerResponse, bytes: Buffer) => void;

let dir: string;
let mirrors: Loopback[];
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'qunshi-fetch-')), 'models', 'some');
  mirrors = [];
});
afterEach(async () => {
  await Promise.all(mirrors.map((mirror) => mirror.close()));
  rmSync(join(dir, '..', '..'), { recursive: true, force: true });
});

/** Where a server is meant to try it. */
const BRIEF = { connect: 5_000, silence: 500 };

/** A mirror that handles requests for the big file this way, one handler after the other, the last one from then on. */
async function mirror(...handlers: readonly Handler[]): Promise<Loopback> {
  let asked = 0;
  const server = await serveLoopback((request, response) => {
    const path = (request.url ?? '').replace('/model/', '');
    const bytes = CONTENTS[path];
    if (bytes === undefined) response.writeHead(404).end();
    else if (path !== BIG) serveWell(request, response, bytes);
    else {
      (handlers[Math.min(asked, handlers.length - 1)] ?? serveWell)(request, response, bytes);
      asked += 1;
    }
  });
  mirrors.push(server);
  return server;
}

function serveWell(request: IncomingMessage, response: ServerResponse, bytes: Buffer): void {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const range = start > 0 ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {};
  response.writeHead(start > 0 ? 206 : 200, { 'content-length': bytes.length - start, ...range });
  response.end(bytes.subarray(start));
}
/** Keeps to the range asked for, but hangs up after so many bytes. */
const cutAfter =
  (count: number): Handler =>
  (request, response, bytes) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const range = start > 0 ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {};
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': bytes.length - start, ...range });
    response.write(bytes.subarray(start, start + count), () => setTimeout(() => response.destroy(), 20));
  };
const wrongBytes: Handler = (request, response, bytes) => serveWell(request, response, Buffer.alloc(bytes.length, 7));
const noRanges: Handler = (_, response, bytes) => response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
const status =
  (code: number): Handler =>
  (_, response) =>
    response.writeHead(code, { 'content-type': 'text/html' }).end('<html>no</html>');
const sayNothing: Handler = () => undefined;

const fetchFrom = (servers: readonly Pick<Loopback, 'url'>[], options: Partial<FetchOptions> = {}) =>
  fetchModel({
    dir,
    files: FILES,
    mirrors: servers.map(({ url }) => `${url}model`),
    patience: { connect: 5_000, silence: 5_000 },
    ...options,
  });
const expectWhole = () => {
  for (const [path, bytes] of Object.entries(CONTENTS)) expect(readFileSync(join(dir, path)).equals(bytes), path).toBe(true);
  expect(readdirSync(join(dir, 'onnx'))).toEqual(['network.onnx']);
};
const rangesOf = ({ requests }: Loopback) =>
  requests.flatMap(({ url, headers }) => (url?.endsWith(BIG) ? [headers.range ?? 'all'] : []));

describe('the model', () => {
  it('comes from the first mirror that has it, in files with the right names', async () => {
    const [first, second] = [await mirror(), await mirror()];
    await fetchFrom([first, second]);
    expectWhole();
    expect([first.requests.length, second.requests.length]).toEqual([2, 0]);
  });

  it('is not fetched if it is there, and only what is missing or damaged otherwise', async () => {
    const server = await mirror();
    await fetchFrom([server]);
    await fetchFrom([server]);
    expect(server.requests).toHaveLength(2);
    writeFileSync(join(dir, 'config.json'), '{"small": tru3}');
    expect((await lackingFiles(dir, FILES)).map(({ path }) => path)).toEqual(['config.json']);
    await fetchFrom([server]);
    expect(server.requests).toHaveLength(3);
    expectWhole();
  });

  it('tells how much of it is there, and from where', async () => {
    const told: FetchProgress[] = [];
    const server = await mirror(cutAfter(100_000), serveWell);
    await fetchFrom([server], { onProgress: (progress) => told.push(progress) });
    expect(told.every(({ total, mirror }) => total === TOTAL && mirror === server.host)).toBe(true);
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).sort((a, b) => a - b));
    expect(told.at(-1)?.done).toBe(TOTAL);
  });

  it('is asked for at the addresses where it is known to be', () => {
    const addresses = MODEL_MIRRORS.map((mirror) => new URL(MODEL_FILES.at(-1)?.path ?? '', mirror).href);
    expect(addresses).toEqual([
      'https://huggingface.co/Xenova/bge-small-zh-v1.5/resolve/main/onnx/model_quantized.onnx',
      'https://hf-mirror.com/Xenova/bge-small-zh-v1.5/resolve/main/onnx/model_quantized.onnx',
      'https://modelscope.cn/models/Xenova/bge-small-zh-v1.5/resolve/master/onnx/model_quantized.onnx',
    ]);
  });
});

describe('a connection that is cut', () => {
  it('is taken up again where it was cut', async () => {
    const server = await mirror(cutAfter(100_000), cutAfter(50_000), serveWell);
    await fetchFrom([server]);
    expectWhole();
    expect(rangesOf(server)).toEqual(['all', 'bytes=100000-', 'bytes=150000-']);
  });

  it('begins again where the server knows no ranges', async () => {
    const server = await mirror(cutAfter(100_000), noRanges);
    await fetchFrom([server]);
    expectWhole();
    expect(rangesOf(server)).toEqual(['all', 'bytes=100000-']);
  });

  it('for good is gone on with from the next mirror, and by the next command', async () => {
    const [first, second] = [await mirror(cutAfter(100_000), status(503)), await mirror(cutAfter(50_000), status(503))];
    await expect(fetchFrom([first, second])).rejects.toThrow('HTTP 503');
    expect(rangesOf(second)[0]).toBe('bytes=100000-');
    const later = await mirror();
    await fetchFrom([later]);
    expectWhole();
    expect(rangesOf(later)).toEqual(['bytes=150000-']);
  });

  it('before anything came is not tried again', async () => {
    const [first, second] = [await mirror((_, response) => response.destroy()), await mirror()];
    await fetchFrom([first, second]);
    expectWhole();
    expect(rangesOf(first)).toHaveLength(1);
  });

  it('again and again is given up in the end', async () => {
    const server = await mirror(cutAfter(1));
    await expect(fetchFrom([server])).rejects.toThrow(server.host);
    expect(rangesOf(server).length).toBeLessThan(10);
  });
});

describe('wrong bytes', () => {
  it('are never taken for the model: the next mirror is asked', async () => {
    const [first, second] = [await mirror(wrongBytes), await mirror()];
    await fetchFrom([first, second]);
    expectWhole();
    expect([rangesOf(first), rangesOf(second)]).toEqual([['all'], ['all']]);
  });

  it('from an earlier attempt are not held against the mirror that gave the rest', async () => {
    mkdirSync(join(dir, 'onnx'), { recursive: true });
    writeFileSync(join(dir, `${BIG}.part`), Buffer.alloc(1_000));
    const server = await mirror();
    await fetchFrom([server]);
    expectWhole();
    expect(rangesOf(server)).toEqual(['bytes=1000-', 'all']);
  });

  it.each<[string, Handler]>([
    ['too few', (request, response, bytes) => serveWell(request, response, bytes.subarray(0, -1))],
    ['too many', (request, response, bytes) => serveWell(request, response, Buffer.concat([bytes, bytes]))],
    ['too many, without a length', (_, response, bytes) => response.end(Buffer.concat([bytes, bytes]))],
    [
      'too few, without a length',
      (_, response, bytes) => response.writeHead(200).write(bytes.subarray(0, 9), () => response.end()),
    ],
    ['a page instead', status(200)],
    [
      'another part',
      (_, response, bytes) =>
        response.writeHead(206, { 'content-range': `bytes 5-${bytes.length - 1}/${bytes.length}` }).end(bytes.subarray(5)),
    ],
  ])('are noticed by their number (%s)', async (_, handler) => {
    const [first, second] = [await mirror(handler), await mirror()];
    await fetchFrom([first, second]);
    expectWhole();
    expect(rangesOf(second).length).toBeGreaterThan(0);
  });

  it('from every mirror leave nothing that could be taken for the model', async () => {
    const server = await mirror(wrongBytes);
    await expect(fetchFrom([server])).rejects.toThrow(
      `the model could not be fetched (${server.host}: has other bytes under this name)`,
    );
    expect(existsSync(join(dir, BIG))).toBe(false);
    expect(await lackingFiles(dir, FILES)).toEqual([FILES[1]]);
  });
});

describe('a redirect', () => {
  it('is followed, with the part that is wanted', async () => {
    const store = await mirror();
    const redirect: Handler = (_, response) => response.writeHead(302, { location: `${store.url}model/${BIG}` }).end();
    const server = await mirror(cutAfter(100_000), redirect);
    await fetchFrom([server]);
    expectWhole();
    expect(rangesOf(store)).toEqual(['bytes=100000-']);
  });

  it('may be relative', async () => {
    const server = await mirror((_, response) => response.writeHead(307, { location: `/model/${BIG}` }).end(), serveWell);
    await fetchFrom([server]);
    expectWhole();
  });

  it.each([
    ['in a circle', `/model/${BIG}`, 'redirected too often'],
    ['to another protocol', 'ftp://files.example/x', 'redirected to ftp:'],
    ['to nowhere', 'http://', 'redirected to nowhere'],
  ])('%s is told', async (_, location, words) => {
    const server = await mirror((_, response) => response.writeHead(302, { location }).end());
    await expect(fetchFrom([server])).rejects.toThrow(`${server.host}: ${words}`);
  });
});

describe('a mirror that does not answer', () => {
  it('is left for the next one, whichever way it does not', async () => {
    const silent = await mirror(sayNothing);
    const stalling = await mirror((_, response, bytes) => {
      response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 100_000));
    });
    const good = await mirror();
    await fetchFrom([silent, stalling, good], { patience: BRIEF });
    expectWhole();
    expect(rangesOf(good)).toEqual(['bytes=100000-']);
  });

  it('is told with its reason, all in one sentence', async () => {
    const [gone, missing, silent] = [await mirror(), await mirror(status(404)), await mirror(sayNothing)];
    await gone.close();
    await expect(fetchFrom([gone, missing, silent], { patience: BRIEF })).rejects.toThrow(
      `the model could not be fetched (${gone.host}: connection failed (ECONNREFUSED); ` +
        `${missing.host}: answered with HTTP 404; ${silent.host}: silent for 0.5 s)`,
    );
  });

  it('for a connection is left soon', async () => {
    // A server that takes the connection and then never agrees on encryption: no connection stands.
    const stuck = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => stuck.listen(0, '127.0.0.1', resolve));
    const address = stuck.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await expect(
      fetchFrom([], { mirrors: [`https://127.0.0.1:${port}/`], patience: { connect: 200, silence: 60_000 } }),
    ).rejects.toThrow('no connection within 0.2 s');
    await new Promise((resolve) => stuck.close(resolve));
  });
});

describe('a folder', () => {
  it('that cannot be made is told as it is', async () => {
    const server = await mirror();
    writeFileSync(join(dir, '..', '..', 'file'), '');
    await expect(fetchFrom([server], { dir: join(dir, '..', '..', 'file', 'model') })).rejects.toThrow('ENOTDIR');
  });

  it('that two programs fill at the same time is filled well', async () => {
    const server = await mirror();
    await Promise.allSettled([fetchFrom([server]), fetchFrom([server])]);
    await fetchFrom([server]);
    expectWhole();
  });
});
