import fc from 'fast-check';
import { expect, it } from 'vitest';
import { movedPostings, postingsOf, type TermsByPosition } from '../../../knowledge/search/postings.js';

const row = fc.array(fc.nat(12), { maxLength: 6 });
/** Positions before, each with its terms and whether it stays; and the terms of what comes in behind it. */
const change = fc.array(fc.record({ terms: row, stays: fc.boolean(), behind: fc.array(row, { maxLength: 2 }) }), {
  maxLength: 12,
});

function laidOut(rows: readonly (readonly number[])[]): TermsByPosition {
  const termStart = new Int32Array(rows.length + 1);
  rows.forEach((terms, p) => {
    termStart[p + 1] = (termStart[p] as number) + terms.length;
  });
  return { terms: Int32Array.from(rows.flat()), termStart };
}

it('postings that are moved are those that would be made from nothing', () => {
  fc.assert(
    fc.property(change, fc.integer({ min: 13, max: 15 }), (places, size) => {
      const rows: (readonly number[])[] = [];
      const fresh: number[] = [];
      const movedTo = Int32Array.from(places, ({ terms, stays, behind }) => {
        const position = stays ? rows.push(terms) - 1 : -1;
        for (const terms of behind) fresh.push(rows.push(terms) - 1);
        return position;
      });
      const before = laidOut(places.map(({ terms }) => terms));
      const now = laidOut(rows);
      const moved = movedPostings({ ...before, ...postingsOf(before, 13) }, movedTo, now, fresh, size);
      expect(moved).toEqual(postingsOf(now, size));
    }),
  );
});

it('postings hold the positions of every term, ascending, one for each time it occurs', () => {
  const { postings, postingStart } = postingsOf(laidOut([[2, 0, 2], [], [0]]), 3);
  expect([...postings]).toEqual([0, 2, 0, 0]);
  expect([...postingStart]).toEqual([0, 2, 2, 4]);
});
