/**
 * A window -> the messages that were said in it, and the counts of a headline.
 *
 * What the platform says by itself and what goes on with the bot is no message of the group, so it is counted nowhere.
 */

import { mask } from '../answer/mask.js';
import type { WallClock } from '../archive/wall-clock.js';
import type { Library } from '../library.js';
import type { Digest, Message } from '../types.js';
import type { Window } from './window.js';

const SPEAKERS = 5;

/** Who and what a digest may speak of. */
export interface Held {
  readonly rooms: ReadonlySet<string>;
  /** True for the messages that may be shown and counted. */
  readonly admit: (message: Message) => boolean;
}

/** In time order. */
export function messagesIn({ archive: { messages } }: Library, { rooms, admit }: Held, { from, to }: Window): readonly Message[] {
  const said: Message[] = [];
  for (let i = firstAt(messages, from); i < messages.length; i++) {
    const message = messages[i] as Message;
    if (message.at >= to) break;
    if (rooms.has(message.room) && isOfTheGroup(message) && admit(message)) said.push(message);
  }
  return said;
}

/** Index of the first message at or after an instant. */
export function firstAt(messages: readonly Message[], at: number): number {
  let [low, high] = [0, messages.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle] as Message).at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function isOfTheGroup({ kind }: Message): boolean {
  return kind !== 'bot' && kind !== 'system';
}

export function peopleIn(messages: readonly Message[]): number {
  return new Set(messages.map(({ speaker }) => speaker)).size;
}

/** Messages by local hour, 24 numbers, 0 first. */
export function hoursOf(messages: readonly Message[], clock: WallClock): readonly number[] {
  const hours = new Array<number>(24).fill(0);
  for (const { at } of messages) {
    const hour = Number(clock.local(at).time.slice(0, 2));
    hours[hour] = (hours[hour] as number) + 1;
  }
  return hours;
}

/** How many messages were said in a window. */
export function countIn(messages: readonly Message[], { from, to }: Window): number {
  return messages.filter(({ at }) => at >= from && at < to).length;
}

/** The most active first; of two alike, who spoke first. Each under the name he bore last. */
export function speakersOf(messages: readonly Message[]): Digest['speakers'] {
  const counts = new Map<number, { name: string; messages: number }>();
  for (const { speaker, name } of messages) {
    const one = counts.get(speaker);
    if (one) {
      one.messages += 1;
      one.name = name;
    } else counts.set(speaker, { name, messages: 1 });
  }
  return [...counts.values()]
    .sort((a, b) => b.messages - a.messages)
    .slice(0, SPEAKERS)
    .map(({ name, messages }) => ({ name: mask(name), messages }));
}

/** The mean of those windows in which anything was said: of the others the archive as a rule has no transcript. */
export function usualIn(windows: readonly (readonly Message[])[]): Digest['usual'] {
  const said = windows.filter((messages) => messages.length > 0);
  if (said.length === 0) return undefined;
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  return { messages: mean(said.map((messages) => messages.length)), people: mean(said.map(peopleIn)) };
}
