/**
 * A model behind an OpenAI-compatible endpoint as an Embedder: `POST url` with `{model, input}`.
 *
 * In: the endpoint's address, model and key. Out: vectors, or soon an EmbedderError: a question waits a few seconds at most,
 * and no longer than an instant while the endpoint is known to be out of order.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { createCircuit } from './circuit.js';
import { type Embedder, EmbedderError, MOST_CHARACTERS, normalised, type TextRole } from './embedder.js';

export interface RemoteEmbedderOptions {
  /** Complete, such as `https://api.example.com/v1/embeddings`. */
  readonly url: string;
  readonly model: string;
  /** Sent as a bearer token; never part of an error or of the id. */
  readonly key?: string;
  /** Ms, for tests. */
  readonly clock?: () => number;
  /** Waits so many ms, or rejects when the signal comes. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** What a request may take and how often it is tried, ms. Somebody waits for a query; nobody waits for passages. */
const PATIENCE: Readonly<Record<TextRole, { readonly timeout: number; readonly pauses: readonly number[] }>> = {
  query: { timeout: 2_000, pauses: [200] },
  passage: { timeout: 30_000, pauses: [500, 2_000, 8_000] },
};
/** The longest that a server may ask us to wait, ms. */
const LONGEST_PAUSE = 30_000;
const CIRCUIT = { failures: 3, rest: 30_000 };
/** Texts in a request to begin with. What a server allows differs (10 to 2,048), so it is halved where one refuses. */
const FIRST_BATCH = 64;

const RESPONSE = z.object({
  data: z.array(z.object({ index: z.number().int().optional(), embedding: z.array(z.number()).nonempty() })),
});

/** An endpoint's failure that may be over the next time. */
class PassingFault extends EmbedderError {
  constructor(
    message: string,
    /** How long to wait at least before the next attempt, ms. */
    readonly pause = 0,
  ) {
    super(message);
  }
}

/** The endpoint does not like these texts: they are too many, or one of them does not pass its censorship. */
class RefusedTexts extends EmbedderError {}

/** @throws EmbedderError if the key could never be sent */
export function createRemoteEmbedder({ url, model, key, ...effects }: RemoteEmbedderOptions): Embedder {
  const pause = effects.pause ?? ((ms, signal) => sleep(ms, undefined, { signal }));
  const circuit = createCircuit({ ...CIRCUIT, clock: effects.clock ?? (() => performance.now()) });
  const closing = new AbortController();
  const { host, origin, pathname, username, password } = new URL(url);
  // fetch would say no as well, but quote the secret while doing so.
  if (username !== '' || password !== '') throw new EmbedderError(`${host}: the key does not belong into the address`);
  if (key !== undefined && !/^[!-~]+$/.test(key)) throw new EmbedderError(`${host}: the key holds a character that no key has`);
  let batchSize = FIRST_BATCH;
  let dimensions: number | undefined;

  const post = async (texts: readonly string[], timeout: number): Promise<readonly Float32Array[]> => {
    const response = await request(texts, timeout);
    const vectors = vectorsIn(response, texts.length).map(normalised);
    for (const { length } of vectors) {
      dimensions ??= length;
      if (length !== dimensions) {
        throw new EmbedderError(`${host} gave a vector of ${length} numbers after one of ${dimensions}`);
      }
    }
    return vectors;
  };

  const request = async (texts: readonly string[], timeout: number): Promise<unknown> => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
        body: JSON.stringify({ model, input: texts }),
        signal: AbortSignal.any([closing.signal, AbortSignal.timeout(timeout)]),
        // The key is for this address only.
        redirect: 'manual',
      });
      if (response.ok) return await response.json();
      await response.body?.cancel();
      throw refusal(host, response);
    } catch (error) {
      if (error instanceof EmbedderError) throw error;
      if (closing.signal.aborted) throw new EmbedderError('the model has been closed');
      // A server that could not make it in time is given as much again to recover.
      const wait = (error as Error).name === 'TimeoutError' ? timeout : 0;
      throw new PassingFault(`${host} ${failure(error as Error, timeout)}`, wait);
    }
  };

  const patiently = async (texts: readonly string[], as: TextRole): Promise<readonly Float32Array[]> => {
    const { timeout, pauses } = PATIENCE[as];
    for (let attempt = 0; ; attempt++) {
      try {
        return await post(texts, timeout);
      } catch (error) {
        const wait = pauses[attempt];
        if (!(error instanceof PassingFault) || wait === undefined) throw error;
        // Somebody is waiting for a query: better no vector than a late one.
        if (as === 'query' && error.pause > wait) throw error;
        // Spread, so that bots which failed together do not come back together.
        const spread = wait * (0.5 + Math.random());
        await pause(Math.max(spread, Math.min(error.pause, LONGEST_PAUSE)), closing.signal).catch(() => undefined);
        if (closing.signal.aborted) throw new EmbedderError('the model has been closed');
      }
    }
  };

  /** Halves what is refused, until it is clear whether there were too many texts or one of them is not liked. */
  const embedBatch = async (texts: readonly string[], as: TextRole): Promise<readonly (Float32Array | undefined)[]> => {
    const vectors = await circuit(() =>
      patiently(texts, as).catch((error) => {
        if (!(error instanceof RefusedTexts) || texts.length === 1) throw error;
        return undefined;
      }),
    ).catch((error) => {
      // Only where other texts were accepted is it this text that is at fault.
      if (!(error instanceof RefusedTexts) || dimensions === undefined) throw error;
      return [undefined];
    });
    if (vectors !== undefined) return vectors;
    const half = texts.length >> 1;
    const halves = [...(await embedBatch(texts.slice(0, half), as)), ...(await embedBatch(texts.slice(half), as))];
    if (!halves.includes(undefined)) batchSize = Math.min(batchSize, half);
    return halves;
  };

  const embed: Embedder['embed'] = async (texts, as) => {
    const vectors: (Float32Array | undefined)[] = [];
    while (vectors.length < texts.length) {
      const batch = texts.slice(vectors.length, vectors.length + batchSize).map((text) => text.slice(0, MOST_CHARACTERS));
      vectors.push(...(await embedBatch(batch, as)));
    }
    return vectors;
  };

  return {
    id: `${model} at ${origin}${pathname}`,
    embed,
    async dimensions() {
      if (dimensions === undefined) await embed(['你好'], 'passage');
      return dimensions as number;
    },
    async close() {
      closing.abort();
    },
  };
}

function vectorsIn(response: unknown, count: number): readonly (readonly number[])[] {
  const parsed = RESPONSE.safeParse(response);
  if (!parsed.success || parsed.data.data.length !== count) {
    throw new EmbedderError('the endpoint did not answer with one vector a text, as OpenAI does');
  }
  const { data } = parsed.data;
  const byIndex = data.map(({ index }, i) => index ?? i);
  if (new Set(byIndex).size !== count || byIndex.some((index) => index < 0 || index >= count)) {
    throw new EmbedderError('the endpoint numbered its vectors in another way than the texts');
  }
  const vectors: (readonly number[])[] = new Array(count);
  byIndex.forEach((index, i) => {
    vectors[index] = data[i]?.embedding ?? [];
  });
  return vectors;
}

/** What a status says. The body is not shown: some servers quote the key in it. */
function refusal(host: string, { status, headers }: Response): EmbedderError {
  if (status === 401 || status === 403) return new EmbedderError(`${host} does not accept the key (HTTP ${status})`);
  if (status === 404) return new EmbedderError(`${host} knows no such address or model (HTTP 404)`);
  if (status === 400 || status === 413 || status === 422) return new RefusedTexts(`${host} refuses the request (HTTP ${status})`);
  if (status === 429) return new PassingFault(`${host} is asked too often (HTTP 429)`, seconds(headers.get('retry-after')));
  if (status >= 500) return new PassingFault(`${host} is out of order (HTTP ${status})`, seconds(headers.get('retry-after')));
  return new EmbedderError(`${host} answers with HTTP ${status}`);
}

/** Retry-After -> ms. Its other form, a date, is not used by such servers. */
function seconds(header: string | null): number {
  const value = Number(header ?? 0);
  return Number.isFinite(value) ? value * 1_000 : 0;
}

/** Only the code of an error is shown, for its message may quote the request. */
function failure(error: Error, timeout: number): string {
  if (error.name === 'TimeoutError') return `did not answer within ${timeout / 1_000} s`;
  if (error instanceof SyntaxError) return 'did not answer with JSON';
  const { code } = (error.cause ?? error) as NodeJS.ErrnoException;
  return code === undefined ? 'cannot be reached' : `cannot be reached (${code})`;
}
