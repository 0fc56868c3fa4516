/** Cosines of a question with the archive's texts, while these change, while their vectors are being made, and when all fails. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Meaning, type MeaningProgress, openMeaning } from '../../../knowledge/semantic/meaning.js';
import { runs } from '../../properties.js';
import { countsOf, type FakeEmbedder, fakeEmbedder } from './fake-embedder.js';

let cacheDir: string;
let opened: Meaning[];
beforeEach(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'qunshi-meaning-'));
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((meaning) => meaning.close()));
  rmSync(cacheDir, { recursive: true, force: true });
});

function open(embedder: FakeEmbedder, onProgress?: (progress: MeaningProgress) => void): Meaning {
  const meaning = openMeaning({ embedder, cacheDir, ...(onProgress && { onProgress }) });
  opened.push(meaning);
  return meaning;
}

const TEXTS = ['亚克力切多快', '灭火器买哪种', '今天吃什么', '明天开门吗'];
/** Packing costs up to 0.01. Where no text is given, no cosine is expected. */
function expectCosines(cosines: Float32Array | undefined, question: string, texts: readonly (string | undefined)[]): void {
  expect(cosines).toHaveLength(texts.length);
  texts.forEach((text, i) => {
    const expected = text === undefined ? Number.NaN : cosine(countsOf(question), countsOf(text));
    const difference = Math.abs((cosines?.[i] as number) - expected);
    expect(text === undefined ? Number.isNaN(difference) : difference < 0.01, `${i}: ${text}`).toBe(true);
  });
}
const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);
/** As many as are embedded and stored at a time. */
const PORTION = 256;
const numbered = (count: number) => Array.from({ length: count }, (_, i) => `第${i}条消息`);

describe('similarities', () => {
  it('are one cosine a text, in the order of the texts', async () => {
    const meaning = open(fakeEmbedder());
    await meaning.update(TEXTS);
    expectCosines(await meaning.similarities('灭火器哪种好'), '灭火器哪种好', TEXTS);
    await meaning.update([...TEXTS].reverse());
    expectCosines(await meaning.similarities('灭火器哪种好'), '灭火器哪种好', [...TEXTS].reverse());
  });

  it('of a text said often are the same each time, and it is embedded once', async () => {
    const embedder = fakeEmbedder();
    const meaning = open(embedder);
    const texts = ['好的', '切多快', '好的', '好的'];
    await meaning.update(texts);
    expectCosines(await meaning.similarities('好'), '好', texts);
    expect(embedder.passages).toEqual(['好的', '切多快']);
  });

  it('of a blank text are NaN, and no model is asked about it', async () => {
    const embedder = fakeEmbedder();
    const meaning = open(embedder);
    await meaning.update(['', '切多快', ' \n']);
    expectCosines(await meaning.similarities('快'), '快', [undefined, '切多快', undefined]);
    expect(embedder.passages).toEqual(['切多快']);
    expect(meaning.status()).toEqual({ model: 'fake', ready: 1, total: 1 });
  });

  it('are undefined for a blank question, before the first update, and after the end', async () => {
    const meaning = open(fakeEmbedder());
    expect(await meaning.similarities('快')).toBeUndefined();
    await meaning.update(TEXTS);
    expect(await meaning.similarities('  ')).toBeUndefined();
    await meaning.close();
    expect(await meaning.similarities('快')).toBeUndefined();
  });

  it('are NaN where the vector is not there yet', async () => {
    const embedder = fakeEmbedder();
    const meaning = open(embedder);
    const texts = numbered(600);
    let during: Float32Array | undefined;
    embedder.before(async () => {
      during ??= await meaning.similarities('第3条');
    });
    await meaning.update(texts);
    const ready = texts.map((text, i) => (i < PORTION ? text : undefined));
    expectCosines(during, '第3条', ready);
    expectCosines(await meaning.similarities('第3条'), '第3条', texts);
  });
});

describe('an update', () => {
  it('embeds only what is new, and forgets nothing that is still there', async () => {
    const embedder = fakeEmbedder();
    const meaning = open(embedder);
    await meaning.update(TEXTS);
    embedder.passages.length = 0;
    const later = ['门开着', ...TEXTS.slice(1), '明天不开'];
    await meaning.update(later);
    expect(embedder.passages).toEqual(['门开着', '明天不开']);
    expectCosines(await meaning.similarities('明天开门吗'), '明天开门吗', later);
  });

  it('finds every text again, wherever others were put in, taken out or said twice', async () => {
    const changes = fc.array(
      fc.record({ at: fc.nat(60), take: fc.nat(20), put: fc.array(fc.constantFrom(...TEXTS, ''), { maxLength: 20 }) }),
      {
        maxLength: 4,
      },
    );
    await fc.assert(
      fc.asyncProperty(changes, async (some) => {
        const meaning = open(fakeEmbedder());
        const texts = numbered(60);
        await meaning.update([...texts]);
        for (const { at, take, put } of some) {
          texts.splice(at, take, ...put);
          await meaning.update([...texts]);
        }
        if (texts.every((text) => text === '')) return;
        const wanted = texts.map((text) => (text === '' ? undefined : text));
        expectCosines(await meaning.similarities('明天开门吗'), '明天开门吗', wanted);
      }),
      runs(40),
    );
  });

  it('message by message goes on for as long as the group talks', async () => {
    const meaning = open(fakeEmbedder());
    const texts = numbered(700);
    for (let end = 1; end <= texts.length; end++) await meaning.update(texts.slice(Math.max(0, end - 300), end));
    expectCosines(await meaning.similarities('第650条'), '第650条', texts.slice(-300));
  });

  it('takes over from an earlier one, whose vectors are not lost', async () => {
    const embedder = fakeEmbedder();
    const meaning = open(embedder);
    const old = numbered(2_000);
    const fresh = [...TEXTS, ...old.slice(0, 10)];
    let takenOver: Promise<void> | undefined;
    embedder.before(() => {
      takenOver ??= meaning.update(fresh);
    });
    await meaning.update(old);
    await takenOver;
    expect(embedder.passages.length).toBeLessThan(old.length);
    expect(new Set(embedder.passages).size).toBe(embedder.passages.length);
    expect(meaning.status()).toEqual({ model: 'fake', ready: fresh.length, total: fresh.length });
    expectCosines(await meaning.similarities('开门'), '开门', fresh);
  });

  it('does not disturb a question that was asked before it', async () => {
    const meaning = open(fakeEmbedder());
    await meaning.update(TEXTS);
    const asked = meaning.similarities('开门');
    const updated = meaning.update(['只有一条']);
    expectCosines(await asked, '开门', TEXTS);
    await updated;
    expectCosines(await meaning.similarities('开门'), '开门', ['只有一条']);
  });

  it('tells how far it is, and when it is done', async () => {
    const told: MeaningProgress[] = [];
    const meaning = open(fakeEmbedder(), (progress) => told.push(progress));
    await meaning.update(numbered(600));
    expect(told[0]).toEqual({ ready: 0, total: 600 });
    expect(told.length).toBeGreaterThan(2);
    expect(told.map(({ ready }) => ready)).toEqual(told.map(({ ready }) => ready).sort((a, b) => a - b));
    expect(told.at(-1)).toEqual({ ready: 600, total: 600 });
  });
});

describe('the vectors on disk', () => {
  it('spare a later start all the work', async () => {
    await open(fakeEmbedder()).update(TEXTS);
    const embedder = fakeEmbedder();
    const meaning = open(embedder);
    await meaning.update([...TEXTS, '新的一条']);
    expect(embedder.passages).toEqual(['新的一条']);
    expectCosines(await meaning.similarities('开门'), '开门', [...TEXTS, '新的一条']);
  });

  it('are there as far as the work had come when it was broken off', async () => {
    const embedder = fakeEmbedder();
    const first = open(embedder);
    let portions = 0;
    embedder.before(() => {
      portions += 1;
      if (portions === 3) embedder.fail('the power is gone');
    });
    await first.update(numbered(1_000));
    const { ready } = first.status();
    expect(ready).toBeGreaterThan(0);
    const next = fakeEmbedder();
    await open(next).update(numbered(1_000));
    expect(next.passages).toHaveLength(1_000 - ready);
  });

  it('of another model are not used', async () => {
    await open(fakeEmbedder('one')).update(TEXTS);
    const other = fakeEmbedder('other');
    await open(other).update(TEXTS);
    expect(other.passages).toEqual(TEXTS);
  });

  it('are made again where they are damaged', async () => {
    await open(fakeEmbedder()).update(TEXTS);
    const file = join(cacheDir, readdirSync(cacheDir)[0] as string);
    writeFileSync(file, readFileSync(file).subarray(0, -7));
    const embedder = fakeEmbedder();
    const meaning = open(embedder);
    await meaning.update(TEXTS);
    expect(embedder.passages).toEqual(TEXTS.slice(-1));
    expectCosines(await meaning.similarities('开门'), '开门', TEXTS);
  });

  it('cost nothing but themselves if they cannot be kept', async () => {
    rmSync(cacheDir, { recursive: true });
    writeFileSync(cacheDir, 'a file where the folder should be');
    const meaning = open(fakeEmbedder());
    await meaning.update(TEXTS);
    expectCosines(await meaning.similarities('开门'), '开门', TEXTS);
    expect(meaning.status()).toMatchObject({ ready: 4, total: 4 });
    expect(meaning.status().fault).toContain(`vectors cannot be kept in ${cacheDir}`);
  });
});

describe('an embedder that fails', () => {
  it('costs a question its cosines, and is told until it goes well again', async () => {
    const embedder = fakeEmbedder();
    const meaning = open(embedder);
    await meaning.update(TEXTS);
    embedder.fail('the endpoint is out of order');
    expect(await meaning.similarities('开门')).toBeUndefined();
    expect(meaning.status()).toEqual({ model: 'fake', ready: 4, total: 4, fault: 'the endpoint is out of order' });
    embedder.fail(undefined);
    expectCosines(await meaning.similarities('开门'), '开门', TEXTS);
    expect(meaning.status().fault).toBeUndefined();
  });

  it('from the very start is asked again with the next question, which does not wait for it', async () => {
    const embedder = fakeEmbedder();
    const meaning = open(embedder);
    embedder.fail('no network yet');
    await meaning.update(TEXTS);
    expect(meaning.status()).toEqual({ model: 'fake', ready: 0, total: 4, fault: 'no network yet' });
    embedder.fail(undefined);
    expect(await meaning.similarities('开门')).toBeUndefined();
    await expect.poll(() => meaning.status()).toEqual({ model: 'fake', ready: 4, total: 4 });
    expectCosines(await meaning.similarities('开门'), '开门', TEXTS);
  });

  it('half way leaves what is done, and the next question that succeeds has the rest made', async () => {
    const embedder = fakeEmbedder();
    const meaning = open(embedder);
    await meaning.update(TEXTS);
    embedder.fail('too many requests');
    await meaning.update([...TEXTS, '新的一条']);
    expect(meaning.status()).toMatchObject({ ready: 4, total: 5, fault: 'too many requests' });
    embedder.fail(undefined);
    expectCosines(await meaning.similarities('新'), '新', [...TEXTS, undefined]);
    await expect.poll(() => meaning.status()).toEqual({ model: 'fake', ready: 5, total: 5 });
  });

  it('refusing one text for good is not asked for it again', async () => {
    const embedder = fakeEmbedder('strict', ['今天吃什么']);
    const meaning = open(embedder);
    await meaning.update(TEXTS);
    expectCosines(await meaning.similarities('开门'), '开门', [TEXTS[0], TEXTS[1], undefined, TEXTS[3]]);
    await meaning.update([...TEXTS, '新的一条']);
    expect(embedder.passages.filter((text) => text === '今天吃什么')).toHaveLength(1);
    expect(meaning.status()).toEqual({ model: 'strict', ready: 4, total: 5 });
  });
});

it('the end comes at once, in the middle of the work', async () => {
  const embedder = fakeEmbedder();
  const meaning = open(embedder);
  let closed: Promise<void> | undefined;
  embedder.before(() => {
    closed ??= meaning.close();
  });
  await meaning.update(numbered(2_000));
  await closed;
  expect(embedder.passages).toEqual([]);
  expect(meaning.status().fault).toBeUndefined();
});
