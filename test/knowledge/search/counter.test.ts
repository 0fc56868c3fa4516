import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { passageRange } from '../../../knowledge/search/candidates.js';
import type { Wanted } from '../../../knowledge/search/counter.js';
import { holdersOf, indexPassages, type PassageIndex } from '../../../knowledge/search/passage-index.js';
import { findSittings } from '../../../knowledge/search/sittings.js';
import { messagesOf } from '../message-for-test.js';

/** Words that share characters, one that holds its character twice, and those that have none to share. */
const WORDS = ['退款', '退费', '款项', '哈哈', 'petg', '235', '款'];
const CHARACTERS = ['退', '款', '费', '项', '哈'];

/** Messages, some without a word, with long pauses between some of them. */
const archives = fc
  .array(
    fc.record({
      words: fc.array(fc.constantFrom(...WORDS), { maxLength: 5 }),
      pause: fc.constantFrom(1, 1, 1, 1, 1000),
    }),
    { maxLength: 70, size: 'max' },
  )
  .map((said) => {
    let minutes = 0;
    return said.map(({ words, pause }) => {
      minutes += pause;
      return { text: words.length === 0 ? '！' : words.join(' '), at: minutes * 60_000 };
    });
  });
const wishes = fc.array(
  fc.record({ of: fc.constantFrom(...WORDS, ...CHARACTERS), weight: fc.double({ min: 0.1, max: 5, noNaN: true }) }),
  { maxLength: 6 },
);

function indexOf(said: readonly { readonly text: string; readonly at: number }[]): PassageIndex {
  const messages = messagesOf(...said);
  return indexPassages(messages, findSittings(messages));
}

/** The characters of a word stand for themselves, a word for its only term. */
function wantedIn(index: PassageIndex, { of, weight }: { readonly of: string; readonly weight: number }): Wanted {
  if (CHARACTERS.includes(of)) return { weight, at: index.characters()(of.charCodeAt(0)) };
  const [term] = index.table.known(of);
  return { weight, at: term === undefined ? new Int32Array(0) : holdersOf(index, term) };
}

/** The text of every position. */
function textsOf(index: PassageIndex, said: readonly { readonly text: string }[]): readonly string[] {
  return [...index.messageAt].map((message) => said[message]?.text ?? '');
}

/** How often a text holds something: each word of {@link WORDS} is one term. */
function occurrences(text: string, of: string): number {
  const terms = text.split(/[ ！]/);
  return terms.filter((term) => (CHARACTERS.includes(of) ? term.includes(of) : term === of)).length;
}

describe('what each passage holds', () => {
  it('is a plain BM25, term by term', () => {
    fc.assert(
      fc.property(archives, wishes, fc.double({ min: 0.5, max: 20, noNaN: true }), (said, wished, unit) => {
        const index = indexOf(said);
        const texts = textsOf(index, said);
        const lengthOf = (held: readonly string[]): number => held.join(' ').split(' ').filter(Boolean).length;
        const passages = Array.from(index.sittingOfPassage, (_, passage) => texts.slice(...passageRange(index, passage)));
        const average = (2 * lengthOf(texts)) / Math.max(1, passages.length);
        const expected = passages.map((held) =>
          wished.reduce((sum, { of, weight }) => {
            const tf = held.reduce((count, text) => count + occurrences(text, of), 0);
            return tf === 0 ? sum : sum + (weight * tf * 1.9) / (tf + 0.9 * (0.5 + (0.5 * lengthOf(held)) / average));
          }, 0),
        );
        const counter = index.counter();
        const wanted = wished.map((one) => wantedIn(index, one));
        const found = counter.passages(wanted, unit);
        expect(found.length).toBe(expected.length);
        expected.forEach((score, passage) => {
          expect(found[passage]).toBeCloseTo(score / unit, 4);
        });
        expect(counter.passages(wanted, unit)).toEqual(found);
      }),
    );
  });

  it('is counted however often one message says it', () => {
    const index = indexPassages(messagesOf('哈'.repeat(70_001), '哈哈'), Int32Array.from([0, 1]));
    const [score] = index.counter().passages([{ at: holdersOf(index, 0), weight: 1 }], 1);
    expect(score).toBeGreaterThan(0);
    expect(Number.isFinite(score)).toBe(true);
  });

  it('is nothing in an empty archive', () => {
    expect([...indexOf([]).counter().passages([], 1)]).toEqual([]);
  });
});

describe('what each message holds', () => {
  it('is the weight of all that it says, each counted once', () => {
    fc.assert(
      fc.property(archives, wishes, fc.double({ min: 0.5, max: 20, noNaN: true }), (said, wished, unit) => {
        const index = indexOf(said);
        const shares = new Float64Array(index.messageAt.length).fill(7);
        index.counter().messages(
          wished.map((one) => wantedIn(index, one)),
          unit,
          shares,
        );
        textsOf(index, said).forEach((text, position) => {
          const held = wished.filter(({ of }) => occurrences(text, of) > 0);
          expect(shares[position]).toBeCloseTo(held.reduce((sum, { weight }) => sum + weight, 0) / unit, 9);
        });
      }),
    );
  });

  it('is told one by one, each once', () => {
    fc.assert(
      fc.property(archives, wishes, (said, wished) => {
        const index = indexOf(said);
        const { first, next, which } = index.counter().held(wished.map((one) => wantedIn(index, one)));
        textsOf(index, said).forEach((text, position) => {
          const found: number[] = [];
          for (let link = first[position] as number; link !== 0; link = next[link] as number) found.push(which[link] as number);
          const held = wished.flatMap(({ of }, one) => (occurrences(text, of) > 0 ? [one] : []));
          expect(found.sort((a, b) => a - b)).toEqual(held);
        });
      }),
    );
  });
});
