/** Jobs in batches: their order, what goes first, and what a failure costs. */
import { describe, expect, it } from 'vitest';
import { EmbedderError } from '../../../knowledge/semantic/embedder.js';
import { createWorkQueue } from '../../../knowledge/semantic/work-queue.js';

const texts = (count: number, length: number) => Array.from({ length: count }, (_, i) => String(i % 10).repeat(length));
const vectorOf = (text: string) => Float32Array.of(text.length, Number(text[0]));

/** A model that notes its batches and says what each text was. */
function noted(during: (batch: readonly string[]) => void = () => undefined) {
  const batches: (readonly string[])[] = [];
  const queue = createWorkQueue(async (batch) => {
    batches.push(batch);
    during(batch);
    await Promise.resolve();
    return batch.map(vectorOf);
  });
  return { batches, queue };
}

describe('a job', () => {
  it('comes back in its own order, though texts of like length went together', async () => {
    const { batches, queue } = noted();
    const job = ['999', '1', '8888888', '22', '333'];
    expect(await queue.embed(job, false)).toEqual(job.map(vectorOf));
    expect(batches.flat().map((text) => text.length)).toEqual([1, 2, 3, 3, 7]);
  });

  it('is cut into batches that take about the same time', async () => {
    const { batches, queue } = noted();
    await queue.embed([...texts(70, 3), ...texts(9, 200), '7'.repeat(900)], false);
    expect(batches.length).toBeGreaterThan(5);
    for (const batch of batches) {
      const cost = batch.length * Math.max(...batch.map((text) => text.length));
      expect(batch.length === 1 || (cost <= 500 && batch.length <= 32)).toBe(true);
    }
  });

  it('of no texts is done at once', async () => {
    const { batches, queue } = noted();
    expect(await queue.embed([], true)).toEqual([]);
    expect(batches).toEqual([]);
  });

  it('that fails leaves the others alone', async () => {
    const { queue } = noted((batch) => {
      if (batch.includes('66')) throw new EmbedderError('no');
    });
    const [bad, good] = [queue.embed(['5', '66'], false), queue.embed(['7'], false)];
    await expect(bad).rejects.toThrow('no');
    expect(await good).toEqual([vectorOf('7')]);
    expect(await queue.embed(['8'], false)).toEqual([vectorOf('8')]);
  });
});

describe('a question', () => {
  it('waits for one batch of the work in the background, not for all of it', async () => {
    let asked: Promise<unknown> | undefined;
    const { batches, queue } = noted(() => {
      asked ??= queue.embed(['4444'], true);
    });
    const background = queue.embed(texts(200, 100), false);
    await background;
    await asked;
    expect(batches.length).toBeGreaterThan(30);
    expect(batches[1]).toEqual(['4444']);
  });
});

it('everything is rejected when the queue ends, and nothing is begun after', async () => {
  const { batches, queue } = noted();
  const jobs = [queue.embed(texts(100, 50), false), queue.embed(['5'], true)];
  const rejections = Promise.all(jobs.map((job) => expect(job).rejects.toThrow('closed')));
  queue.end(new EmbedderError('closed'));
  await rejections;
  await expect(queue.embed(['6'], false)).rejects.toThrow('closed');
  expect(batches).toHaveLength(1);
});
