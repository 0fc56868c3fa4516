/**
 * A conversation -> how characteristic each of its messages is: by the words that its people share and the archive seldom uses.
 *
 * The centroid of a text, see Radev et al., "Centroid-based summarization of multiple documents" (Information Processing and
 * Management 40, 2004), section 2, with the archive's own rarity of words in the place of a general one, and with the people who
 * say a word in the place of its occurrences: what several took up is the subject, what one repeats may be his joke.
 */
import type { Lore } from '../threads/lore.js';
import { eachTopicTerm, type TopicTerm } from '../threads/topic-terms.js';
import type { Message } from '../types.js';

/** Terms a message has beyond which it gains little by having more: long posts hold every word. */
const SATURATION = 20;

/** Rarity (nats) of what stands in 3 % of all messages: everyday words say nothing of a subject, however many use them. */
const EVERYDAY = -Math.log(0.03);
const SAID_ONCE = 0.1;
/** What a doubling of the messages with a word is worth, beside the people who say it. */
const REPEATED = 0.1;

type Terms = ReadonlySet<TopicTerm>;

export interface Centroid {
  /** Weight of what a text says of the conversation, per length: 0 or more. */
  readonly score: (text: string) => number;
  /** The same, not per length: what a part of a text adds. */
  readonly worth: (text: string) => number;
  /** How much of what two texts say of the conversation is the same: 0..1, the cosine of their weights. */
  readonly affinity: (text: string, other: string) => number;
}

/** `names` are what its people are called: who speaks and who is spoken of is no subject. */
export function centroidOf(messages: readonly Message[], lore: Lore, names: readonly string[] = []): Centroid {
  const termsOf = rememberingTerms();
  const said = new Map<TopicTerm, { count: number; readonly voices: Set<number> }>();
  for (const { text, speaker } of messages) {
    for (const term of termsOf(text)) {
      const one = said.get(term) ?? { count: 0, voices: new Set<number>() };
      one.count += 1;
      one.voices.add(speaker);
      said.set(term, one);
    }
  }
  const people = new Set(messages.map(({ speaker }) => speaker)).size;
  const called = new Set(names.flatMap((name) => [...termsOf(name)]));
  const weights = new Map<TopicTerm, number>();
  const weightOf = (term: TopicTerm): number => {
    if (called.has(term)) return 0;
    const { count, voices } = said.get(term) ?? { count: 0, voices: new Set() };
    // Said once, a word may be anything; said again, it is what they talk of.
    const shared = Math.max(SAID_ONCE, (voices.size - 1) / Math.sqrt(people)) + REPEATED * Math.log2(Math.max(1, count));
    return Math.max(0, rarityOf(term, lore) - EVERYDAY) * shared;
  };
  const weight = (term: TopicTerm): number => {
    const known = weights.get(term) ?? weightOf(term);
    weights.set(term, known);
    return known;
  };
  const worth = (text: string): number => {
    let sum = 0;
    for (const term of termsOf(text)) sum += weight(term);
    return sum;
  };
  /** Scalar product of the weights of two texts. */
  const product = (text: string, other: string): number => {
    const [fewer, more] = [termsOf(text), termsOf(other)].sort((a, b) => a.size - b.size) as [Terms, Terms];
    let sum = 0;
    for (const term of fewer) if (more.has(term)) sum += weight(term) ** 2;
    return sum;
  };
  const norms = new Map<string, number>();
  const norm = (text: string): number => {
    const known = norms.get(text) ?? Math.sqrt(product(text, text));
    norms.set(text, known);
    return known;
  };
  return {
    worth,
    score: (text) => worth(text) / (SATURATION + termsOf(text).size),
    affinity: (text, other) => {
      const shared = product(text, other);
      return shared === 0 ? 0 : shared / (norm(text) * norm(other));
    },
  };
}

/** Share (0..1) of what is rare in a text that another text says too. */
export function sharedRarity(text: string, other: string, lore: Lore): number {
  const said = termsIn(other);
  let [all, shared] = [0, 0];
  for (const term of termsIn(text)) {
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

/** Reads each text once. */
function rememberingTerms(): (text: string) => Terms {
  const known = new Map<string, Terms>();
  return (text) => {
    const terms = known.get(text) ?? termsIn(text);
    known.set(text, terms);
    return terms;
  };
}

function termsIn(text: string): Terms {
  const terms = new Set<TopicTerm>();
  eachTopicTerm(text, (term) => {
    if (typeof term === 'number' || !term.startsWith('@')) terms.add(term);
  });
  return terms;
}
