/**
 * A state on a real disk, and programs in processes of their own that use one.
 *
 * In: a folder, what a program is to do. Out: the state; the program, what it prints, its end.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openState } from '../../../bot/state/open.js';
import type { State } from '../../../bot/state/state.js';

export const newDataDir = () => mkdtempSync(join(tmpdir(), 'qunshi-'));

export function openForTest(dataDir: string, faults: string[] = []): State {
  return openState({ dataDir, onFault: (sentence) => void faults.push(sentence) });
}

/** Of the user that owns nothing. */
export const NOBODY = 65_534;

/** The administrator may write everywhere, and some build servers run as him. */
export function asNobodyInParticular<T>(work: () => T): T {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

export interface Other {
  readonly pid: number;
  /** The next line it prints. */
  line(): Promise<string>;
  kill(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Compiles what other processes run, as any command does. */
export function compile(): void {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', 'scripts/status', '--help'], { cwd: ROOT });
  if (status !== 0) throw new Error(stderr.toString());
}

/** @param code runs with `openState`, `dataDir` and `tell`, which prints a line */
export function otherProcess(dataDir: string, code: string): Other {
  const head = `const { openState } = await import(process.argv[1]);
    const dataDir = process.argv[2];
    const tell = (text) => process.stdout.write(text + '\\n');
    setInterval(() => undefined, 1000);`;
  const program = new URL('../../../dist/bot/state/open.js', import.meta.url).href;
  const args = ['--input-type=module', '-e', `${head}\n${code}`, program, dataDir];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout as NonNullable<typeof child.stdout> })[Symbol.asyncIterator]();
  const ended = once(child, 'exit');
  return {
    pid: child.pid as number,
    line: async () => (await lines.next()).value as string,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
