/**
 * The built program in a process of its own, as `npm start` runs it, with the real Web WeChat client led to the fake server.
 *
 * In: the fake, a data folder, settings. Out: the running program, what it printed, how it ended.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FakeWechat } from '../../fake-wechat/server.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const REDIRECT = pathToFileURL(join(ROOT, 'test', 'fake-wechat', 'redirect.mjs')).href;

export interface Program {
  /** Of the supervisor. */
  readonly pid: number;
  /** Everything on both streams so far. */
  printed(): string;
  /** Fulfilled with what was printed, when that fits. */
  prints(pattern: RegExp, ms?: number): Promise<RegExpExecArray>;
  kill(signal: NodeJS.Signals): void;
  /** The bot that the supervisor runs. */
  botPid(): number;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

export const newFolder = () => mkdtempSync(join(tmpdir(), 'qunshi-live-'));

/** A copy of the sample, for what is said in a test is written there. */
export function newArchive(): string {
  const folder = join(newFolder(), 'archive');
  cpSync(join(ROOT, 'knowledge', 'sample'), folder, { recursive: true });
  return folder;
}

export function startProgram(wechat: FakeWechat, variables: Readonly<Record<string, string>>): Program {
  const child: ChildProcess = spawn(process.execPath, [join(ROOT, 'scripts', 'run.mjs'), 'bot/main'], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_OPTIONS: `--import ${REDIRECT}`,
      FAKE_WECHAT_PORT: String(wechat.port),
      WECHATY_PUPPET: 'wechaty-puppet-wechat4u',
      SEMANTIC_MODEL: 'none',
      SEND_PAUSE: '0-0.01',
      ROOMS: wechat.topics.join(','),
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const news = new EventEmitter();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      news.emit('printed');
    });
  }
  const prints: Program['prints'] = async (pattern, ms = 20_000) => {
    const patience = AbortSignal.timeout(ms);
    for (;;) {
      const found = pattern.exec(text);
      if (found !== null) return found;
      await once(news, 'printed', { signal: patience }).catch(() => {
        throw new Error(`${pattern} was not printed within ${ms} ms, but:\n${text}`);
      });
    }
  };
  return {
    pid: child.pid as number,
    printed: () => text,
    prints,
    kill: (signal) => void child.kill(signal),
    botPid: () => Number([...text.matchAll(/"bot":(\d+)[^\n]*"bot started"/g)].at(-1)?.[1]),
    ended: once(child, 'close').then(([code, signal]) => ({ code, signal })),
  };
}
