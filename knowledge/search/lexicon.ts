/**
 * An index -> the words that this archive uses and no general dictionary holds: names of products, terms of a trade.
 *
 * New words are found by cohesion and freedom: the parts of a word stand together far more often than apart, and what
 * stands beside it varies. Both are read off the bigrams in the index, so a text is not read a second time.
 */
import { bigramCode } from '../text/terms.js';
import type { PassageIndex } from './passage-index.js';

export interface Lexicon {
  /** Words of 3 to 5 Chinese characters, with how often they occur. */
  readonly learned: readonly (readonly [word: string, count: number])[];
  /** Whether the archive could hold this word at all: all its bigrams occur. */
  readonly mayHold: (word: string) => boolean;
}

/** Occurrences from which on a sequence can be a word. */
const OFTEN = 6;
/** Occurrences together, by the geometric mean of the parts' own (cohesion). */
const COHESION = 0.3;
/** If one longer sequence makes up this share of a sequence's occurrences, only the longer one is a word (freedom). */
const BOUND = 0.75;
const LONGEST = 5;

export function lexiconOf(index: PassageIndex): Lexicon {
  const { table, terms, termStart, messageAt } = index;
  /** A sequence of n characters is named by its first bigram and the name of the rest. */
  let names = new Int32Array(terms.length).fill(-1);
  let counts: number[] = [];
  let texts: string[] = [];
  for (let term = 0; term < table.size(); term++) {
    counts.push((index.postingStart[term + 1] as number) - (index.postingStart[term] as number));
    texts.push(textOf(table.codeOf(term)));
  }
  for (let i = 0; i < terms.length; i++) if ((texts[terms[i] as number] as string).length === 2) names[i] = terms[i] as number;

  const found: { word: string; count: number; bound: boolean }[] = [];
  let shorter = new Map<number, { word: string; count: number; bound: boolean }>();
  for (let length = 3; length <= LONGEST; length++) {
    const pairs = new Map<number, number>();
    const next = new Int32Array(terms.length).fill(-1);
    const longerCounts: number[] = [];
    const longerTexts: string[] = [];
    const parts: (readonly [number, number])[] = [];
    for (let position = 0; position < messageAt.length; position++) {
      for (let i = termStart[position] as number; i + 1 < (termStart[position + 1] as number); i++) {
        const [a, b] = [names[i] as number, names[i + 1] as number];
        if (a < 0 || b < 0 || (counts[a] as number) < OFTEN || (counts[b] as number) < OFTEN) continue;
        const [textA, textB] = [texts[a] as string, texts[b] as string];
        if (!textB.startsWith(textA.slice(1))) continue;
        const key = a * counts.length + b;
        let name = pairs.get(key);
        if (name === undefined) {
          name = longerCounts.length;
          pairs.set(key, name);
          longerCounts.push(0);
          longerTexts.push(textA + textB.slice(-1));
          parts.push([a, b]);
        }
        longerCounts[name] = (longerCounts[name] as number) + 1;
        next[i] = name;
      }
    }
    const longer = new Map<number, { word: string; count: number; bound: boolean }>();
    longerCounts.forEach((count, name) => {
      if (count < OFTEN) return;
      const [a, b] = parts[name] as readonly [number, number];
      for (const part of [a, b]) {
        const word = shorter.get(part);
        if (word && count >= BOUND * word.count) word.bound = true;
      }
      if (count < COHESION * Math.sqrt((counts[a] as number) * (counts[b] as number))) return;
      if (hasFunctionWordAtEdge(longerTexts[name] as string)) return;
      const word = { word: longerTexts[name] as string, count, bound: false };
      longer.set(name, word);
      found.push(word);
    });
    [names, counts, texts, shorter] = [next, longerCounts, longerTexts, longer];
  }
  return {
    learned: found.filter((one) => !one.bound).map(({ word, count }) => [word, count] as const),
    mayHold(word) {
      for (let i = 0; i + 1 < word.length; i++) {
        if (table.bigram(bigramCode(word.charCodeAt(i), word.charCodeAt(i + 1))) < 0) return false;
      }
      return true;
    },
  };
}

/** Everyday Chinese function words of one character: no term of a trade begins or ends with them. */
const FUNCTION_WORDS = new Set(
  '的了着过是在和我你他她它们不有这那个就也都要会能可吗呢吧啊呀哦与及或被把给对从到为很还没说看去来么所以之其于而但',
);

function hasFunctionWordAtEdge(word: string): boolean {
  return FUNCTION_WORDS.has(word[0] as string) || FUNCTION_WORDS.has(word[word.length - 1] as string);
}

function textOf(code: number): string {
  if (code === 0 || code % 0x10000 === 0) return '';
  return String.fromCharCode(Math.floor(code / 0x10000), code % 0x10000);
}
