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
const SATURATION = 20;

const SAID_ONCE = 0.1;

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
    // Said once, a word may be anything; said again, it is what they talk of.
    return rarityOf(term, lore) * (count <= 1 ? SAID_ONCE : Math.log2(count));
  };
  const worth = (text: string): number => [...termsOf(text)].reduce<number>((sum, term) => sum + weight(term), 0);
  return { worth, score: (text) => worth(text) / (SATURATION + termsOf(text).size) };
}

/** Share (0..1) of what is rare in a text that another text says too. */
export function sharedRarity(text: string, other: string, lore: Lore): number {
  const said = termsOf(other);
  let [all, shared] = [0, 0];
  for (const term of termsOf(text)) {
    const rarity = rarityOf(term, lore);
    all += rarity;
    if (said.has(term)) shared += rarity;
  }
  return all === 0 ? 0 : shared / all;
}

function rarityOf(term: TopicTerm, { terms, rarity, unknownRarity }: Lore): number {
  const number = terms.get(term);
  return number === undefined ? unknownRarity : (rarity[number] as number);
}

function termsOf(text: string): ReadonlySet<TopicTerm> {
  const terms = new Set<TopicTerm>();
  eachTopicTerm(text, (term) => {
    if (typeof term === 'number' || !term.startsWith('@')) terms.add(term);
  });
  return terms;
}
