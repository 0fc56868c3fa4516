/**
 * Chinese text -> words, by nodejieba. The only file that knows it.
 *
 * nodejieba's dictionary takes 250 MB and 1.5 s, nearly all of it for words that an archive never uses; so it is given only
 * the words that the archive may hold, and those that were learned from it or stated by an admin. What is in no dictionary is
 * still cut, by character statistics (HMM).
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nodejieba from 'nodejieba';

/** nodejieba's own type declarations leave its path out. */
function generalDictionary(): string {
  return (nodejieba as unknown as { readonly DEFAULT_DICT: string }).DEFAULT_DICT;
}

export interface Segmenter {
  /** Words in order; together they are the text. */
  readonly words: (text: string) => readonly string[];
  /** The words of two characters and more that it knows. */
  readonly dictionary: () => Iterable<string>;
}

export interface LoadedSegmenter extends Segmenter {
  /** What it took from the general dictionary, to be handed in again. */
  readonly general: readonly string[];
}

export interface Words {
  /** Words that no general dictionary holds, with how often they occur. */
  readonly learned: readonly (readonly [word: string, count: number])[];
  /** Words an admin stated. */
  readonly stated: readonly string[];
  /** Whether a word of the general dictionary is of any use; or those that are, as an earlier segmenter took them. */
  readonly mayHold: ((word: string) => boolean) | readonly string[];
}

/** Frequency (in the units of nodejieba's dictionary, occurrences in 60 million words) from which on a word wins over its parts. */
const STATED_FREQUENCY = 20_000;
const LEARNED_FREQUENCY = 200;

/** Loads the dictionary at once. nodejieba holds one a process: a later segmenter's words then serve the earlier ones too. */
export function segmenter({ learned, stated, mayHold }: Words): LoadedSegmenter {
  const general = typeof mayHold === 'function' ? generalWords(mayHold) : mayHold;
  const own = stated.filter((word) => /^\S+$/.test(word));
  const folder = mkdtempSync(join(tmpdir(), 'qunshi-words-'));
  try {
    const file = (name: string, lines: readonly string[]): string => {
      const path = join(folder, name);
      writeFileSync(path, `${lines.join('\n')}\n`);
      return path;
    };
    const ours = [
      ...learned.map(([word, count]) => `${word} ${LEARNED_FREQUENCY + count} n`),
      ...own.map((word) => `${word} ${STATED_FREQUENCY} n`),
    ];
    nodejieba.load({
      dict: file('dictionary', [...general, ...ours]),
      userDict: file('none', []),
      // Both serve keyword extraction, which nothing here uses.
      idfDict: file('frequencies', ['的 1']),
      stopWordDict: file('stop-words', ['的']),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    general,
    words: (text) => nodejieba.cut(text, true),
    *dictionary() {
      for (const line of general) if (line.indexOf(' ') > 1) yield line.slice(0, line.indexOf(' '));
      for (const [word] of learned) yield word;
      yield* own;
    },
  };
}

/** Lines of the general dictionary: single characters, and the words wanted. Not split, for most of 350,000 are not. */
function generalWords(isWanted: (word: string) => boolean): readonly string[] {
  const dictionary = readFileSync(generalDictionary(), 'utf8');
  const lines: string[] = [];
  for (let begin = 0; begin < dictionary.length; ) {
    const newLine = dictionary.indexOf('\n', begin);
    const end = newLine < 0 ? dictionary.length : newLine;
    const length = dictionary.indexOf(' ', begin) - begin;
    if (length === 1 || (length > 1 && isWanted(dictionary.slice(begin, begin + length))))
      lines.push(dictionary.slice(begin, end));
    begin = end + 1;
  }
  return lines;
}
