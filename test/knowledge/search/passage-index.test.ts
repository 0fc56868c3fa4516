import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestPassages, passageRange } from '../../../knowledge/search/candidates.js';
import { indexPassages, type PassageIndex } from '../../../knowledge/search/passage-index.js';
import { PASSAGE, STRIDE } from '../../../knowledge/search/passages.js';
import { eachTerm } from '../../../knowledge/text/terms.js';
import { messagesOf } from '../message-for-test.js';

const WORDS = ['烘料', '温度', '喷嘴', 'petg', 'abs', '235', '床'];

function termsOf(text: string): readonly string[] {
  const found: string[] = [];
  eachTerm(text, { bigram: (code) => found.push(`b${code}`), word: (word) => found.push(`w${word}`) });
  return found;
}

/** Messages (some without a word) and the sitting of each. */
const talks = fc.array(
  fc.record({
    text: fc.array(fc.constantFrom(...WORDS), { maxLength: 5 }).map((words) => (words.length === 0 ? '！' : words.join(' '))),
    sitting: fc.nat(3),
  }),
  { maxLength: 60, size: 'max' },
);

interface Talk {
  readonly text: string;
  readonly sitting: number;
}

function indexOf(talk: readonly Talk[]): PassageIndex {
  const messages = messagesOf(...talk.map(({ text }) => text));
  const firsts = new Map<number, number>();
  talk.forEach(({ sitting }, i) => {
    if (!firsts.has(sitting)) firsts.set(sitting, i);
  });
  return indexPassages(
    messages,
    Int32Array.from(talk, ({ sitting }) => firsts.get(sitting) as number),
  );
}

/** Passages as one would write them down: the message numbers of every window. */
function naivePassages(talk: readonly Talk[]): readonly (readonly number[])[] {
  const sittings = new Map<number, number[]>();
  talk.forEach(({ text, sitting }, i) => {
    if (termsOf(text).length > 0) sittings.set(sitting, [...(sittings.get(sitting) ?? []), i]);
  });
  return [...sittings.values()].flatMap((members) => {
    const windows: number[][] = [];
    for (let from = 0; ; from += STRIDE) {
      windows.push(members.slice(from, from + PASSAGE));
      if (from + PASSAGE >= members.length) return windows;
    }
  });
}

function passagesOf(index: PassageIndex): readonly (readonly number[])[] {
  return Array.from(index.sittingOfPassage, (_, passage) => {
    const [from, to] = passageRange(index, passage);
    return [...index.messageAt.slice(from, to)];
  });
}

describe('passages', () => {
  it('are overlapping windows of the messages of one sitting that say something', () => {
    fc.assert(
      fc.property(talks, (talk) => {
        expect(passagesOf(indexOf(talk))).toEqual(naivePassages(talk));
      }),
    );
  });

  it('leave out images, emoji and what the system says', () => {
    const messages = messagesOf(
      { text: '烘料', kind: 'image' },
      { text: '烘料', kind: 'emoji' },
      { text: '烘料', kind: 'system' },
      '烘料',
    );
    expect(passagesOf(indexPassages(messages, new Int32Array(4)))).toEqual([[3]]);
  });

  it('are none in an empty archive', () => {
    expect(passagesOf(indexPassages([], new Int32Array(0)))).toEqual([]);
  });
});

describe('postings', () => {
  it('name every message that holds a term, as often as it does', () => {
    fc.assert(
      fc.property(talks, (talk) => {
        const index = indexOf(talk);
        for (const word of WORDS) {
          const held = talk.flatMap(({ text }, i) =>
            termsOf(text)
              .filter((term) => term === termsOf(word)[0])
              .map(() => i),
          );
          const [term = -1] = index.table.known(word);
          const found =
            term < 0
              ? []
              : [...index.postings.slice(index.postingStart[term], index.postingStart[term + 1])].map(
                  (position) => index.messageAt[position] as number,
                );
          expect(found.sort((a, b) => a - b)).toEqual(held);
        }
      }),
    );
  });

  it('find a message again: its position and its terms', () => {
    fc.assert(
      fc.property(talks, (talk) => {
        const index = indexOf(talk);
        talk.forEach(({ text }, i) => {
          const position = index.positionOf[i] as number;
          if (termsOf(text).length === 0) {
            expect(position).toBe(-1);
            return;
          }
          expect(index.messageAt[position]).toBe(i);
          const terms = index.terms.slice(index.termStart[position], index.termStart[position + 1]);
          expect([...terms]).toEqual(index.table.known(text));
        });
      }),
    );
  });
});

describe('the best passages', () => {
  it('are the same as by sorting all, of equals the later ones', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 300 }), fc.integer({ min: 1, max: 12 }), (list, limit) => {
        const scores = Float32Array.from(list);
        const expected = list
          .map((score, passage) => ({ passage, score }))
          .filter(({ score, passage }) => score > 0 && passage % 3 !== 0)
          .sort((a, b) => b.score - a.score || b.passage - a.passage)
          .slice(0, limit);
        expect(bestPassages(scores, limit, (passage) => passage % 3 !== 0)).toEqual(expected);
      }),
    );
  });

  it('come best first, as many as wanted, and only those let through that score', () => {
    const scores = Float32Array.from([1, 0, 3, 2, 5]);
    expect(bestPassages(scores, 2, (passage) => passage !== 4)).toEqual([
      { passage: 2, score: 3 },
      { passage: 3, score: 2 },
    ]);
    expect(bestPassages(scores, 10, () => true)).toHaveLength(4);
  });
});
