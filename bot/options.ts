/**
 * The command line of the bot -> Options.
 *
 * In: the arguments behind the program's name. Out: options, or a UsageError in one sentence.
 */
import { parseArgs } from 'node:util';

export interface Options {
  readonly help: boolean;
  /** Say this in the terminal group, print the exchange, end. */
  readonly say?: string;
  /** Member the user speaks for. */
  readonly as?: string;
  /** Name of the terminal group. */
  readonly room?: string;
}

export class UsageError extends Error {}

export const USAGE = `Usage: npm start [-- OPTIONS]

Opens a group in the terminal where the bot answers questions from the archive. With WECHATY_PUPPET set it logs in to WeChat instead.

  --say TEXT   say TEXT in the terminal group, print the exchange and end (exit code 1 if the bot did not reply)
  --as NAME    speak for this member of the terminal group
  --room NAME  give the terminal group this name; the name decides which archive rooms may be read
  --help       show this

Settings are environment variables or stand in a file .env; see .env.example.
Exit codes: 0 ended well, 1 cannot run like this, 2 wrong use, 77 WeChat refuses the account; 70 and 75 (the session is lost) are mended
by a restart, which npm start sees to itself.
`;

/** @throws UsageError */
export function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        say: { type: 'string' },
        as: { type: 'string' },
        room: { type: 'string' },
      },
    });
    for (const name of ['say', 'as', 'room'] as const) {
      if (values[name]?.trim() === '') throw new UsageError(`--${name} needs a text`);
    }
    return values;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // parseArgs explains at length; its first sentence names the option.
    throw new UsageError(String((error as Error).message).split(/\.\s/, 1)[0] ?? 'wrong arguments');
  }
}
