/**
 * The words of the messages so far: how rare each one is.
 *
 * In: texts, in time order. Out: the terms of a text as dense numbers, and a term's inverse document frequency. It only grows,
 * and what it says of a message depends on earlier messages alone: adding messages one by one or all at once is the same.
 */
import { fold } from '../text/fold.js';
import { eachTerm, type TermSink } from '../text/terms.js';

export interface Vocabulary {
  /** Numbers of the different terms of a text; counts them. */
  readonly read: (text: string) => readonly number[];
  /** How telling a term is, in nats: about 0 for what nearly every message has, higher the rarer. */
  readonly rarity: (term: number) => number;
}

/** In bigram codes the second half is 0 for a Chinese character that stands alone ("嗯"): those say nothing of the topic. */
const HALF = 0x10000;
/** Chinese characters begin here; counted from here a bigram is a small integer, which a Map finds faster. */
const FIRST = 0x3400;
const ROW = 0x8000;
const MENTION = /@[^\s?？@]+/g;
/** Characters of a long post that are read; its topic is clear by then. */
const READ = 400;
/** A small archive has seen too little to call a word rare; it starts as if this many messages were known. */
const PRIOR_MESSAGES = 2000;

export function growingVocabulary(): Vocabulary {
  const bigrams = new Map<number, number>();
  const words = new Map<string, number>();
  const counts: number[] = [];
  /** The last message in which a term was met, so that each counts once. */
  const met: number[] = [];
  let messages = 0;
  let found: number[] = [];
  const note = <Term>(numbers: Map<Term, number>, term: Term): void => {
    let number = numbers.get(term);
    if (number === undefined) {
      number = counts.length;
      numbers.set(term, number);
      counts.push(0);
      met.push(0);
    }
    if (met[number] === messages) return;
    met[number] = messages;
    found.push(number);
  };
  const sink: TermSink = {
    bigram(code) {
      const second = code % HALF;
      if (second !== 0) note(bigrams, ((code - second) / HALF - FIRST) * ROW + (second - FIRST));
    },
    word(word) {
      if (word.length > 1) note(words, word);
    },
  };
  return {
    read(text) {
      found = [];
      messages++;
      let folded = fold(text.length > READ ? text.slice(0, READ) : text);
      if (folded.includes('@')) {
        // A name is one term: who is addressed again and again belongs to the topic, the parts of his name do not.
        for (const [name] of folded.matchAll(MENTION)) note(words, name);
        folded = folded.replace(MENTION, ' ');
      }
      eachTerm(folded, sink);
      for (const term of found) counts[term] = (counts[term] as number) + 1;
      return found;
    },
    rarity: (term) => Math.log((messages + PRIOR_MESSAGES) / ((counts[term] ?? 0) + 1)),
  };
}
