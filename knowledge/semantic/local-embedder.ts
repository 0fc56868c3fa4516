/**
 * The model on this machine as an Embedder: bge-small-zh-v1.5 in a thread of its own.
 *
 * In: the folder that `npm run model` fills. Out: vectors of 512 numbers, about 1 ms a short message on one core.
 */
import { Worker } from 'node:worker_threads';
import { type Embedder, EmbedderError, MOST_CHARACTERS, normalised } from './embedder.js';
import { lackingFiles, MODEL_NAME } from './model-files.js';
import { createWorkQueue } from './work-queue.js';
import { BUSY, IDLE, type WorkerReply, type WorkerSetup } from './worker-protocol.js';

/** The instruction that this model was trained with, before every query and no passage (from its model card). */
const QUERY_PREFIX = '为这个句子生成表示以用于检索相关文章：';

/** Raise the number whenever a text gets another vector than before: it makes the cached ones void. */
const ID = `${MODEL_NAME}-int8-1`;

/**
 * Loads the model, which takes about 0.3 s and 170 MB.
 *
 * @throws EmbedderError if files are missing or wrong, or if the runtime is not installed or does not run here
 */
export async function openLocalEmbedder(modelDir: string): Promise<Embedder> {
  const lacking = await lackingFiles(modelDir);
  if (lacking.length > 0) {
    const names = lacking.map(({ path }) => path).join(', ');
    throw new EmbedderError(`${modelDir} does not hold the model (${names} missing or damaged)`);
  }
  const thread = startThread(modelDir);
  try {
    const loaded = await thread.ask();
    if (!('dimensions' in loaded)) throw new EmbedderError('the model spoke out of turn');
    return embedderOf(thread, loaded.dimensions);
  } catch (error) {
    await thread.stop();
    throw error;
  }
}

type Reply = Exclude<WorkerReply, { readonly fault: string }>;

interface Thread {
  /** One question at a time; without texts it waits for the first reply. A fault or the thread's end rejects. */
  ask(texts?: readonly string[]): Promise<Reply>;
  stop(): Promise<void>;
}

/** A batch takes a tenth of this at worst; a process that ends does not wait for ever. */
const LONGEST_BATCH = 5_000;

/** The runtime aborts the whole process if its thread is stopped while it computes: never stop it before it is idle. */
function startThread(modelDir: string): Thread {
  const state = new Int32Array(new SharedArrayBuffer(4)).fill(BUSY);
  const setup: WorkerSetup = { modelDir, state };
  // Without the options that Node was started with: some are an error in a thread.
  const worker = new Worker(new URL('./local-worker.js', import.meta.url), { workerData: setup, execArgv: [] });
  let waiting: { readonly resolve: (reply: Reply) => void; readonly reject: (reason: EmbedderError) => void } | undefined;
  let gone: EmbedderError | undefined;

  const waitAtExit = () => {
    Atomics.wait(state, 0, BUSY, LONGEST_BATCH);
  };
  process.on('exit', waitAtExit);
  worker.on('message', (message: WorkerReply) => {
    const { resolve, reject } = waiting ?? {};
    waiting = undefined;
    if ('fault' in message) reject?.(new EmbedderError(message.fault));
    else resolve?.(message);
  });
  const end = (what: string) => {
    Atomics.store(state, 0, IDLE);
    process.off('exit', waitAtExit);
    gone ??= new EmbedderError(`the model's thread has ended: ${what}`);
    waiting?.reject(gone);
  };
  worker.on('error', (error) => end(error.message));
  worker.on('exit', (code) => end(`exit code ${code}`));

  return {
    ask: (texts) =>
      new Promise((resolve, reject) => {
        if (gone !== undefined) return reject(gone);
        waiting = { resolve, reject };
        if (texts === undefined) return;
        Atomics.store(state, 0, BUSY);
        worker.postMessage(texts);
      }),
    async stop() {
      if (Atomics.load(state, 0) === BUSY) {
        await new Promise((resolve) => {
          worker.once('message', resolve);
          worker.once('exit', resolve);
        });
      }
      await worker.terminate();
    },
  };
}

function embedderOf(thread: Thread, dimensions: number): Embedder {
  const queue = createWorkQueue(async (texts) => {
    const reply = await thread.ask(texts);
    if (!('vectors' in reply)) throw new EmbedderError('the model spoke out of turn');
    return texts.map((_, i) => normalised(reply.vectors.subarray(i * dimensions, (i + 1) * dimensions)));
  });
  return {
    id: ID,
    dimensions: async () => dimensions,
    embed(texts, as) {
      const prefix = as === 'query' ? QUERY_PREFIX : '';
      const shortened = texts.map((text) => prefix + text.slice(0, MOST_CHARACTERS - prefix.length));
      return queue.embed(shortened, as === 'query');
    },
    async close() {
      queue.end(new EmbedderError('the model has been closed'));
      await thread.stop();
    },
  };
}
