/**
 * Folded text -> terms: pairs of neighbouring Chinese characters (bigrams) and whole Latin or digit words.
 *
 * Bigrams need no dictionary, so a word that nobody foresaw is found like any other; which bigrams of a question belong to
 * one word is decided on the question's side (see search/query.ts). A bigram is a number (both UTF-16 codes), a word a string;
 * a Chinese character that stands alone is a bigram with an empty second half.
 */

/** First and last code of the Chinese characters that are paired (CJK Extension A and the main block). */
const FIRST = 0x3400;
const LAST = 0x9fff;

export interface TermSink {
  /** `at` is the offset of its first character in the text. */
  bigram(code: number, at: number): void;
  word(word: string): void;
}

export function isChinese(code: number): boolean {
  return code >= FIRST && code <= LAST;
}

function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 0xc0 && code < 0x2000 && code !== 0xd7 && code !== 0xf7)
  );
}

/** Code of a bigram; `second` 0 for a character that stands alone. Always positive. */
export function bigramCode(first: number, second: number): number {
  return first * 0x10000 + second;
}

/** Hands every term of a folded text to the sink, in order, with repetitions. */
export function eachTerm(folded: string, sink: TermSink): void {
  const length = folded.length;
  let i = 0;
  while (i < length) {
    const code = folded.charCodeAt(i);
    if (isChinese(code)) {
      let previous = code;
      let next = i + 1;
      for (; next < length; next++) {
        const following = folded.charCodeAt(next);
        if (!isChinese(following)) break;
        sink.bigram(bigramCode(previous, following), next - 1);
        previous = following;
      }
      if (next === i + 1) sink.bigram(bigramCode(code, 0), i);
      i = next;
    } else if (isWordCode(code)) {
      let next = i + 1;
      while (next < length && isWordCode(folded.charCodeAt(next))) next++;
      sink.word(folded.slice(i, next));
      i = next;
    } else i++;
  }
}
