/**
 * Chinese text -> words, by nodejieba. The only file that knows it.
 */
import nodejieba from 'nodejieba';

export interface Segmenter {
  /** Words in order; together they are the text. New words are guessed from character statistics (HMM). */
  readonly words: (text: string) => readonly string[];
}

/** Loads the dictionary at the first use. nodejieba holds one dictionary a process: added words stay for later segmenters. */
export function segmenter(domainWords: readonly string[] = []): Segmenter {
  let ready = false;
  return {
    words(text) {
      if (!ready) {
        for (const word of domainWords) nodejieba.insertWord(word);
        ready = true;
      }
      return nodejieba.cut(text, true);
    },
  };
}
