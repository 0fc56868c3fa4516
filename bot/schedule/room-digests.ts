/**
 * The digest of a live room: what its archive rooms held, and what the bot was asked there and could not answer.
 *
 * In: a room and a window. Out: the digest, within the room's walls; and what is posted of it.
 */
import type { Digest, Knowledge, Quote, Scope } from '../../knowledge/index.js';
import { masked } from '../../knowledge/index.js';
import type { Content, Room } from '../chat/chat.js';
import { digestBubble } from '../reply/digest.js';
import { isQuiet, type Local } from '../reply/digest-wording.js';
import type { DigestSettings } from '../settings.js';
import type { AskedQuestion, State } from '../state/state.js';
import type { Window } from './windows.js';

export interface RoomDigestOptions {
  readonly knowledge: Pick<Knowledge, 'digest' | 'isAnsweredSince'>;
  readonly state: Pick<State, 'asked' | 'optOuts'>;
  /** Archive rooms that may be read in a room. */
  readonly scopeOf: (room: Room) => Promise<Scope | undefined>;
  readonly settings: Pick<DigestSettings, 'format' | 'quietDays'>;
  readonly draw: (digest: Digest, local: Local) => Promise<Uint8Array>;
  /** Told why a picture is missing. */
  readonly onFault: (error: unknown) => void;
  readonly local: Local;
}

export interface RoomDigests {
  /** Undefined if no archive room belongs to the room. */
  of(room: Room, window: Window): Promise<Digest | undefined>;
  /** The same, made ready to be posted. */
  make(room: Room, window: Window): Promise<MadeDigest | undefined>;
}

export interface MadeDigest {
  readonly digest: Digest;
  /** What is posted of it, the most important first; nothing of a quiet day, unless one line is wanted. */
  readonly contents: readonly Content[];
}

const MOST_UNANSWERED = 5;

export function createRoomDigests(options: RoomDigestOptions): RoomDigests {
  const { knowledge, state, scopeOf, settings, draw, onFault, local } = options;

  const of = async (room: Room, { from, to, days }: Window): Promise<Digest | undefined> => {
    const rooms = (await scopeOf(room))?.rooms;
    if (rooms === undefined) return undefined;
    const digest = knowledge.digest({ rooms, name: room.topic, from, to, days });
    const asked = state.asked
      .unanswered(room.topic, from, to)
      .filter((one) => !isOptedOut(state, one) && !knowledge.isAnsweredSince(one, rooms));
    return { ...digest, unanswered: latest([...digest.unanswered, ...asked.map((one) => quoteOf(one, local))]) };
  };

  const pictureOf = async (digest: Digest): Promise<readonly Content[]> => {
    try {
      return [{ picture: await draw(digest, local), name: 'digest.png' }];
    } catch (error) {
      onFault(error);
      return [];
    }
  };

  const contentsOf = async (digest: Digest): Promise<readonly Content[]> => {
    const text = digestBubble(digest, local);
    if (isQuiet(digest)) return settings.quietDays === 'line' ? [text] : [];
    if (settings.format === 'text') return [text];
    const picture = await pictureOf(digest);
    // Without its picture the digest is still worth its words.
    return settings.format === 'image' && picture.length > 0 ? picture : [text, ...picture];
  };

  return {
    of,
    async make(room, window) {
      const digest = await of(room, window);
      return digest && { digest, contents: await contentsOf(digest) };
    },
  };
}

function latest(quotes: readonly Quote[]): readonly Quote[] {
  const once = new Map(quotes.map((quote) => [quote.text, quote]));
  return [...once.values()].sort((a, b) => a.at - b.at).slice(-MOST_UNANSWERED);
}

/** Whether somebody asked who wants none of his words shown or kept, or the question names one who wants to be forgotten. */
function isOptedOut({ optOuts }: Pick<State, 'optOuts'>, { contact, name, question }: AskedQuestion): boolean {
  const isNamed = (other: string) => other.length > 1 && question.toLowerCase().includes(other.toLowerCase());
  return optOuts
    .all()
    .some(
      ({ kind, senders, names }) =>
        senders.includes(contact) || names.includes(name) || (kind === 'forgotten' && names.some(isNamed)),
    );
}

/** What was said to the bot alone stands among no talk: nobody can open it. */
function quoteOf({ name, question, at }: AskedQuestion, local: Local): Quote {
  const [date = '', time = ''] = local(at).split(' ');
  const words = { speaker: masked(name), text: masked(question) };
  return { ...words, at, date, time: `${time}:00`, kind: 'text', file: '', line: 0, mark: '' };
}
