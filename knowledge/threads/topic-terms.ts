/**
 * A message's text -> the terms that tell its topic: pairs of Chinese characters, other words, and whole names behind @.
 */
import { fold } from '../text/fold.js';
import { eachTerm } from '../text/terms.js';

/** A pair of Chinese characters as a number, anything else as it is written. */
export type TopicTerm = number | string;

/** In bigram codes the second half is 0 for a Chinese character that stands alone ("嗯"): those say nothing of the topic. */
const HALF = 0x10000;
/** Chinese characters begin here; counted from here a bigram is a small integer, which a Map finds faster. */
const FIRST = 0x3400;
const ROW = 0x8000;
const MENTION = /@[^\s?？@]+/g;
/** Characters of a long post that are read; its topic is clear by then. */
const READ = 400;

/** Hands over every term, with repetitions. */
export function eachTopicTerm(text: string, take: (term: TopicTerm) => void): void {
  let folded = fold(text.length > READ ? text.slice(0, READ) : text);
  if (folded.includes('@')) {
    // A name is one term: who is addressed again and again belongs to the topic, the parts of his name do not.
    for (const [name] of folded.matchAll(MENTION)) take(name);
    folded = folded.replace(MENTION, ' ');
  }
  eachTerm(folded, {
    bigram(code) {
      const second = code % HALF;
      if (second !== 0) take(((code - second) / HALF - FIRST) * ROW + (second - FIRST));
    },
    word(word) {
      if (word.length > 1) take(word);
    },
  });
}
