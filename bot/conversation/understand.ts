/**
 * What one incoming message wants from the bot. Pure; it decides and does nothing.
 *
 * In: the message, and how far its sender and its room are with the bot. Out: nothing, a question or a command.
 */
import type { IncomingMessage } from '../chat/chat.js';
import { announces, asksSomething } from './asking.js';
import type { Reading } from './commands/command.js';
import { LISTEN } from './commands/help.js';
import { misspoken } from './commands/misspoken.js';
import { commandIn, HELP, type Spoken } from './commands/table.js';
import { calledWith, quotedIn, READ_OF_MESSAGE, withoutQuoted } from './mention.js';

export type Intent =
  | { readonly kind: 'ignore' }
  | { readonly kind: 'question'; readonly text: string }
  /** `awaits`: the bot was called, and the question is still to come. */
  | ({ readonly kind: 'command'; readonly awaits?: true } & Spoken);

const IGNORE: Intent = { kind: 'ignore' };

/**
 * The whole of what somebody says must be a command, and in his own words: what stands in a quotation, or in front of a reply
 * as quoted, is nobody's order.
 */
export function understand(message: IncomingMessage, reading: Reading): Intent {
  if (message.self || message.kind !== 'text') return IGNORE;
  const called = saidToBot(message);
  if (called === '') return message.room === undefined ? IGNORE : { kind: 'command', command: HELP, argument: '', awaits: true };
  if (called !== undefined && announces(called)) return { kind: 'command', command: LISTEN, argument: '', awaits: true };
  const said = called ?? ownWords(message);
  const spoken = commandIn(said);
  const wrong = spoken === undefined ? misspoken(said, called !== undefined, reading) : undefined;
  if (wrong !== undefined) return { kind: 'command', ...wrong };
  if (called !== undefined) return spoken === undefined ? { kind: 'question', text: called } : { kind: 'command', ...spoken };
  if (spoken?.command.uncalled(reading, spoken.argument)) return { kind: 'command', ...spoken };
  return reading.isAwaited && asksNobodyElse(said) ? { kind: 'question', text: said.slice(0, READ_OF_MESSAGE).trim() } : IGNORE;
}

function asksNobodyElse(said: string): boolean {
  const read = said.slice(0, READ_OF_MESSAGE);
  return asksSomething(read) && !/[@＠]\S/.test(read) && withoutQuoted(said) === said;
}

/** Who replies to a message of the bot with `1` says it to the bot; behind what somebody else said it is talk. */
function ownWords({ text, botNames }: IncomingMessage): string {
  const quoted = quotedIn(text);
  return quoted !== undefined && botNames.includes(quoted.name) ? withoutQuoted(text).trim() : text;
}

/** In a direct chat everything is said to the bot, with a mention or without. */
function saidToBot({ room, text, botNames }: IncomingMessage): string | undefined {
  const called = calledWith(text, botNames);
  return room === undefined ? called || withoutQuoted(text).slice(0, READ_OF_MESSAGE).trim() : called;
}
