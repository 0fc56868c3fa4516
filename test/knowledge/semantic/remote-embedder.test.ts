/** A model behind an endpoint: what is sent, and that no failure of the endpoint is more than one sentence without the key. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Embedder } from '../../../knowledge/semantic/embedder.js';
import { createRemoteEmbedder } from '../../../knowledge/semantic/remote-embedder.js';
import { type Loopback, serveLoopback } from './loopback.js';

const KEY = 'sk-very-secret';

interface Asked {
  readonly model: string;
  readonly input: readonly string[];
}
type Handler = (asked: Asked, response: ServerResponse, request: IncomingMessage) => void;

let server: Loopback;
let embedder: Embedder;
let handlers: Handler[];
let asked: Asked[];
let pauses: number[];
let now: number;

beforeEach(async () => {
  [handlers, asked, pauses, now] = [[], [], [], 0];
  server = await serveLoopback(async (request, response) => {
    const body = (await json(request)) as Asked;
    asked.push(body);
    (handlers.shift() ?? answerWell)(body, response, request);
  });
  embedder = createRemoteEmbedder({
    url: `${server.url}v1/embeddings`,
    model: 'some-model',
    key: KEY,
    clock: () => now,
    pause: async (ms) => {
      pauses.push(ms);
    },
  });
});
afterEach(async () => {
  await embedder.close();
  await server.close();
});

/** A vector that tells the text's number, not yet of length 1. */
const vectorOf = (text: string) => [3 * Number(text.replace(/\D/g, '') || 1), 4];
const answerWell: Handler = ({ input }, response) =>
  respond(response, { data: input.map((text, index) => ({ object: 'embedding', index, embedding: vectorOf(text) })) });
const respond = (response: ServerResponse, body: unknown, status = 200, headers = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};
const status =
  (code: number, headers = {}): Handler =>
  (_, response) =>
    // As some servers do, it quotes the key.
    respond(response, { error: { message: `Incorrect API key provided: ${KEY}` } }, code, headers);
const hangUp: Handler = (_, response) => response.destroy();
const hangUpHalfWay: Handler = (_, response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('{"data":[', () => response.destroy());
};
const direction = (text: string) => {
  const [x = 0, y = 0] = vectorOf(text);
  return Float32Array.of(x / Math.hypot(x, y), y / Math.hypot(x, y));
};
const faultOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error: Error) => error.message,
  );

describe('texts', () => {
  it('are posted with model and key, and come back in order with length 1', async () => {
    handlers.push(({ input }, response) =>
      respond(response, { data: input.map((text, index) => ({ index, embedding: vectorOf(text) })).reverse() }),
    );
    const vectors = await embedder.embed(['1', '20', '300'], 'passage');
    expect(asked).toEqual([{ model: 'some-model', input: ['1', '20', '300'] }]);
    expect(server.requests[0]?.url).toBe('/v1/embeddings');
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    for (const [i, text] of ['1', '20', '300'].entries()) {
      vectors[i]?.forEach((x, k) => {
        expect(x).toBeCloseTo(direction(text)[k] as number, 6);
      });
    }
  });

  it('go in batches, and a long one is shortened', async () => {
    const texts = Array.from({ length: 150 }, (_, i) => String(i + 1));
    expect(await embedder.embed([...texts, '长'.repeat(5_000)], 'passage')).toHaveLength(151);
    expect(asked.flatMap(({ input }) => input).slice(0, 150)).toEqual(texts);
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.at(-1)?.input.at(-1)).toBe('长'.repeat(500));
  });

  it('tell how long the vectors are, for one request', async () => {
    expect(await embedder.dimensions()).toBe(2);
    expect(await embedder.dimensions()).toBe(2);
    expect(asked).toHaveLength(1);
  });

  it('need no key where the server wants none', async () => {
    const open = createRemoteEmbedder({ url: server.url, model: 'm' });
    await open.embed(['1'], 'query');
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
  });
});

describe('a server that takes fewer texts at a time', () => {
  const atMost =
    (most: number): Handler =>
    (body, response, request) =>
      body.input.length > most ? status(400)(body, response, request) : answerWell(body, response, request);

  it('gets fewer from then on', async () => {
    handlers = Array(100).fill(atMost(10));
    const texts = Array.from({ length: 64 }, (_, i) => String(i + 1));
    const vectors = await embedder.embed(texts, 'passage');
    expect(vectors.map((vector) => vector?.length)).toEqual(Array(64).fill(2));
    asked.length = 0;
    await embedder.embed(texts, 'passage');
    expect(asked.map(({ input }) => input.length)).toEqual(Array(8).fill(8));
  });

  it('loses only the text that it does not like at all', async () => {
    handlers = Array(100).fill(((body, response, request) =>
      (body.input.includes('7') ? status(400) : answerWell)(body, response, request)) satisfies Handler);
    const texts = Array.from({ length: 20 }, (_, i) => String(i + 1));
    const vectors = await embedder.embed(texts, 'passage');
    expect(vectors.flatMap((vector, i) => (vector === undefined ? [texts[i]] : []))).toEqual(['7']);
    asked.length = 0;
    await embedder.embed(texts.slice(8), 'passage');
    expect(asked).toHaveLength(1);
  });

  it('and refuses even the first of all has no such model', async () => {
    handlers = Array(100).fill(status(400));
    expect(await faultOf(embedder.embed(['1', '2', '3'], 'passage'))).toBe(`${server.host} refuses the request (HTTP 400)`);
    expect(asked.length).toBeLessThan(5);
  });
});

describe('a failure that may pass', () => {
  it.each<[string, Handler]>([
    ['500', status(500)],
    ['503', status(503)],
    ['429', status(429)],
    ['a connection hung up', hangUp],
    ['an answer hung up half way', hangUpHalfWay],
    ['no JSON', (_, response) => respond(response, '<html>busy</html>')],
  ])('(%s) is tried again, ever later, and then goes unnoticed', async (_, handler) => {
    handlers.push(handler, handler, handler);
    expect(await embedder.embed(['1'], 'passage')).toHaveLength(1);
    expect(pauses).toHaveLength(3);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(asked).toHaveLength(4);
  });

  it('is told in the end', async () => {
    handlers = Array(10).fill(status(503));
    expect(await faultOf(embedder.embed(['1'], 'passage'))).toBe(`${server.host} is out of order (HTTP 503)`);
    expect(asked).toHaveLength(4);
  });

  it('is waited out as long as the server wishes, within reason, but never by a question', async () => {
    handlers.push(status(429, { 'retry-after': '12' }), status(429, { 'retry-after': '86400' }));
    await embedder.embed(['1'], 'passage');
    expect(pauses).toEqual([12_000, 30_000]);
    handlers.push(status(429, { 'retry-after': '12' }));
    expect(await faultOf(embedder.embed(['1'], 'query'))).toBe(`${server.host} is asked too often (HTTP 429)`);
  });

  it('is tried twice for a question, with a short pause', async () => {
    handlers.push(status(500), status(500));
    expect(await faultOf(embedder.embed(['1'], 'query'))).toContain('out of order');
    expect(asked).toHaveLength(2);
    expect(Math.max(...pauses)).toBeLessThan(500);
  });
});

describe('a failure that stays', () => {
  it.each<[string, Handler, string]>([
    ['401', status(401), 'does not accept the key (HTTP 401)'],
    ['403', status(403), 'does not accept the key (HTTP 403)'],
    ['404', status(404), 'knows no such address or model (HTTP 404)'],
    ['a redirect', status(302, { location: 'http://elsewhere.example/' }), 'answers with HTTP 302'],
    ['another form', (_, response) => respond(response, { embeddings: [[1, 2]] }), 'did not answer with one vector a text'],
    ['a vector too few', (_, response) => respond(response, { data: [] }), 'did not answer with one vector a text'],
    [
      'numbers that are none',
      (_, response) => respond(response, { data: [{ index: 0, embedding: ['1'] }] }),
      'did not answer with',
    ],
    [
      'a wrong index',
      (_, response) => respond(response, { data: [{ index: 3, embedding: [1] }] }),
      'numbered its vectors in another',
    ],
    ['a vector of zeros', (_, response) => respond(response, { data: [{ embedding: [0, 0] }] }), 'a vector without a direction'],
  ])('(%s) is told at once', async (_, handler, words) => {
    handlers.push(handler);
    expect(await faultOf(embedder.embed(['1'], 'passage'))).toContain(words);
    expect(asked).toHaveLength(1);
    expect(pauses).toEqual([]);
  });

  it('in the length of the vectors is noticed', async () => {
    await embedder.embed(['1'], 'passage');
    handlers.push((_, response) => respond(response, { data: [{ embedding: [1, 2, 3] }] }));
    expect(await faultOf(embedder.embed(['1'], 'query'))).toBe(`${server.host} gave a vector of 3 numbers after one of 2`);
  });

  it('is not waited for any more after three in a row, until it had a rest', async () => {
    handlers.push(status(401), status(401), status(401));
    for (let i = 0; i < 3; i++) await faultOf(embedder.embed(['1'], 'query'));
    expect(await faultOf(embedder.embed(['1'], 'query'))).toBe(
      `${server.host} does not accept the key (HTTP 401); not tried again yet`,
    );
    expect(asked).toHaveLength(3);
    now += 30_000;
    expect(await embedder.embed(['1'], 'query')).toHaveLength(1);
  });

  it('where nobody listens is told', async () => {
    await server.close();
    expect(await faultOf(embedder.embed(['1'], 'query'))).toBe(`${server.host} cannot be reached (ECONNREFUSED)`);
  });
});

describe('the key', () => {
  it('is in no error and not in the id', async () => {
    const faults: string[] = [embedder.id];
    for (const code of [301, 400, 401, 403, 404, 418, 429, 500]) {
      handlers = Array(10).fill(status(code));
      faults.push(await faultOf(embedder.embed(['1'], 'passage')));
      now += 60_000;
    }
    expect(faults.join('\n')).not.toContain(KEY);
    expect(embedder.id).toBe(`some-model at ${server.url}v1/embeddings`);
  });

  it.each(['secret\nkey', '密钥', ''])('that could not be sent (%j) is refused without being quoted', (key) => {
    expect(() => createRemoteEmbedder({ url: 'http://models.example/', model: 'm', key })).toThrow(
      'models.example: the key holds a character that no key has',
    );
  });

  it('is refused in the address, without being quoted', () => {
    expect(() => createRemoteEmbedder({ url: 'http://me:secret@models.example/', model: 'm' })).toThrow(
      /^models\.example: the key does not belong into the address$/,
    );
  });
});

it('what is under way is given up when it is closed', async () => {
  let arrived: () => void = () => undefined;
  const arrival = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  handlers.push(() => arrived());
  const fault = faultOf(embedder.embed(['1'], 'passage'));
  await arrival;
  await embedder.close();
  expect(await fault).toBe('the model has been closed');
  expect(await faultOf(embedder.embed(['1'], 'query'))).toBe('the model has been closed');
});

it('a question is not kept waiting by a server that says nothing', async () => {
  handlers = Array(10).fill(() => undefined);
  expect(await faultOf(embedder.embed(['1'], 'query'))).toBe(`${server.host} did not answer within 2 s`);
  expect(asked).toHaveLength(1);
});
