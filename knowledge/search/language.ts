/**
 * An index -> the words of its archive: those that no dictionary has, a segmenter that knows them, and what they sound like.
 *
 * Learned once from the whole archive, and kept until it has become another one or an admin states other words.
 */
import { type LoadedSegmenter, segmenter } from '../text/segment.js';
import { type Lexicon, lexiconOf } from './lexicon.js';
import type { PassageIndex } from './passage-index.js';
import { archiveVocabulary } from './respeller.js';
import type { Vocabulary } from './vocabulary.js';

export interface Language {
  readonly segment: LoadedSegmenter;
  readonly vocabulary: Vocabulary;
  /** Words learned from the archive, with how often they occur. */
  readonly learned: Lexicon['learned'];
  /** Words an admin stated. */
  readonly stated: readonly string[];
}

/** With `known`, what the archive teaches is taken over from it, whatever has been stated since. */
export function languageOf(
  index: PassageIndex,
  stated: readonly string[],
  known?: { readonly learned: Lexicon['learned']; readonly general: readonly string[] },
): Language {
  const lexicon = known ? { learned: known.learned, mayHold: known.general } : lexiconOf(index);
  const segment = segmenter({ ...lexicon, stated });
  return { segment, vocabulary: archiveVocabulary(index, segment.dictionary), learned: lexicon.learned, stated };
}
