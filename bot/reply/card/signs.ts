/** A text -> what a reader takes for one sign each: a character, a letter with its accents, an emoji of several code points. */

/** Made once: to make one takes longer than to use it on a sentence. */
const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'grapheme' });

export function signsOf(text: string): readonly string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}
