/**
 * What a command is: its words, who may say it where, and what it does. Each subject has a file of them; table.ts has them all.
 *
 * In: what was said and by whom. Out: the texts that answer it.
 */
import type { Excerpt, Scope } from '../../../knowledge/index.js';
import type { Content, IncomingMessage } from '../../chat/chat.js';
import type { Desk } from '../desk.js';
import type { OpenAnswer } from '../open-answers.js';
import type { Said } from './words.js';

export interface Command {
  /** What the log, the audit and the tests call it. */
  readonly name: string;
  /** What it names ('' if nothing), if the whole of what was said is this command. */
  readonly read: (said: Said) => string | undefined;
  readonly who: 'everybody' | 'admin';
  readonly where: 'room' | 'direct' | 'both';
  /** Whether it counts in a room where the bot was not called; else the words are talk. */
  readonly uncalled: (reading: Reading, argument: string) => boolean;
  /** It keeps something from others, so it is done though he asks too much at once; only nothing may be said of it then. */
  readonly isUrgent?: true;
  /** It takes so long that nobody else may wait for it. */
  readonly isSlow?: true;
  /** What it names stands in no record. */
  readonly isSecret?: true;
  /** Its line in 帮助; several commands may share one. */
  readonly help?: string;
  readonly run: (call: Call, desk: Desk) => Promise<Outcome> | Outcome;
}

/** How far things are with whoever said something, where he said it. */
export interface Reading {
  readonly isAdmin: boolean;
  /** Excerpts of his open answer shown so far: 1..shown stand on his screen, 0 if nothing was found. Absent: none is open. */
  readonly shown?: number;
  /** What is open is a digest. */
  readonly digest?: 'asked' | 'posted';
  /** Whether the bot has just spoken in the room unasked, so that 停 is said to it. */
  readonly spokeUnasked: boolean;
  /** Whether he has just called the bot without asking anything, so that his next question is for it. */
  readonly isAwaited: boolean;
  /** Whether the bot was told to be silent in the room. */
  readonly isPaused: boolean;
  /** Whether he was asked to confirm that he wants to be forgotten, and whether he is. */
  readonly isAsked: boolean;
  readonly isForgotten: boolean;
}

/** A command on its way. */
export interface Call {
  readonly message: IncomingMessage;
  readonly argument: string;
  readonly isAdmin: boolean;
  /** The asker's open answer. */
  readonly open: OpenAnswer | undefined;
  /** Archive rooms that may be read for him here and now; undefined if none. */
  readonly scope: () => Promise<Scope | undefined>;
}

export interface Outcome {
  readonly bubbles: readonly string[];
  /** For the sender's own eyes, in a direct chat. */
  readonly privately?: readonly Content[];
  /** For the audit, in English. Acts of admins are `done` if absent; those of others stand in the audit only with a result. */
  readonly result?: string;
}

export const say = (...bubbles: readonly string[]): Outcome => ({ bubbles });
/** @param why in English, for the audit */
export const refuse = (why: string, text: string): Outcome => ({ bubbles: [text], result: `refused: ${why}` });

// === When a command counts though the bot was not called

export const never = (): boolean => false;
export const always = (): boolean => true;
export const byAdmins = ({ isAdmin }: Reading): boolean => isAdmin;
/** By whoever has an answer on his screen. */
export const byReaders = ({ shown = 0 }: Reading): boolean => shown > 0;

/** Marks of the messages that an excerpt quotes. */
export const marksOf = ({ quotes }: Excerpt): readonly string[] => quotes.map(({ mark }) => mark);
