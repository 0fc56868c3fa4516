/**
 * What the bot must still know after a restart, as the rest of the bot sees it: who may do what, what people asked for, what
 * was done. One SQLite file behind it; every change is on disk when the call returns, unless it says otherwise.
 *
 * Times are UTC ms. A `login` is the bot's own contact id, which changes with every login by QR code, as all ids of contacts do.
 */
import type { Judgement } from '../../knowledge/index.js';
import type { Notebook } from '../notebook.js';

export interface State {
  readonly notebook: Notebook;
  readonly admins: Admins;
  readonly rooms: RoomSettings;
  readonly optOuts: OptOuts;
  readonly hidden: Hidden;
  readonly feedback: Feedback;
  readonly subscriptions: Subscriptions;
  readonly asked: Asked;
  readonly digests: DigestMarks;
  readonly audit: Audit;
  /** Writes a copy of everything to a new file, while the bot works. @throws StateError in one sentence */
  backup(file: string): void;
  close(): void;
}

// === Who may do what

export interface Admin {
  readonly login: string;
  /** The chat's id of the person; good for this login only. */
  readonly contact: string;
  readonly name: string;
  readonly since: number;
  /** Name of the admin who named him, or `code`. */
  readonly by: string;
}

export interface Admins {
  of(login: string): readonly Admin[];
  add(admin: Admin): void;
  /** False if he was none. */
  remove(login: string, contact: string): boolean;
}

/** One act of an admin. Never holds what a message said. */
export interface Act {
  readonly at: number;
  readonly who: string;
  readonly contact: string;
  /** The room's name, or '' in a direct chat. */
  readonly room: string;
  /** The command with what it names, such as `别名 A = B`. */
  readonly what: string;
  readonly result: string;
}

export interface Audit {
  add(act: Act): void;
  /** The latest ones, latest first. */
  latest(count: number): readonly Act[];
}

// === Rooms, by the live room's name

export interface RoomSetting {
  /** What an admin said with 启用 and 停用; absent: what ROOMS says. */
  readonly enabled?: boolean;
  /** 暂停: nothing is said, everything is kept. */
  readonly paused: boolean;
  /** Whether the bot may speak unasked. */
  readonly unasked: boolean;
  /** `HH:MM`, or `off`; absent: what the settings say. */
  readonly digest?: string;
  /** Whether a digest of the week comes on Mondays; absent: what the settings say. */
  readonly weekly?: boolean;
}

export interface RoomSettings {
  get(topic: string): RoomSetting;
  set(topic: string, change: Partial<RoomSetting>): void;
  all(): ReadonlyMap<string, RoomSetting>;
}

// === What people asked for

/** `forgotten`: no words of his are shown. `unrecorded`: what he says from now on is not kept. */
export interface OptOut {
  readonly id: number;
  readonly kind: 'forgotten' | 'unrecorded';
  /** Archive rooms it is about. */
  readonly rooms: readonly string[];
  readonly names: readonly string[];
  /** The chat's ids of the person, as far as known. */
  readonly senders: readonly string[];
  readonly since: number;
}

export interface OptOuts {
  all(): readonly OptOut[];
  add(optOut: Omit<OptOut, 'id'>): OptOut;
  remove(id: number): void;
}

export interface Hidden {
  /** Marks of messages. */
  all(): readonly string[];
  /** Those that were hidden together, the latest first. */
  acts(): readonly (readonly string[])[];
  add(marks: readonly string[], by: string, at: number): void;
  remove(marks: readonly string[]): void;
}

export interface Feedback {
  all(): readonly Judgement[];
  add(judgement: Judgement & { readonly room: string; readonly contact: string; readonly at: number }): void;
}

/** Somebody wants to be told when his question is answered. */
export interface Subscription {
  readonly id: number;
  /** The live room's name. */
  readonly room: string;
  readonly contact: string;
  readonly name: string;
  readonly question: string;
  readonly since: number;
}

export interface Subscriptions {
  all(): readonly Subscription[];
  /** Undefined if he has asked for that already. */
  add(subscription: Omit<Subscription, 'id'>): Subscription | undefined;
  /** False if it was gone already, so that nobody is told twice. */
  remove(id: number): boolean;
}

/** A question put to the bot in a room, and whether it had an answer. */
export interface AskedQuestion {
  /** The live room's name. */
  readonly room: string;
  readonly contact: string;
  readonly name: string;
  readonly question: string;
  /** The chat's id of the message that asked. */
  readonly message: string;
  readonly at: number;
  readonly answered: boolean;
}

/** The questions of the last weeks. */
export interface Asked {
  add(question: AskedQuestion): void;
  /** Those of a room in a time (UTC ms, `to` excluded) that the bot could not answer, oldest first. */
  unanswered(room: string, from: number, to: number): readonly AskedQuestion[];
  /** Its asker took the message back. */
  recall(room: string, message: string): void;
}

// === Digests

/**
 * `sending` stands while a digest is on its way, and for good if the program died meanwhile; `unsure`: nobody knows whether it
 * arrived. Both are never sent again. `failed`: it certainly did not leave. `skipped`: a quiet day, or before the first digest.
 */
export type DigestStep = 'sending' | 'sent' | 'unsure' | 'skipped' | 'dropped' | 'failed';

/** How far the digest of a room (its live name) and a window is. `window` is its first day and its days: `2018-05-02/1`. */
export interface DigestMark {
  readonly room: string;
  readonly window: string;
  readonly step: DigestStep;
  readonly at: number;
  readonly tries: number;
}

export interface DigestMarks {
  get(room: string, window: string): DigestMark | undefined;
  /** Marks those of a room with an earlier first day too; latest first. */
  of(room: string): readonly DigestMark[];
  /** The latest of every room that has one. */
  latest(): readonly DigestMark[];
  /** Threads of the topics that a window's digest told of, in the order of their numbers; undefined if it was not posted. */
  topics(room: string, window: string): readonly string[] | undefined;
  /** Of a window that has a mark. */
  keepTopics(room: string, window: string, threads: readonly string[]): void;
  /** Puts a mark in the place of `before` (undefined: of none); false if meanwhile another one stands there. */
  replace(before: DigestMark | undefined, mark: DigestMark): boolean;
}

/** Why the state cannot be opened, copied or put back: what, where, what to do. */
export class StateError extends Error {
  /** @param remedy what to do, where something can be done */
  constructor(
    readonly fault: string,
    remedy?: string,
  ) {
    super(remedy === undefined ? fault : `${fault}; ${remedy}`);
  }
}
