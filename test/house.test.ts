/** The rules of the house (DESIGN.md, "The house"), checked on every source file; and that the check would notice. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { importFaults, placeFaults, type SourceFile, writingFaults } from './house-rules.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NOT_OURS = /^(node_modules|dist|data|coverage|\.git)(\/|$)|^knowledge\/sample\/|^package-lock\.json$/;

function read(wanted: RegExp): readonly SourceFile[] {
  const folders = ['bot', 'knowledge', 'scripts', 'test', '.ci'].flatMap((folder) =>
    readdirSync(`${ROOT}/${folder}`, { recursive: true, encoding: 'utf8' }).map(
      (file) => `${folder}/${file.replaceAll('\\', '/')}`,
    ),
  );
  return [...readdirSync(ROOT), ...folders]
    .filter((path) => wanted.test(path) && !NOT_OURS.test(path))
    .map((path) => ({ path, text: readFileSync(`${ROOT}/${path}`, 'utf8') }));
}

const sources = read(/\.(ts|mjs)$/);
const file = (path: string, text: string): SourceFile => ({ path, text: `/** For a test. */\n${text}` });

describe('the wings and their doors', () => {
  it('holds in every file', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(importFaults(sources)).toEqual([]);
  });

  it.each([
    ['bot/serve.ts', "import { load } from '../knowledge/archive/load.js';"],
    ['bot/serve.ts', "import type {\n  Message,\n  Thread,\n} from '../knowledge/types.js';"],
    ['bot/serve.ts', "const { load } = await import('../knowledge/archive/load.js');"],
    ['bot/serve.ts', "type Load = typeof import('../knowledge/archive/load.js');"],
    ['bot/serve.ts', "import { WechatyBuilder } from 'wechaty';"],
    ['bot/conversation/mention.ts', "import type { MessageInterface } from 'wechaty/impls';"],
    ['knowledge/index.ts', "export { texts } from '../bot/reply/texts.js';"],
    ['knowledge/answer/answer.ts', "import MiniSearch from 'minisearch';"],
    ['knowledge/search/query.ts', "import nodejieba from 'nodejieba';"],
    ['knowledge/search/rank.ts', "const runtime = await import('onnxruntime-node');"],
    ['bot/serve.ts', "import { Tokenizer } from '@huggingface/tokenizers';"],
    ['bot/reply/digest.ts', "import { createCanvas } from '@napi-rs/canvas';"],
    ['knowledge/semantic/meaning.ts', "import { ranked } from '../search/candidates.js';"],
    ['knowledge/threads/links.ts', "import { ranked } from '../search/candidates.js';"],
    ['scripts/ask.ts', "import '../knowledge/library.js';"],
    ['scripts/ask.ts', "import { serve } from '../bot/serve.js';"],
  ])('notices %s with: %s', (path, text) => {
    expect(importFaults([file(path, text)])).toHaveLength(1);
  });

  it.each([
    ['bot/serve.ts', "import type { Answer } from '../knowledge/index.js';"],
    ['bot/chat/wechat.ts', "import { WechatyBuilder } from 'wechaty';"],
    ['knowledge/answer/answer.ts', "import { ranked } from '../search/candidates.js';"],
    ['knowledge/semantic/local-worker.ts', "const runtime = await import('onnxruntime-node');"],
    ['knowledge/search/rank.ts', "import type { Meaning } from '../semantic/meaning.js';"],
    ['scripts/ask.ts', "import { answerBubble } from '../bot/reply/bubble.js';"],
    ['scripts/training/train.ts', "import { features } from '../../knowledge/search/features.js';"],
    ['scripts/bench/baseline.ts', "import MiniSearch from 'minisearch';"],
  ])('allows %s with: %s', (path, text) => {
    expect(importFaults([file(path, text)])).toEqual([]);
  });
});

describe('how a file is written', () => {
  it('holds in every file', () => {
    expect(writingFaults(sources)).toEqual([]);
  });

  it.each([
    ['no first comment', { path: 'bot/a.ts', text: 'export const a = 1;\n' }],
    ['more than 400 lines', file('bot/a.ts', 'a();\n'.repeat(400))],
    ['a folder for everything', file('bot/utils/a.ts', '')],
    ['a file for everything', file('bot/helpers.ts', '')],
    ['state in a module', file('bot/a.ts', 'let count = 0;\n')],
    ['the environment read in passing', file('bot/a.ts', 'const home = process.env.HOME;\n')],
  ])('notices %s', (_, source) => {
    expect(writingFaults([source])).toHaveLength(1);
  });
});

describe('the project speaks of itself alone', () => {
  it('names no folder outside it', () => {
    expect(placeFaults(read(/\.(ts|mjs|json|md|example)$|^\.ci\//))).toEqual([]);
  });

  it('notices such a folder', () => {
    expect(placeFaults([file('bot/a.ts', `const a = '${['', 'work', 'x'].join('/')}';`)])).toHaveLength(1);
    expect(placeFaults([file('test/a.ts', `const a = '${['..', 'shared', 'x'].join('/')}';`)])).toHaveLength(1);
  });
});
