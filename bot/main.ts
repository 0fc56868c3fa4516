/**
 * The process: hands the program what it needs and ends with its exit code.
 *
 * In WeChat mode this file runs twice: as the supervisor, and as the bot that it starts.
 */
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { RESTARTS_VARIABLE, startChild } from './child.js';
import { keepRunning } from './keep-running.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort(signal));
// SIGUSR2 reads the archive again, and so does SIGHUP to a service. Where there is a terminal, SIGHUP says that it was closed.
const reloads = new EventEmitter();
const hasTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
process.on('SIGUSR2', () => reloads.emit('asked'));
process.on('SIGHUP', () => (hasTerminal ? stop.abort('SIGHUP') : reloads.emit('asked')));
// The supervisor was killed: nobody would start this process again, and a second bot might be started beside it.
process.once('disconnect', () => stop.abort('SIGTERM'));
// A reader that has seen enough ("| head") is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const { [RESTARTS_VARIABLE]: restarts, ...variables } = process.env;
const onReload = (call: () => void) => void reloads.on('asked', call);
const common = { args: process.argv.slice(2), variables, envFile: '.env', stopped: stop.signal, onReload };
const streams = { input: process.stdin, output: process.stdout, errors: process.stderr };
const self = fileURLToPath(import.meta.url);

const runBot = async (): Promise<number> => {
  // The supervisor does without all this.
  const { run } = await import('./run.js');
  return run({ ...common, ...streams, exit: (code) => process.exit(code), restarts: Number(restarts ?? 0) });
};
const start = (count: number) => startChild(self, common.args, variables, count);
const code = (restarts === undefined ? await keepRunning({ ...common, start }) : undefined) ?? (await runBot());
// Never bot.stop(): on Web WeChat it logs the account out, and the next start needs the phone again. The log is written
// synchronously and the login saved by Wechaty, so nothing is lost.
process.exit(code);
