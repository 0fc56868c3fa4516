/**
 * Messages, one after the other -> threads, growing.
 *
 * In: messages in time order and how to choose among the candidates. Out: the label of every message so far. A message is
 * settled when the next few of its room are known, since what follows tells whether something new began; until then its label
 * is the best guess. What is settled is never looked at again, except that a message may join two threads.
 */
import type { Message } from '../types.js';
import { candidateRows } from './features.js';
import { growingOpenings } from './openings.js';
import { emptyRoom, type GrowingRoom, type Room, type Said } from './room.js';
import { signsOf } from './signs.js';
import { growingVocabulary } from './vocabulary.js';

/** Says which row is right: the number of an open thread, or the last row for a new thread. */
export type Choose = (rows: readonly Float64Array[], said: Said, room: Room) => number;

export interface ThreadFinder {
  /** Takes the next message; `index` must be one more than that of the message before. */
  readonly add: (message: Message) => void;
  /** Label of every message so far, by index: the index of the first message of its thread. */
  readonly labels: () => Int32Array;
}

/** Messages of the room that are awaited before one is settled, and for how long they count (ms). */
const AHEAD = 5;
const AHEAD_SPAN = 20 * 60_000;

interface Place {
  readonly room: GrowingRoom;
  /** Messages not yet settled. */
  waiting: readonly Said[];
  messages: number;
  /** When the last message was said. */
  at: number;
}

export function threadFinder(choose: Choose): ThreadFinder {
  const vocabulary = growingVocabulary();
  const openings = growingOpenings();
  const places = new Map<string, Place>();
  const settled: number[] = [];

  const read = (message: Message, place: Place): Said => {
    const terms = vocabulary.read(message.text);
    const opening = openings.likeness(terms);
    openings.learn(terms, (message.at - place.at) / 1000);
    return { message, signs: signsOf(message), terms, rarities: terms.map(vocabulary.rarity), opening, order: place.messages };
  };
  const settle = (said: Said, later: readonly Said[], room: GrowingRoom, labels: number[]): void => {
    const { message } = said;
    const ahead = later.filter((one) => one.message.at - message.at <= AHEAD_SPAN);
    const quoted = message.replyTo === undefined ? undefined : labels[message.replyTo];
    const rows = candidateRows(said, room, ahead, quoted);
    const label = quoted ?? room.threads[choose(rows, said, room)]?.label ?? message.index;
    labels[message.index] = label;
    room.put(said, label);
  };

  return {
    add(message) {
      let place = places.get(message.room);
      if (!place) {
        place = { room: emptyRoom(), waiting: [], messages: 0, at: Number.NEGATIVE_INFINITY };
        places.set(message.room, place);
      }
      place.waiting = [...place.waiting, read(message, place)];
      place.messages++;
      place.at = message.at;
      const [first, ...later] = place.waiting;
      if (first && later.length === AHEAD) {
        settle(first, later, place.room, settled);
        place.waiting = later;
      }
    },
    labels() {
      const labels = [...settled];
      for (const { room, waiting } of places.values()) {
        const copy = room.copy();
        waiting.forEach((said, i) => {
          settle(said, waiting.slice(i + 1), copy, labels);
        });
      }
      return Int32Array.from(labels);
    },
  };
}
