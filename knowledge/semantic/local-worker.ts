/**
 * The thread in which the local model computes, so that the bot goes on listening meanwhile.
 *
 * In: the model's folder, then batches of texts. Out: `{ dimensions }` once it is loaded, then for each batch its vectors, one
 * after the other in one array; or `{ fault }`, one sentence.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Tokenizer } from '@huggingface/tokenizers';
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { NETWORK, TOKENIZER, TOKENIZER_CONFIG } from './model-files.js';
import { IDLE, type WorkerReply, type WorkerSetup } from './worker-protocol.js';

/** The positions that the network knows. */
const MOST_TOKENS = 512;

interface Model {
  readonly tokenizer: Tokenizer;
  readonly session: InferenceSession;
  readonly Tensor: typeof Tensor;
}

async function loadModel(dir: string): Promise<Model> {
  const runtime = await importRuntime();
  const json = async (file: string): Promise<object> => JSON.parse(await readFile(join(dir, file), 'utf8'));
  const tokenizer = new Tokenizer(await json(TOKENIZER), await json(TOKENIZER_CONFIG));
  // One thread each: the other cores belong to the bot. Severity 3: errors only, for it writes past our log.
  const session = await runtime.InferenceSession.create(join(dir, NETWORK), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  return { tokenizer, session, Tensor: runtime.Tensor };
}

async function importRuntime() {
  try {
    return await import('onnxruntime-node');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'ERR_MODULE_NOT_FOUND'
        ? 'the optional package onnxruntime-node is not installed'
        : `onnxruntime-node does not run on this machine (${message.split('\n')[0]})`,
    );
  }
}

/** The network's output at the first token of each text, which is what bge models are trained to put the meaning in. */
async function embed({ tokenizer, session, Tensor }: Model, texts: readonly string[]): Promise<Float32Array> {
  const rows = texts.map((text) => cut(tokenizer.encode(text).ids));
  const width = Math.max(...rows.map((ids) => ids.length));
  const ids = new BigInt64Array(rows.length * width);
  const mask = new BigInt64Array(rows.length * width);
  rows.forEach((row, r) => {
    row.forEach((id, i) => {
      ids[r * width + i] = BigInt(id);
      mask[r * width + i] = 1n;
    });
  });
  const shape = [rows.length, width];
  const output = await session.run({
    input_ids: new Tensor('int64', ids, shape),
    attention_mask: new Tensor('int64', mask, shape),
    token_type_ids: new Tensor('int64', new BigInt64Array(rows.length * width), shape),
  });
  const { data, dims } = output[session.outputNames[0] as string] as Tensor;
  const dimensions = dims[2] as number;
  const vectors = new Float32Array(rows.length * dimensions);
  for (let r = 0; r < rows.length; r++) {
    const start = r * width * dimensions;
    vectors.set(data.subarray(start, start + dimensions), r * dimensions);
  }
  return vectors;
}

/** The last token is the sign that the text ends: it stays. */
function cut(ids: readonly number[]): readonly number[] {
  return ids.length <= MOST_TOKENS ? ids : [...ids.slice(0, MOST_TOKENS - 1), ids.at(-1) as number];
}

function reply(message: WorkerReply): void {
  Atomics.store(state, 0, IDLE);
  Atomics.notify(state, 0);
  parentPort?.postMessage(message, 'vectors' in message ? [message.vectors.buffer as ArrayBuffer] : []);
}

const faultOf = (error: unknown): WorkerReply => ({ fault: (error as Error).message });
const { modelDir, state } = workerData as WorkerSetup;

try {
  const model = await loadModel(modelDir);
  const { length } = await embed(model, ['']);
  parentPort?.on('message', (texts: readonly string[]) => {
    embed(model, texts).then(
      (vectors) => reply({ vectors }),
      (error) => reply(faultOf(error)),
    );
  });
  reply({ dimensions: length });
} catch (error) {
  reply(faultOf(error));
}
