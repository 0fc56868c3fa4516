/**
 * A command run in this process, and what it wrote.
 *
 * In: the command and its arguments. Out: exit code, stdout and stderr as text.
 */
import { type Command, runCommand } from '../../scripts/command.js';

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function runForTest(command: Command, ...args: readonly string[]): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const screen = { out: (text: string) => out.push(text), err: (text: string) => err.push(text), isTTY: false };
  const code = await runCommand(command, args, screen);
  return { code, out: out.join(''), err: err.join('') };
}
