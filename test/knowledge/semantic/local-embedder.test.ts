/**
 * The model on this machine. The thread it runs in is started from dist/, so that is what is tested: exactly what runs in the
 * group. Without the folder of shared models these tests are skipped, for nothing is fetched for a test.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Embedder, EmbedderError } from '../../../knowledge/semantic/embedder.js';
import { openLocalEmbedder } from '../../../knowledge/semantic/local-embedder.js';
import { lackingFiles, MODEL_NAME } from '../../../knowledge/semantic/model-files.js';
import { sharedData } from '../../shared.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const MODEL = join(sharedData()?.models ?? '', MODEL_NAME);
const isThere = existsSync(MODEL);
const cosine = (a: Float32Array | undefined, b: Float32Array | undefined) =>
  a?.reduce((sum, x, i) => sum + x * (b?.[i] ?? Number.NaN), 0) ?? Number.NaN;

type Module = { readonly openLocalEmbedder: typeof openLocalEmbedder };
const MODULE = join('dist', 'knowledge', 'semantic', 'local-embedder.js');
const load = async (root: string): Promise<Module> => import(pathToFileURL(join(root, MODULE)).href);

/** Any command brings dist/ up to date first. */
function build(): void {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', 'scripts/model', '--help'], { cwd: ROOT });
  if (status !== 0) throw new Error(String(stderr));
}

let temporary: string;
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'qunshi-local-'));
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

it('a folder without the model is told, with what it lacks', async () => {
  mkdirSync(join(temporary, 'empty'));
  writeFileSync(join(temporary, 'empty', 'tokenizer.json'), '{}');
  await expect(openLocalEmbedder(join(temporary, 'empty'))).rejects.toThrow(
    'does not hold the model (tokenizer_config.json, tokenizer.json, onnx/model_quantized.onnx missing or damaged)',
  );
});

describe.skipIf(!isThere)(`the model (skipped if there is no shared/models/${MODEL_NAME})`, () => {
  let embedder: Embedder;
  beforeAll(async () => {
    build();
    embedder = await (await load(ROOT)).openLocalEmbedder(MODEL);
  }, 120_000);
  afterAll(() => embedder?.close());

  it('is the pinned one', async () => {
    expect(await lackingFiles(MODEL)).toEqual([]);
  });

  it('gives vectors of length 1 and of the length it says', async () => {
    const dimensions = await embedder.dimensions();
    expect(dimensions).toBe(512);
    for (const vector of await embedder.embed(['灭火器买哪种', 'laser cutter', '🙂', '\ud800 lone'], 'passage')) {
      expect(vector).toHaveLength(dimensions);
      expect(cosine(vector, vector)).toBeCloseTo(1, 5);
    }
  });

  it('finds what is meant in other words', async () => {
    const passages = await embedder.embed(
      ['办公室里备了两瓶二氧化碳的', '今天中午吃牛肉面', '亚克力用60%功率慢慢切', '周末工坊不开门'],
      'passage',
    );
    const nearest = async (question: string) => {
      const [query] = await embedder.embed([question], 'query');
      const cosines = passages.map((passage) => cosine(query, passage));
      return cosines.indexOf(Math.max(...cosines));
    };
    expect(await nearest('应该准备哪种灭火器')).toBe(0);
    expect(await nearest('有机玻璃怎么切割')).toBe(2);
    expect(await nearest('星期天能去做东西吗')).toBe(3);
  });

  it('gives a text nearly the same vector alone and among others, whatever their order', async () => {
    const texts = Array.from({ length: 60 }, (_, i) => `第${i}条：${'切亚克力的速度要慢一点，'.repeat(i % 5)}好的`);
    const together = await embedder.embed(texts, 'passage');
    for (const i of [0, 7, 31, 59]) {
      const [alone] = await embedder.embed([texts[i] as string], 'passage');
      expect(cosine(alone, together[i])).toBeGreaterThan(0.97);
      expect(Math.max(...together.map((other) => cosine(alone, other)))).toBeCloseTo(cosine(alone, together[i]), 1);
    }
  });

  it('reads the beginning of a text too long for it', async () => {
    const [long, longer] = await embedder.embed(['激光'.repeat(2_000), `${'激光'.repeat(2_000)}面条`], 'passage');
    expect(cosine(long, longer)).toBeCloseTo(1, 2);
  });

  it('answers a question before the work in the background is done', async () => {
    const done: string[] = [];
    const background = embedder.embed(
      Array.from({ length: 80 }, (_, i) => `消息${i}${'很长'.repeat(40)}`),
      'passage',
    );
    const query = embedder.embed(['问一下'], 'query');
    await Promise.all([background.then(() => done.push('background')), query.then(() => done.push('query'))]);
    expect(done).toEqual(['query', 'background']);
  });

  it('gives up what it is at when it is closed', async () => {
    const other = await (await load(ROOT)).openLocalEmbedder(MODEL);
    const work = expect(other.embed(Array(500).fill('很长的消息'.repeat(30)), 'passage')).rejects.toThrow(
      'the model has been closed',
    );
    await other.close();
    await work;
    await expect(other.embed(['问'], 'query')).rejects.toThrow('the model has been closed');
  });

  it.each([
    ['is loading', 150],
    ['computes', 0],
  ])('does not keep the process from ending well while it %s', (_, patience) => {
    const script = `
      const { openLocalEmbedder } = await import(${JSON.stringify(pathToFileURL(join(ROOT, MODULE)).href)});
      const opening = openLocalEmbedder(${JSON.stringify(MODEL)});
      if (${patience} > 0) setTimeout(() => process.exit(7), ${patience});
      const embedder = await opening;
      embedder.embed(Array(200).fill('很长的消息'.repeat(30)), 'passage');
      setTimeout(() => process.exit(7), 50);`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([7, '']);
  });

  it.each([
    ['is not installed', undefined, 'the optional package onnxruntime-node is not installed'],
    [
      'does not run',
      'throw new Error("no libstdc++.so.6\\n at ...")',
      'onnxruntime-node does not run on this machine (no libstdc++.so.6)',
    ],
  ])('is of no use where the runtime %s, and says so', async (_, runtime, sentence) => {
    const root = mkdtempSync(join(temporary, 'root-'));
    const write = (file: string, text: string) => {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    };
    write('package.json', '{ "type": "module" }');
    const semantic = join('dist', 'knowledge', 'semantic');
    for (const file of readdirSync(join(ROOT, semantic)).filter((name) => name.endsWith('.js'))) {
      // Where its source map cannot follow.
      write(join(semantic, file), readFileSync(join(ROOT, semantic, file), 'utf8').replace(/\/\/# sourceMappingURL=.*/, ''));
    }
    // An empty package instead of none: a folder above may have one that is not.
    write('node_modules/onnxruntime-node/package.json', '{ "main": "index.js" }');
    if (runtime !== undefined) write('node_modules/onnxruntime-node/index.js', runtime);
    symlinkSync(join(ROOT, 'node_modules', '@huggingface'), join(root, 'node_modules', '@huggingface'));
    const { openLocalEmbedder } = await load(root);
    await expect(openLocalEmbedder(MODEL)).rejects.toThrow(new EmbedderError(sentence));
  });
});
