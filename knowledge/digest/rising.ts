/**
 * What was said in a window and before it -> the words that rose, with how many messages hold them.
 *
 * Ranked by log-likelihood, see Dunning, "Accurate methods for the statistics of surprise and coincidence" (Computational
 * Linguistics 19, 1993), in the form of Rayson and Garside, "Comparing corpora using frequency profiling" (2000), section 2.
 * Messages are counted, not occurrences, so that one long post makes no word rise.
 */
import { mask } from '../answer/mask.js';
import type { Library } from '../library.js';
import type { Segmenter } from '../text/segment.js';
import { isPhatic } from '../text/speech.js';
import type { Digest, Message } from '../types.js';

const MOST = 8;
/** People who said it in the window. */
const VOICES = 3;
/** Log-likelihood that chance reaches for one word of ten thousand (Rayson, Berridge and Francis 2004). */
const SURPRISE = 15.13;
/** Times as often as before. */
const ROSE = 2;
/** Share of the messages before in which everyday words stand: 我们 in one of 25. */
const EVERYDAY = 0.03;
/** Pictures, links, emoji codes, addresses and whom somebody turns to. */
const NOT_WORDS = /@[^\s?？@]+|!?\[[^[\]\n]*\](?:\([^)\s]*\))?|https?:\/\/[\x21-\x7e]+/g;
/** Two Chinese characters, or a Latin word; numbers and dates rise every week. */
const WORD = /^(?:\p{Script=Han}{2,}|(?=.*[a-z])[a-z0-9+#.-]{2,})$/iu;

interface Said {
  readonly word: string;
  readonly times: number;
}

/** `said` is what the window holds and says something, `before` what the earlier windows hold. */
export function risingIn(
  said: readonly Message[],
  before: readonly Message[],
  library: Library,
  segment: Segmenter,
): Digest['rising'] {
  if (before.length === 0) return [];
  const countBefore = counterOf(before, library);
  const names = [...new Set([...said, ...before].map(({ name }) => name))];
  return wordsOf(said, segment)
    .filter(({ times }) => surpriseOf(times, said.length, 0, before.length) >= SURPRISE)
    .map(({ word, times }) => {
      const known = countBefore(word);
      return { word, times, before: known, surprise: surpriseOf(times, said.length, known, before.length) };
    })
    .filter(
      ({ word, times, before: known, surprise }) =>
        surprise >= SURPRISE &&
        known <= EVERYDAY * before.length &&
        times * before.length >= ROSE * known * said.length &&
        !isPhatic(word) &&
        !names.some((name) => name.includes(word)),
    )
    .sort((a, b) => b.surprise - a.surprise || (a.word < b.word ? -1 : 1))
    .slice(0, MOST)
    .map(({ word, times, before: known }) => ({ word: mask(word), times, before: known }));
}

/** The words that several people said, with how many messages hold each. */
function wordsOf(said: readonly Message[], segment: Segmenter): readonly Said[] {
  const counts = new Map<string, { readonly word: string; times: number; readonly voices: Set<number> }>();
  for (const message of said) {
    const text = message.text.replace(NOT_WORDS, ' ');
    const words = segment.words(text).filter((word) => WORD.test(word));
    for (const [key, word] of new Map(words.map((word) => [word.toLowerCase(), word]))) {
      const one = counts.get(key) ?? { word, times: 0, voices: new Set<number>() };
      one.times += 1;
      one.voices.add(message.speaker);
      counts.set(key, one);
    }
  }
  return [...counts.values()].filter(({ voices }) => voices.size >= VOICES);
}

/** How many of these messages hold a word. Only those that hold its rarest pair of characters are read. */
function counterOf(messages: readonly Message[], { archive, index }: Library): (word: string) => number {
  const isCounted = new Uint8Array(index.messageAt.length);
  for (const message of messages) {
    const position = index.positionOf[message.index] as number;
    if (position >= 0) isCounted[position] = 1;
  }
  const holders = (term: number): number => (index.postingStart[term + 1] as number) - (index.postingStart[term] as number);
  return (word) => {
    const [rarest] = [...index.table.known(index.spell(word))].sort((a, b) => holders(a) - holders(b));
    if (rarest === undefined) return 0;
    const wanted = word.toLowerCase();
    const found = new Set<number>();
    for (let i = index.postingStart[rarest] as number; i < (index.postingStart[rarest + 1] as number); i++) {
      const position = index.postings[i] as number;
      if (isCounted[position] === 0 || found.has(position)) continue;
      const { text } = archive.messages[index.messageAt[position] as number] as Message;
      if (text.toLowerCase().includes(wanted)) found.add(position);
    }
    return found.size;
  };
}

/** Log-likelihood (G²) of a word that so many of all messages hold now, and so many held before. */
function surpriseOf(times: number, all: number, known: number, allBefore: number): number {
  const share = (times + known) / (all + allBefore);
  const term = (seen: number, expected: number): number => (seen === 0 ? 0 : seen * Math.log(seen / expected));
  return 2 * (term(times, all * share) + term(known, allBefore * share));
}
