/**
 * The threads of an archive, found by whoever is free: stretches in portions, each taken by one of several.
 *
 * In: all messages, the lore, and a counter that all who take part share. Out: what this one found, which `findThreads` takes as
 * known. The threads of a stretch depend on nothing outside it, so it does not matter who finds them.
 */
import type { Lore } from '../threads/lore.js';
import { stretchesOf } from '../threads/stretches.js';
import { type FoundThreads, findThreads } from '../threads/threads.js';
import type { Message } from '../types.js';

/** Messages of a portion: small enough that nobody is left with a large one at the end. */
const PORTION = 2000;

/** `taken` counts the portions that somebody has begun; it lies in shared memory. */
export function findShare(messages: readonly Message[], lore: Lore, taken: Int32Array): readonly FoundThreads[] {
  const portions = portionsOf(messages);
  const found: FoundThreads[] = [];
  for (;;) {
    const portion = portions[Atomics.add(taken, 0, 1)];
    if (!portion) return found;
    found.push(findThreads(renumbered(portion), lore));
  }
}

/** Parts found by several as one, by whatever stretches they know. */
export function together(parts: readonly FoundThreads[]): FoundThreads | undefined {
  const [first] = parts;
  return (
    first && {
      by: first.by,
      labels: new Int32Array(0),
      prints: Float64Array.from(parts.flatMap(({ prints }) => [...prints])),
      sizes: Int32Array.from(parts.flatMap(({ sizes }) => [...sizes])),
      places: Int32Array.from(parts.flatMap(({ places }) => [...places])),
    }
  );
}

function portionsOf(messages: readonly Message[]): readonly (readonly Message[])[] {
  const portions: Message[][] = [[]];
  for (const stretch of stretchesOf(messages)) {
    if ((portions.at(-1) as Message[]).length >= PORTION) portions.push([]);
    const portion = portions.at(-1) as Message[];
    for (const message of stretch) portion.push(message);
  }
  return portions;
}

/** As if nothing else had been said; a reply to something else stays a reply. */
function renumbered(portion: readonly Message[]): readonly Message[] {
  const places = new Map(portion.map(({ index }, place) => [index, place]));
  return portion.map((message, index) =>
    message.replyTo === undefined
      ? { ...message, index }
      : { ...message, index, replyTo: places.get(message.replyTo) ?? portion.length },
  );
}
