/**
 * Messages -> stretches: what was said in one room between two long silences. Conversations do not outlast them.
 *
 * Out: the messages of each stretch, and a fingerprint of all that its threads can depend on.
 */
import type { Message } from '../types.js';

/** A silence of the room (ms) after which whatever is said begins anew, unless it quotes. */
const LONG_SILENCE = 4 * 3_600_000;

/** The messages of each stretch, in time order; stretches by their first message. What goes on with the bot is in none. */
export function stretchesOf(messages: readonly Message[]): readonly (readonly Message[])[] {
  const stretches: Message[][] = [];
  const latest = new Map<string, Message[]>();
  for (const message of messages) {
    if (message.kind === 'bot') continue;
    const open = latest.get(message.room);
    const previous = open?.at(-1);
    if (open && previous && message.at - previous.at <= LONG_SILENCE) open.push(message);
    else {
      const fresh = [message];
      stretches.push(fresh);
      latest.set(message.room, fresh);
    }
  }
  return stretches;
}

/**
 * A whole number below 2^53 that tells stretches apart. It does not depend on where they stand in the archive: messages count
 * their distance and people the order in which they appear.
 */
export function printOf(stretch: readonly Message[]): number {
  let one = 0x2545f491 ^ stretch.length;
  let other = 0x9e3779b9;
  const mix = (value: number): void => {
    one = Math.imul(one ^ value, 0x85ebca6b);
    one ^= one >>> 13;
    other = Math.imul(other ^ value, 0xc2b2ae35);
    other ^= other >>> 16;
  };
  const mixText = (text: string): void => {
    mix(text.length);
    // Two characters at a time; behind the end there is 0.
    for (let i = 0; i < text.length; i += 2) mix(text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16));
  };
  const people = new Map<number, number>();
  const mixPerson = (speaker: number): void => {
    const number = people.get(speaker) ?? people.size;
    people.set(speaker, number);
    mix(number);
  };
  const placeOf = placesIn(stretch);
  for (const { at, text, kind, speaker, mentions, replyTo } of stretch) {
    mix(at);
    mix(at / 0x100000000);
    mixText(text);
    mixText(kind);
    mixPerson(speaker);
    mix(mentions.length);
    mentions.forEach(mixPerson);
    mix(replyTo === undefined ? -2 : (placeOf(replyTo) ?? -1));
  }
  return (one >>> 0) * 0x200000 + (other >>> 11);
}

/** Messages that were there before, and by the index of each new one where it stood among them: -1 if its words or its time are new. */
export interface EarlierMessages {
  readonly messages: readonly Message[];
  readonly origin: Int32Array;
}

/**
 * A stretch -> the number of the earlier one that has the same print, by a comparison that reads no text. Undefined if there
 * is none, or if only the prints can tell.
 */
export function sameStretchIn({ messages, origin }: EarlierMessages): (stretch: readonly Message[]) => number | undefined {
  const earlier = stretchesOf(messages);
  const beginningAt = new Map(earlier.map((stretch, number) => [stretch[0]?.index, number]));
  const isSame = (message: Message, before: Message): boolean =>
    message === before ||
    (origin[message.index] === before.index &&
      message.speaker === before.speaker &&
      (message.replyTo === undefined ? undefined : origin[message.replyTo]) === before.replyTo &&
      message.mentions.length === before.mentions.length &&
      message.mentions.every((speaker, i) => speaker === before.mentions[i]));
  return (stretch) => {
    const number = beginningAt.get(origin[stretch[0]?.index ?? -1]);
    const known = number === undefined ? undefined : earlier[number];
    if (known?.length !== stretch.length) return undefined;
    return stretch.every((message, place) => isSame(message, known[place] as Message)) ? number : undefined;
  };
}

/** By message index: its place in the stretch. Few stretches hold a reply, so it is made for the first. */
export function placesIn(stretch: readonly Message[]): (index: number) => number | undefined {
  let places: ReadonlyMap<number, number> | undefined;
  return (index) => {
    places ??= new Map(stretch.map((message, place) => [message.index, place]));
    return places.get(index);
  };
}
