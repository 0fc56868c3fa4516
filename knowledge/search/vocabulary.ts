/**
 * The archive's own words -> which of them somebody meant who typed one that the archive does not hold.
 *
 * In: words with how often they occur. Out: for a word, the known words that sound like it (备付今 -> 备付金) or are spelled
 * nearly like it (kubernets -> kubernetes). Who types Chinese by its sound picks a wrong character, but types the right
 * sound: so Chinese words are looked up by their pinyin, exactly. Latin words are searched by MiniSearch, with a few letters
 * of difference. It is all learned when the first word is asked for, or before, in slices.
 */
import { createRequire } from 'node:module';
import MiniSearch from 'minisearch';

export interface NearWord {
  readonly word: string;
  /** 0..1: share of what is equal, 1 for equal words, which are never returned. */
  readonly similarity: number;
}

export interface Vocabulary {
  /** Known words near a folded word, most similar first, more frequent ones first among equals, at most {@link NEAREST}. */
  readonly near: (word: string) => readonly NearWord[];
  /** Learns the words ahead of the first question, a few milliseconds at a time; `pause` is awaited in between. */
  readonly prepare: (pause: () => Promise<void>) => Promise<void>;
}

const NEAREST = 5;
/** What occurs once, or once in so many words, may be a slip itself or is too rare to be meant. */
const LEAST_COUNT = 2;
const LEAST_SHARE = 1 / 200_000;
const CHINESE_WORD = /^[\u3400-\u9fff]{2,6}$/;
/** Shorter Latin words have too many neighbours (sdk, sdn), and among numbers a neighbour is another thing (217, 281). */
const LATIN_WORD = /^[a-z\u00c0-\u024f]{4,30}$/;
/** Letters that may differ. */
const MOST_DIFFERENT = 2;
/** Slips beyond this share make another word: with one letter in four changed, okex would be okay. */
const LEAST_ALIKE = 0.76;
/** A word of which less than this share was typed is another word: "cont" is not "containerization". */
const LEAST_PREFIX = 0.5;
/** A character's other reading counts from this share of its occurrences on: 重 is zhong and chong, but 核 is never hu. */
const LEAST_READING = 0.05;
/** Ways to read a word aloud that are tried. */
const MOST_READINGS = 12;
/** What equal sound counts where every character differs. */
const SOUND = 0.4;

/** ms of learning at a time: a question that comes in between waits no longer. */
const SLICE = 10;

const require = createRequire(import.meta.url);
type PinyinPro = typeof import('pinyin-pro');

/** `words` are folded; read when the first word is asked for or in `prepare` (40,000 words: 0.7 s, 20 MB). */
export function vocabulary(words: Iterable<readonly [word: string, count: number]>): Vocabulary {
  const learning = learn(words);
  let known: Known | undefined;
  /** Until `until` (ms of performance.now); true if all is known. */
  const learnOn = (until: number): boolean => {
    while (!known && performance.now() < until) known = learning.next().value ?? undefined;
    return known !== undefined;
  };
  return {
    async prepare(pause) {
      while (!learnOn(performance.now() + SLICE)) await pause();
    },
    near(word) {
      const chinese = CHINESE_WORD.test(word);
      if (!chinese && !LATIN_WORD.test(word)) return [];
      learnOn(Number.POSITIVE_INFINITY);
      const found = chinese ? soundingLike(word, known as Known) : spelledLike(word, known as Known);
      return found
        .sort((a, b) => b.similarity - a.similarity || b.count - a.count)
        .slice(0, NEAREST)
        .map(({ word, similarity }) => ({ word, similarity }));
    },
  };
}

interface Known {
  readonly counts: ReadonlyMap<string, number>;
  /** Chinese words by their sound. */
  readonly bySound: ReadonlyMap<string, readonly string[]>;
  /** How often a character of those words is read so. */
  readonly readings: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly latin: MiniSearch<{ readonly id: string }>;
  readonly pinyin: PinyinPro['pinyin'];
}

interface Counted extends NearWord {
  readonly count: number;
}

/** Ends with what is known; before that it pauses after every word. */
function* learn(words: Iterable<readonly [string, number]>): Generator<undefined, Known> {
  const { pinyin } = require('pinyin-pro') as PinyinPro;
  yield;
  const counts = yield* frequent(words);
  const bySound = new Map<string, string[]>();
  const readings = new Map<string, Map<string, number>>();
  // A word is one term: nothing is to be cut or changed.
  const latin = new MiniSearch<{ readonly id: string }>({
    fields: ['id'],
    tokenize: (text) => [text],
    processTerm: (term) => term,
  });
  for (const [word, count] of counts) {
    yield;
    if (LATIN_WORD.test(word)) {
      latin.add({ id: word });
      continue;
    }
    // The dictionary of pinyin-pro knows words: 重定向 is chong ding xiang.
    const sounds = soundsOf(word, pinyin);
    const sound = sounds.join(' ');
    const alike = bySound.get(sound);
    if (alike) alike.push(word);
    else bySound.set(sound, [word]);
    sounds.forEach((one, i) => {
      const character = word[i] as string;
      const heard = readings.get(character);
      if (heard) heard.set(one, (heard.get(one) ?? 0) + count);
      else readings.set(character, new Map([[one, count]]));
    });
  }
  return { counts, bySound, readings, latin, pinyin };
}

function* frequent(words: Iterable<readonly [string, number]>): Generator<undefined, ReadonlyMap<string, number>> {
  const all: (readonly [string, number])[] = [];
  for (const word of words) {
    all.push(word);
    yield;
  }
  const least = Math.max(LEAST_COUNT, LEAST_SHARE * all.reduce((sum, [, count]) => sum + count, 0));
  return new Map(all.filter(([word, count]) => count >= least && (CHINESE_WORD.test(word) || LATIN_WORD.test(word))));
}

function soundsOf(text: string, pinyin: PinyinPro['pinyin']): readonly string[] {
  return pinyin(text, { toneType: 'none', type: 'array', v: true });
}

// === By sound

function soundingLike(word: string, known: Known): Counted[] {
  const found = new Set(readingsOf(word, known).flatMap((reading) => known.bySound.get(reading) ?? []));
  found.delete(word);
  return [...found].flatMap((other) => {
    const equal = [...word].filter((character, i) => character === other[i]).length;
    // Two characters that both differ share too little: 支付 and 至富.
    if (word.length === 2 && equal === 0) return [];
    return { word: other, similarity: SOUND + ((1 - SOUND) * equal) / word.length, count: known.counts.get(other) ?? 0 };
  });
}

/** How a word may be read that no dictionary knows: each character was picked by one of its sounds. */
function readingsOf(word: string, { readings, pinyin }: Known): readonly string[] {
  let all: readonly string[] = [''];
  for (const character of word) {
    const heard = [...(readings.get(character) ?? soundsOf(character, pinyin).map((sound) => [sound, 1] as const))];
    const total = heard.reduce((sum, [, count]) => sum + count, 0);
    const sounds = heard.filter(([, count]) => count >= LEAST_READING * total).map(([sound]) => sound);
    all = all.flatMap((begun) => sounds.map((sound) => (begun === '' ? sound : `${begun} ${sound}`))).slice(0, MOST_READINGS);
  }
  return all;
}

// === By spelling

function spelledLike(word: string, { counts, latin }: Known): Counted[] {
  return latin.search(word, { prefix: true, fuzzy: MOST_DIFFERENT }).flatMap(({ id }) => {
    const known = String(id);
    const begun = known.startsWith(word) ? word.length / known.length : 0;
    const alike = 1 - slips(word, known) / Math.max(word.length, known.length);
    if (known === word || (begun < LEAST_PREFIX && alike < LEAST_ALIKE)) return [];
    return { word: known, similarity: Math.max(begun, alike), count: counts.get(known) ?? 0 };
  });
}

/**
 * Letters to add, drop, change or swap with their neighbour to make one word the other ("optimal string alignment", the
 * restricted form of Damerau 1964), row by row. MiniSearch counts a swap, the commonest slip of all, as two changes.
 */
function slips(a: string, b: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] as number) + 1 : change;
      next.push(Math.min(change, swap, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length] as number;
}
