/**
 * The process: hands the program what it needs and ends with its exit code.
 */
import { run } from './run.js';

// Never bot.stop(): on Web WeChat it logs the account out, and the next start needs the phone again. The log is written
// synchronously and the login saved by Wechaty, so nothing is lost.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
// A reader that has seen enough ("| head") is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const code = await run({
  args: process.argv.slice(2),
  variables: process.env,
  envFile: '.env',
  input: process.stdin,
  output: process.stdout,
  errors: process.stderr,
});
process.exit(code);
