/**
 * What the handlers of commands work with: everything that outlives a single message. Made once, by conversation.ts.
 */
import type { Knowledge } from '../../knowledge/index.js';
import type { Chat, Room } from '../chat/chat.js';
import type { Recent } from '../recent.js';
import type { Local } from '../reply/digest-wording.js';
import type { RoomDigests } from '../schedule/room-digests.js';
import type { Window } from '../schedule/windows.js';
import type { State } from '../state/state.js';
import type { Status } from '../status.js';
import type { Admission } from './admission.js';
import type { Days } from './days.js';
import type { OpenAnswers, Saying } from './open-answers.js';
import type { Reload } from './reloading.js';
import type { Walls } from './walls.js';

export interface Desk {
  readonly knowledge: Pick<Knowledge, 'marked' | 'ask' | 'thread' | 'whoIs' | 'addAlias' | 'addWord' | 'figures'>;
  readonly state: State;
  readonly walls: Walls;
  readonly chat: Pick<Chat, 'me' | 'members' | 'rooms'>;
  readonly admission: Admission;
  readonly open: OpenAnswers;
  /** What people were asked to confirm, by {@link askerOf}. */
  readonly forgetting: Recent<Forgetting>;
  /** What an admin was told is hidden, as marks by number, by {@link askerOf}. */
  readonly listed: Recent<readonly (readonly string[])[]>;
  readonly reload: Reload;
  readonly status: Status;
  readonly digests: DigestDesk;
  /** Has the knowledge follow what people asked for, at once: what is hidden now is on no screen any more. */
  readonly heed: () => void;
  /** UTC instant, ms. */
  readonly clock: () => number;
}

/** What the commands of digests work with. */
export interface DigestDesk extends RoomDigests {
  readonly local: Local;
  readonly days: () => Days;
  /** The window of a date, YYYY-MM-DD. */
  readonly window: (date: string, days: number) => Window;
  /** What is past by now is not posted in a room. */
  readonly passOver: (topic: string) => void;
}

/** Somebody whose words are to be forgotten, once he confirms it. */
export interface Forgetting {
  readonly rooms: readonly string[];
  readonly names: readonly string[];
  readonly senders: readonly string[];
  readonly messages: number;
}

/** The room where something was said; in a direct chat all rooms of its person. */
export async function roomsMeant({ room, sender }: Saying, { walls }: Pick<Desk, 'walls'>): Promise<readonly Room[]> {
  return room === undefined ? walls.roomsOf(sender.id) : [room];
}
