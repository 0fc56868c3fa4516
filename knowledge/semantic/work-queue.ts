/**
 * Texts -> vectors through a model that does one batch at a time.
 *
 * In: jobs of many texts. Out: their vectors in the same order. A job is cut into batches of texts of like length, since
 * every text of a batch costs as much as its longest; between any two batches an urgent job goes first.
 */
import type { EmbedderError } from './embedder.js';

export interface WorkQueue {
  /** Rejected with what `run` threw for one of its batches. */
  embed(texts: readonly string[], urgent: boolean): Promise<readonly Float32Array[]>;
  /** Rejects every job with this, now and in future. */
  end(reason: EmbedderError): void;
}

interface Job {
  readonly texts: readonly string[];
  /** Positions in `texts`, short texts first. */
  readonly order: readonly number[];
  readonly vectors: Float32Array[];
  /** How many of `order` are done or being done. */
  begun: number;
  readonly resolve: (vectors: readonly Float32Array[]) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Characters in a batch, padding included, and texts in it. A batch is how long an urgent job may have to wait: these take
 * about 40 ms on one core (measured 2026-11), and larger ones are no faster by the text.
 */
const BATCH_CHARACTERS = 500;
const BATCH_TEXTS = 32;

export function createWorkQueue(run: (texts: readonly string[]) => Promise<readonly Float32Array[]>): WorkQueue {
  const urgentJobs: Job[] = [];
  const jobs: Job[] = [];
  let isBusy = false;
  let ended: EmbedderError | undefined;

  const work = async () => {
    if (isBusy) return;
    isBusy = true;
    for (let job = urgentJobs[0] ?? jobs[0]; job !== undefined; job = urgentJobs[0] ?? jobs[0]) {
      const batch = nextBatch(job);
      job.begun += batch.length;
      try {
        const vectors = await run(batch.map((i) => job.texts[i] as string));
        batch.forEach((i, k) => {
          job.vectors[i] = vectors[k] as Float32Array;
        });
      } catch (error) {
        leave(job);
        job.reject(error);
        continue;
      }
      if (job.begun < job.order.length) continue;
      leave(job);
      job.resolve(job.vectors);
    }
    isBusy = false;
  };

  const leave = (job: Job) => {
    for (const list of [urgentJobs, jobs]) if (list.includes(job)) list.splice(list.indexOf(job), 1);
  };

  return {
    embed(texts, urgent) {
      if (ended !== undefined) return Promise.reject(ended);
      if (texts.length === 0) return Promise.resolve([]);
      return new Promise((resolve, reject) => {
        const order = texts.map((_, i) => i).sort((a, b) => (texts[a] as string).length - (texts[b] as string).length);
        (urgent ? urgentJobs : jobs).push({ texts, order, vectors: new Array(texts.length), begun: 0, resolve, reject });
        void work();
      });
    },
    end(reason) {
      ended = reason;
      for (const job of [...urgentJobs.splice(0), ...jobs.splice(0)]) job.reject(reason);
    },
  };
}

/** Positions of the texts to be done next: always at least one. */
function nextBatch({ texts, order, begun }: Job): readonly number[] {
  let end = begun + 1;
  while (end < order.length && end - begun < BATCH_TEXTS) {
    const longest = (texts[order[end] as number] as string).length;
    if (longest * (end - begun + 1) > BATCH_CHARACTERS) break;
    end += 1;
  }
  return order.slice(begun, end);
}
