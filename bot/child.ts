/**
 * The bot in a process of its own, for the supervisor.
 *
 * In: the file to run, its arguments and variables. Out: a run that can be stopped; it ends with its parent, however that ends.
 */
import { fork } from 'node:child_process';
import type { Run } from './supervisor.js';

/** Tells the child that it is one, and how often it was started again. */
export const RESTARTS_VARIABLE = 'QUNSHI_RESTARTS';

/** Whoever does not end in this time is ended, ms. */
const GRACE = 10_000;

/** Its streams are ours, and so is what Node was told (`--import` and the like). */
export function startChild(
  file: string,
  args: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
  restarts: number,
): Run {
  const child = fork(file, args, { env: { ...variables, [RESTARTS_VARIABLE]: String(restarts) }, stdio: 'inherit' });
  return {
    pid: child.pid,
    ended: new Promise((resolve) => {
      child.once('exit', resolve);
      child.once('error', () => resolve(null));
    }),
    reload: () => void child.kill('SIGUSR2'),
    stop(signal) {
      child.kill(signal);
      setTimeout(() => child.kill('SIGKILL'), GRACE).unref();
    },
  };
}
