/**
 * The process: hands the program what it needs and ends with its exit code.
 *
 * In WeChat mode this file runs twice: as the supervisor, and as the bot that it starts.
 */
import { fileURLToPath } from 'node:url';
import { RESTARTS_VARIABLE, startChild } from './child.js';
import { run } from './run.js';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort(signal));
// The supervisor was killed: nobody would start this process again, and a second bot might be started beside it.
process.once('disconnect', () => stop.abort('SIGTERM'));
// A reader that has seen enough ("| head") is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const args = process.argv.slice(2);
const { [RESTARTS_VARIABLE]: restarts, ...variables } = process.env;
const self = fileURLToPath(import.meta.url);
const code = await run({
  args,
  variables,
  envFile: '.env',
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
  stopped: stop.signal,
  bot:
    restarts === undefined
      ? { start: (count) => startChild(self, args, variables, count) }
      : { restarts: Number.parseInt(restarts, 10) || 0 },
});
// Never bot.stop(): on Web WeChat it logs the account out, and the next start needs the phone again. The log is written
// synchronously and the login saved by Wechaty, so nothing is lost.
process.exit(code);
