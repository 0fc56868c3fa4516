/**
 * How much the bot may say: to a person and in a room, within a minute.
 *
 * In: who wants an answer where. Out: whether he gets it, is told to wait, or gets nothing.
 */
import { createRecent } from '../recent.js';

/** Answers a minute. WeChat was seen to refuse accounts that sent two messages a second; these are far below. */
export const PER_ROOM = 6;
export const PER_PERSON = 3;
const MINUTE = 60_000;
/** People and rooms remembered. */
const CAPACITY = 10_000;

/** `tell`: he is told once that it was too much; until he may ask again everything else from him is passed over. */
export type Verdict = 'answer' | 'tell' | 'silent';

/** @param clock UTC instant, ms */
export function createLimits(clock: () => number): (person: string, room: string | undefined) => Verdict {
  const answers = createRecent<readonly number[]>({ capacity: CAPACITY, lifetime: MINUTE, clock });
  const told = createRecent<true>({ capacity: CAPACITY, lifetime: MINUTE, clock });
  const lately = (key: string) => (answers.get(key) ?? []).filter((at) => Math.abs(clock() - at) < MINUTE);

  return (person, room) => {
    const keys = [
      { key: `person ${person}`, limit: PER_PERSON },
      ...(room === undefined ? [] : [{ key: `room ${room}`, limit: PER_ROOM }]),
    ];
    const full = keys.find(({ key, limit }) => lately(key).length >= limit);
    if (full === undefined) {
      for (const { key } of keys) {
        answers.put(key, [...lately(key), clock()]);
        told.drop(key);
      }
      return 'answer';
    }
    if (told.get(full.key)) return 'silent';
    told.put(full.key, true);
    return 'tell';
  };
}
