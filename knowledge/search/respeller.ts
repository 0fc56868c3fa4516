/**
 * An index and its words -> what may have been meant by the words of a question that the archive does not hold.
 *
 * The vocabulary (0.5 s for 40,000 words) is made for the first question that needs it, or in quiet moments before.
 */
import { bigramCode, isChinese } from '../text/terms.js';
import type { PassageIndex } from './passage-index.js';
import { type Respelling, respell } from './respell.js';
import { type Vocabulary, vocabulary } from './vocabulary.js';

export type Respeller = (words: readonly string[]) => readonly Respelling[];

/** Messages a word must stand in to be what somebody may have meant. */
const LEAST = 5;

/** The words of an archive; nothing is read before they are needed. They serve later indexes of the same archive too. */
export function archiveVocabulary(index: PassageIndex, dictionary: () => Iterable<string>): Vocabulary {
  return vocabulary({ [Symbol.iterator]: () => countedWords(index, dictionary())[Symbol.iterator]() });
}

export function respeller(
  index: PassageIndex,
  dictionary: () => Iterable<string>,
  words: Vocabulary = archiveVocabulary(index, dictionary),
): Respeller {
  return (typed) => respell(typed, words, (text) => holding(index, text));
}

function* countedWords(index: PassageIndex, dictionary: Iterable<string>): Iterable<readonly [string, number]> {
  for (const word of dictionary) {
    const count = holding(index, word);
    if (count >= LEAST) yield [word, count];
  }
  for (const [word, term] of index.table.words()) {
    const count = postings(index, term);
    if (count >= LEAST) yield [word, count];
  }
}

/** Occurrences of a text's rarest term: never fewer than its own. */
function holding(index: PassageIndex, text: string): number {
  if (!isChinese(text.charCodeAt(0))) return postings(index, index.table.word(text));
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 1 < text.length; i++) {
    least = Math.min(least, postings(index, index.table.bigram(bigramCode(text.charCodeAt(i), text.charCodeAt(i + 1)))));
  }
  return least;
}

function postings(index: PassageIndex, term: number): number {
  return term < 0 ? 0 : (index.postingStart[term + 1] as number) - (index.postingStart[term] as number);
}
