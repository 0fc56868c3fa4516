/**
 * A question's words -> the words of the archive that may have been meant by those it does not hold.
 *
 * In: the words of a folded question as the segmenter cuts them, and what the archive knows of words. Out: pairs of what was
 * typed and what may have been meant. A slip also misleads the segmenter (备付今 becomes 备付 + 今), so neighbouring words are
 * tried together if one of them is a lone character. Adding what was meant to the question is the ranking's business, at
 * a weight in proportion to the similarity.
 */
import type { NearWord, Vocabulary } from './vocabulary.js';

export interface Respelling extends NearWord {
  readonly typed: string;
}

/** What stands in no more messages than this may be a slip, which others have made before... */
const RARE = 10;
/** ... if what may be meant stands in so many times more, and in so many at all. */
const TIMES = 15;
const OFTEN = 5;
/** Words tried together. */
const PIECES = 3;
/** Words of grammar stand beside anything, so together with others they are no broken word: 打 + 吗 is not 打码. */
const GRAMMAR =
  /^[的了吗呢吧啊呀么着过在有是和或到往从给把被对向里上下前后没不也都还就再又很太更最能会要想让每各这那哪我你他她一两几个]$/;
/** Near words taken for one typed word. */
const CHOICES = 2;

/** `holding` tells in how many messages a text stands; too high a number only costs a respelling. */
export function respell(
  words: readonly string[],
  vocabulary: Vocabulary,
  holding: (text: string) => number,
): readonly Respelling[] {
  const found: Respelling[] = [];
  for (let first = 0; first < words.length; first++) {
    let typed = '';
    let broken = false;
    for (let last = first; last < Math.min(words.length, first + PIECES); last++) {
      const piece = words[last] as string;
      typed += piece;
      broken ||= piece.length === 1;
      if (!WORD.test(typed) || GRAMMAR.test(piece)) break;
      if (last > first && !broken) continue;
      const typedIn = holding(typed);
      if (typedIn > RARE) continue;
      const meant = vocabulary.near(typed).filter((near) => holding(near.word) >= Math.max(OFTEN, TIMES * typedIn));
      for (const near of meant.slice(0, CHOICES)) found.push({ typed, ...near });
    }
  }
  return found;
}

/** Chinese pieces may be joined; a Latin word stands for itself. */
const WORD = /^(?:[\u3400-\u9fff]+|[a-z\u00c0-\u024f]+)$/;
