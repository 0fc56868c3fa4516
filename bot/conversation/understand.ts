/**
 * What one incoming message wants from the bot. Pure; it decides and does nothing.
 *
 * In: the message, and whether its sender has an answer open in this room. Out: one of a handful of intents.
 */
import type { IncomingMessage } from '../chat/chat.js';
import { type Command, parseCommand } from './commands.js';
import { calledWith } from './mention.js';

/** How far the sender's open answer has been shown. */
export interface Reading {
  /** Excerpts shown so far: the numbers 1..shown stand on his screen. */
  readonly shown: number;
}

export type Intent =
  | { readonly kind: 'ignore' }
  /** A direct chat: nothing is answered outside the groups. */
  | { readonly kind: 'direct' }
  | { readonly kind: 'help' }
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'follow-up'; readonly command: Exclude<Command, { readonly kind: 'help' }> };

const IGNORE: Intent = { kind: 'ignore' };

export function understand(message: IncomingMessage, reading: Reading | undefined): Intent {
  if (message.self) return IGNORE;
  if (message.room === undefined) return { kind: 'direct' };

  const said = calledWith(message.text, message.botNames);
  if (said === '') return { kind: 'help' };
  const command = parseCommand(said ?? message.text);
  if (said !== undefined) {
    if (command === undefined) return { kind: 'question', text: said };
    return command.kind === 'help' ? command : { kind: 'follow-up', command };
  }

  // Not called. Only who has just got an answer may go on without calling again; "1" from anybody else is talk.
  if (command === undefined || reading === undefined) return IGNORE;
  if (command.kind === 'help') return command;
  if (command.kind === 'open' && command.bare && command.number > reading.shown) return IGNORE;
  return { kind: 'follow-up', command };
}
