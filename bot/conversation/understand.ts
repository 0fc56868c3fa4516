/**
 * What one incoming message wants from the bot. Pure; it decides and does nothing.
 *
 * In: the message, and how far its sender and its room are with the bot. Out: one of a handful of intents.
 */
import type { IncomingMessage } from '../chat/chat.js';
import { type Command, parseCommand } from './commands.js';
import { calledWith } from './mention.js';

/** How far things are where the message was said. */
export interface Reading {
  /** Excerpts of the sender's open answer shown so far: the numbers 1..shown stand on his screen. Absent: none is open. */
  readonly shown?: number;
  /** Whether the bot has just spoken in the room unasked, so that 停 is said to it. */
  readonly spokeUnasked?: boolean;
}

/** The commands that go on with an answer. */
export type FollowUp = Extract<Command, { readonly kind: 'open' | 'more' | 'next-pages' | 'previous-pages' }>;

export type Intent =
  | { readonly kind: 'ignore' }
  /** A direct chat: nothing is answered outside the groups. */
  | { readonly kind: 'direct' }
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'follow-up'; readonly command: FollowUp }
  | Exclude<Command, FollowUp>;

const IGNORE: Intent = { kind: 'ignore' };

export function understand(message: IncomingMessage, { shown, spokeUnasked }: Reading): Intent {
  if (message.self || message.kind !== 'text') return IGNORE;
  if (message.room === undefined) return { kind: 'direct' };

  const said = calledWith(message.text, message.botNames);
  if (said === '') return { kind: 'help' };
  const command = parseCommand(said ?? message.text);
  if (said !== undefined) return command === undefined ? { kind: 'question', text: said } : intentOf(command);

  // Not called. Only who has just got an answer may go on without calling again; "1" from anybody else is talk.
  if (command?.kind === 'stop' && spokeUnasked) return command;
  if (command === undefined || shown === undefined) return IGNORE;
  if (command.kind === 'open' && command.bare && command.number > shown) return IGNORE;
  if (command.kind === 'help' || isFollowUp(command)) return intentOf(command);
  return IGNORE;
}

function intentOf(command: Command): Intent {
  return isFollowUp(command) ? { kind: 'follow-up', command } : command;
}

function isFollowUp(command: Command): command is FollowUp {
  return /^(open|more|next-pages|previous-pages)$/.test(command.kind);
}
