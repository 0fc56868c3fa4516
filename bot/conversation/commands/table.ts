/**
 * All commands there are. A further subject is a file beside this one and a line here.
 *
 * In: what was said. Out: the command it is, if the whole of it is one.
 */
import { adminCommands } from './admins.js';
import { answerCommands } from './answers.js';
import { archiveCommands } from './archive.js';
import type { Command } from './command.js';
import { digestCommands } from './digests.js';
import { forgettingCommands } from './forgetting.js';
import { helpCommand } from './help.js';
import { judgingCommands } from './judging.js';
import { roomCommands } from './room.js';
import { subscribingCommands } from './subscribing.js';
import { saidOf } from './words.js';

export const HELP = helpCommand(() => COMMANDS);

/** In the order of 帮助. */
export const COMMANDS: readonly Command[] = [
  ...answerCommands,
  ...judgingCommands,
  ...subscribingCommands,
  ...forgettingCommands,
  ...digestCommands,
  ...archiveCommands,
  ...roomCommands,
  ...adminCommands,
  HELP,
];

export interface Spoken {
  readonly command: Command;
  /** What it names; '' if nothing. */
  readonly argument: string;
}

/** @example commandIn('展开　２') // { command: 展开, argument: '2' } */
export function commandIn(text: string): Spoken | undefined {
  const said = saidOf(text);
  if (said === undefined) return undefined;
  for (const command of COMMANDS) {
    const argument = command.read(said);
    if (argument !== undefined) return { command, argument };
  }
  return undefined;
}
