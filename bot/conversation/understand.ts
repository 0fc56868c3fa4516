/**
 * What one incoming message wants from the bot. Pure; it decides and does nothing.
 *
 * In: the message, and how far its sender and its room are with the bot. Out: nothing, a question or a command.
 */
import type { IncomingMessage } from '../chat/chat.js';
import type { Reading } from './commands/command.js';
import { misspoken } from './commands/misspoken.js';
import { commandIn, HELP, type Spoken } from './commands/table.js';
import { calledWith, READ_OF_MESSAGE, withoutQuoted } from './mention.js';

export type Intent =
  | { readonly kind: 'ignore' }
  | { readonly kind: 'question'; readonly text: string }
  | ({ readonly kind: 'command' } & Spoken);

const IGNORE: Intent = { kind: 'ignore' };

/**
 * The whole of what somebody says must be a command, and in his own words: what stands in a quotation, or in front of a reply
 * as quoted, is nobody's order.
 */
export function understand(message: IncomingMessage, reading: Reading): Intent {
  if (message.self || message.kind !== 'text') return IGNORE;
  const called = saidToBot(message);
  if (called === '') return message.room === undefined ? IGNORE : { kind: 'command', command: HELP, argument: '' };
  const said = called ?? message.text;
  const spoken = commandIn(said);
  const wrong = spoken === undefined ? misspoken(said, called !== undefined, reading) : undefined;
  if (wrong !== undefined) return { kind: 'command', ...wrong };
  if (called !== undefined) return spoken === undefined ? { kind: 'question', text: called } : { kind: 'command', ...spoken };
  return spoken?.command.uncalled(reading, spoken.argument) ? { kind: 'command', ...spoken } : IGNORE;
}

/** In a direct chat everything is said to the bot, with a mention or without. */
function saidToBot({ room, text, botNames }: IncomingMessage): string | undefined {
  const called = calledWith(text, botNames);
  return room === undefined ? called || withoutQuoted(text).slice(0, READ_OF_MESSAGE).trim() : called;
}
