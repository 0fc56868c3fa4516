/** The file of vectors: it gives back what was put in, and never what a crash or a fault of the disk made of it. */
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openVectorCache, type VectorCache } from '../../../knowledge/semantic/vector-cache.js';

const vectorOf = (key: number) => ({ components: Int8Array.of(key, -key, 127), factor: 0.5 });
const keyed = (...keys: readonly number[]) => keys.map((key) => ({ key, vector: vectorOf(key) }));

let dir: string;
let opened: VectorCache[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'qunshi-vectors-'));
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((cache) => cache.close()));
  rmSync(dir, { recursive: true, force: true });
});

async function open(id = 'model', dimensions = 3): Promise<VectorCache> {
  const cache = await openVectorCache(dir, id, dimensions);
  opened.push(cache);
  return cache;
}

/** Keys of the whole records, each checked against the vector it was put in with. */
async function keysIn(cache: VectorCache): Promise<readonly number[]> {
  const keys: number[] = [];
  await cache.read((key, { components, factor }) => {
    expect({ components: components.slice(), factor }).toEqual(vectorOf(key));
    keys.push(key);
  });
  return keys;
}

const file = () => join(dir, readdirSync(dir)[0] as string);
const sizeOf = (cacheFile: string) => readFileSync(cacheFile).length;
const flip = (position: number) => {
  const bytes = readFileSync(file());
  bytes[position] = (bytes[position] as number) ^ 1;
  writeFileSync(file(), bytes);
};

/** Opens a file with records 1, 2 and 3, spoils it, and tells which keys are left, and again after 4 was appended. */
async function spoiled(spoil: (file: string) => void) {
  await (await open()).append(keyed(1, 2, 3));
  spoil(file());
  const cache = await open();
  const left = await keysIn(cache);
  await cache.append(keyed(4));
  return [left, await keysIn(await open())];
}

describe('vectors', () => {
  it('are there again when the file is opened again', async () => {
    const cache = await open();
    await cache.append(keyed(1, 2));
    await cache.append(keyed(3));
    expect(await keysIn(cache)).toEqual([1, 2, 3]);
    expect(await keysIn(await open())).toEqual([1, 2, 3]);
  });

  it('are for their owner alone, in a folder of their own', async () => {
    dir = join(dir, 'vectors');
    await (await open()).append(keyed(1));
    expect([dir, file()].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
  });

  it('are read in portions smaller than the file', async () => {
    const many = Array.from({ length: 120 }, (_, i) => i);
    const cache = await open('wide', 20_000);
    const vector = { components: new Int8Array(20_000).fill(7), factor: 0.5 };
    await cache.append(many.map((key) => ({ key, vector })));
    const keys: number[] = [];
    await cache.read((key, { components }) => {
      expect(components.every((x) => x === 7)).toBe(true);
      keys.push(key);
    });
    expect(keys).toEqual(many);
  });

  it('of two models are kept apart, however alike their names', async () => {
    await (await open('模型 a/b')).append(keyed(1));
    await (await open('模型 a:b')).append(keyed(2));
    expect(await keysIn(await open('模型 a/b'))).toEqual([1]);
    expect(await keysIn(await open('模型 a:b'))).toEqual([2]);
  });

  it('of two programs that share the file are all kept', async () => {
    const [one, other] = [await open(), await open()];
    await one.append(keyed(1));
    await other.append(keyed(2));
    await one.append(keyed(3));
    expect(await keysIn(await open())).toEqual([1, 2, 3]);
  });
});

describe('a file that is not whole', () => {
  it('is cut at a torn end', async () => {
    expect(await spoiled((path) => truncateSync(path, sizeOf(path) - 5))).toEqual([
      [1, 2],
      [1, 2, 4],
    ]);
  });

  it('is cut where zeros stand for what was never written', async () => {
    expect(await spoiled((path) => appendFileSync(path, Buffer.alloc(3 * 19)))).toEqual([
      [1, 2, 3],
      [1, 2, 3, 4],
    ]);
  });

  it.each([
    ['a key', -19 - 19],
    ['a number', -19 - 6],
    ['a checksum', -19 - 1],
  ])('is cut where %s has changed', async (_, position) => {
    expect(await spoiled((path) => flip(sizeOf(path) + position))).toEqual([[1], [1, 4]]);
  });

  it.each<[string, (path: string) => void]>([
    ['is empty', (path) => truncateSync(path, 0)],
    ['has lost part of its first line', (path) => truncateSync(path, 10)],
    ['begins with something else', () => flip(3)],
    [
      'is of another format',
      (path) => writeFileSync(path, readFileSync(path, 'latin1').replace('vectors 1', 'vectors 9'), 'latin1'),
    ],
    ['is no such file', (path) => writeFileSync(path, 'x'.repeat(500))],
  ])('is begun anew if it %s', async (_, spoil) => {
    expect(await spoiled(spoil)).toEqual([[], [4]]);
  });

  it('is begun anew if the model has other dimensions now', async () => {
    await (await open('model', 4)).append([{ key: 9, vector: { components: Int8Array.of(1, 2, 3, 4), factor: 1 } }]);
    expect(await keysIn(await open('model', 3))).toEqual([]);
  });
});
