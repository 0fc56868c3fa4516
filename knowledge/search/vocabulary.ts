/**
 * The archive's own words -> which of them somebody meant who typed one that the archive does not hold.
 *
 * In: words with how often they occur. Out: for a word, the known words that sound like it (备付今 -> 备付金) or are spelled
 * nearly like it (kubernets -> kubernetes). Two fields in MiniSearch: the spelling of Latin words, searched with a few
 * letters of difference, and the pinyin of Chinese words, searched exactly, for who types by pinyin picks a wrong character
 * but types the right sound. Nothing is built before the first word is asked for.
 */
import { createRequire } from 'node:module';
import MiniSearch from 'minisearch';
import { isChinese } from '../text/terms.js';

export interface NearWord {
  readonly word: string;
  /** 0..1: share of what is equal, 1 for equal words, which are never returned. */
  readonly similarity: number;
}

export interface Vocabulary {
  /** Known words near a folded word, most similar first, more frequent ones first among equals, at most {@link NEAREST}. */
  readonly near: (word: string) => readonly NearWord[];
}

const NEAREST = 5;
/** A word that occurs once may be a slip itself. */
const LEAST_COUNT = 2;
const LONGEST_CHINESE = 6;
/** Shorter Latin words have too many neighbours: sdk, sdn, ssk. */
const SHORTEST_LATIN = 4;
/** Letters that may differ, as a share of the word's length, and at most. */
const FUZZY = 0.2;
const MOST_DIFFERENT = 2;
/** A word of which less than this share was typed is another word: "con" is not "container". */
const LEAST_PREFIX = 0.6;
/** Ways to read a word aloud that are tried; only characters with several readings make more than one. */
const MOST_READINGS = 12;
/** What equal sound counts where every character differs. */
const SOUND = 0.4;

const require = createRequire(import.meta.url);
type PinyinPro = typeof import('pinyin-pro');

interface Entry {
  readonly id: number;
  readonly spelling?: string;
  readonly pinyin?: string;
}

/** `words` are folded; it is read at the first question (40,000 words: 0.5 s, 40 MB). */
export function vocabulary(words: Iterable<readonly [word: string, count: number]>): Vocabulary {
  let index: WordIndex | undefined;
  return {
    near(word) {
      const chinese = isChinese(word.charCodeAt(0));
      if (chinese ? word.length < 2 || word.length > LONGEST_CHINESE : word.length < SHORTEST_LATIN || /\d/.test(word)) return [];
      index ??= indexWords(words);
      const found = chinese ? soundingLike(word, index) : spelledLike(word, index);
      return found
        .sort((a, b) => b.similarity - a.similarity || b.count - a.count)
        .slice(0, NEAREST)
        .map(({ word, similarity }) => ({ word, similarity }));
    },
  };
}

interface WordIndex {
  readonly search: MiniSearch<Entry>;
  readonly words: readonly string[];
  readonly counts: readonly number[];
  readonly pinyin: PinyinPro;
}

function indexWords(given: Iterable<readonly [string, number]>): WordIndex {
  const pinyin = require('pinyin-pro') as PinyinPro;
  const words: string[] = [];
  const counts: number[] = [];
  const entries: Entry[] = [];
  for (const [word, count] of given) {
    if (count < LEAST_COUNT) continue;
    const id = words.length;
    if (CHINESE_WORD.test(word)) entries.push({ id, pinyin: soundOf(word, pinyin) });
    else if (LATIN_WORD.test(word)) entries.push({ id, spelling: word });
    else continue;
    words.push(word);
    counts.push(count);
  }
  // Every word is one term: nothing is to be cut or changed.
  const search = new MiniSearch<Entry>({
    fields: ['spelling', 'pinyin'],
    tokenize: (text) => [text],
    processTerm: (term) => term,
  });
  search.addAll(entries);
  return { search, words, counts, pinyin };
}

const CHINESE_WORD = new RegExp(`^[\\u3400-\\u9fff]{2,${LONGEST_CHINESE}}$`);
const LATIN_WORD = /^[a-z\u00c0-\u024f]{4,30}$/;

interface Counted extends NearWord {
  readonly count: number;
}

// === By sound

function soundingLike(word: string, index: WordIndex): Counted[] {
  const found = new Map<number, number>();
  for (const pinyin of readingsOf(word, index.pinyin)) {
    for (const { id } of index.search.search(pinyin, { fields: ['pinyin'], prefix: false, fuzzy: false })) {
      const known = index.words[id as number] as string;
      const equal = [...word].filter((character, i) => character === known[i]).length;
      // Two characters that both differ share too little: 支付 and 至富.
      if (known === word || known.length !== word.length || (word.length === 2 && equal === 0)) continue;
      found.set(id as number, SOUND + ((1 - SOUND) * equal) / word.length);
    }
  }
  return [...found].map(([id, similarity]) => ({
    word: index.words[id] as string,
    similarity,
    count: index.counts[id] as number,
  }));
}

/** How a known word is read, by pinyin-pro's dictionary: 重定向 is chong'ding'xiang. */
function soundOf(word: string, { pinyin }: PinyinPro): string {
  return pinyin(word, { toneType: 'none', type: 'array', v: true }).join("'");
}

/** How an unknown word may be read: any reading of each character, for its characters were picked by sound. */
function readingsOf(word: string, { pinyin }: PinyinPro): readonly string[] {
  let readings: readonly string[] = [''];
  for (const character of word) {
    const sounds = new Set(pinyin(character, { toneType: 'none', type: 'array', v: true, multiple: true }));
    readings = readings.flatMap((reading) => [...sounds].map((sound) => (reading === '' ? sound : `${reading}'${sound}`)));
    readings = readings.slice(0, MOST_READINGS);
  }
  return readings;
}

// === By spelling

function spelledLike(word: string, index: WordIndex): Counted[] {
  const found: Counted[] = [];
  for (const { id } of index.search.search(word, {
    fields: ['spelling'],
    prefix: true,
    fuzzy: FUZZY,
    maxFuzzy: MOST_DIFFERENT,
  })) {
    const known = index.words[id as number] as string;
    if (known === word) continue;
    const similarity = known.startsWith(word)
      ? word.length / known.length
      : 1 - distance(word, known) / Math.max(word.length, known.length);
    if (similarity >= LEAST_PREFIX) found.push({ word: known, similarity, count: index.counts[id as number] as number });
  }
  return found;
}

/** Letters to add, drop or change to make one word the other (Levenshtein 1966), row by row. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
