/**
 * A conversation -> how characteristic each of its messages is: by the words that its people share and the archive seldom uses.
 *
 * The centroid of a text, see Radev et al., "Centroid-based summarization of multiple documents" (Information Processing and
 * Management 40, 2004), section 2, with the archive's own rarity of words in the place of a general one.
 */
import type { Lore } from '../threads/lore.js';
import { eachTopicTerm, type TopicTerm } from '../threads/topic-terms.js';
import type { Message } from '../types.js';

/** Terms a message has beyond which it gains little by having more: long posts hold every word. */
const SATURATION = 12;

export interface Centroid {
  /** Weight of what a text says of the conversation, per length: 0 or more. */
  readonly score: (text: string) => number;
  /** The same, not per length: what a part of a text adds. */
  readonly worth: (text: string) => number;
}

export function centroidOf(messages: readonly Message[], lore: Lore): Centroid {
  const counts = new Map<TopicTerm, number>();
  for (const { text } of messages) for (const term of termsOf(text)) counts.set(term, (counts.get(term) ?? 0) + 1);
  const weight = (term: TopicTerm): number => {
    const count = counts.get(term) ?? 0;
    const number = lore.terms.get(term);
    const rarity = number === undefined ? lore.unknownRarity : (lore.rarity[number] as number);
    // Said once, a word may be anything; said again, it is what they talk of.
    return count <= 1 ? 0.1 * rarity : rarity * Math.log2(count);
  };
  const worth = (text: string): number => [...termsOf(text)].reduce<number>((sum, term) => sum + weight(term), 0);
  return { worth, score: (text) => worth(text) / (SATURATION + termsOf(text).size) };
}

function termsOf(text: string): ReadonlySet<TopicTerm> {
  const terms = new Set<TopicTerm>();
  eachTopicTerm(text, (term) => {
    if (typeof term === 'number' || !term.startsWith('@')) terms.add(term);
  });
  return terms;
}
