/**
 * Terms by position -> positions by term.
 *
 * In: the terms of every position, and an earlier index with the place that each of its positions has now. Out: postings, the same
 * whether they were made from an earlier index or from nothing.
 */

export interface TermsByPosition {
  /** Terms of position p: `terms[termStart[p] .. termStart[p + 1])`. */
  readonly terms: Int32Array;
  readonly termStart: Int32Array;
}

export interface Postings {
  /** Positions that hold term t, ascending: `postings[postingStart[t] .. postingStart[t + 1])`, repeated if it occurs twice. */
  readonly postings: Int32Array;
  readonly postingStart: Int32Array;
}

/** `size` is the number of terms. */
export function postingsOf({ terms, termStart }: TermsByPosition, size: number): Postings {
  const postingStart = new Int32Array(size + 1);
  for (const term of terms) postingStart[term + 1] = (postingStart[term + 1] as number) + 1;
  addUp(postingStart);
  const postings = new Int32Array(terms.length);
  const fill = postingStart.slice();
  for (let p = 0; p + 1 < termStart.length; p++) {
    for (let k = termStart[p] as number; k < (termStart[p + 1] as number); k++) {
      const term = terms[k] as number;
      const slot = fill[term] as number;
      postings[slot] = p;
      fill[term] = slot + 1;
    }
  }
  return { postings, postingStart };
}

/**
 * The same out of earlier postings: those that were there are moved, row by row, and only what is new is sorted in.
 *
 * `movedTo` has the new position of every earlier one, ascending; -1 for those that are gone. `fresh` are the positions that
 * were not there, ascending.
 */
export function movedPostings(
  earlier: TermsByPosition & Postings,
  movedTo: Int32Array,
  { terms, termStart }: TermsByPosition,
  fresh: readonly number[],
  size: number,
): Postings {
  const known = earlier.postingStart.length - 1;
  const added = new Map<number, number[]>();
  for (const position of fresh) {
    for (let k = termStart[position] as number; k < (termStart[position + 1] as number); k++) {
      const term = terms[k] as number;
      const places = added.get(term);
      if (places) places.push(position);
      else added.set(term, [position]);
    }
  }
  const postingStart = new Int32Array(size + 1);
  for (let t = 0; t < known; t++)
    postingStart[t + 1] = (earlier.postingStart[t + 1] as number) - (earlier.postingStart[t] as number);
  const gone = new Set<number>();
  movedTo.forEach((position, before) => {
    if (position >= 0) return;
    for (let k = earlier.termStart[before] as number; k < (earlier.termStart[before + 1] as number); k++) {
      const term = earlier.terms[k] as number;
      postingStart[term + 1] = (postingStart[term + 1] as number) - 1;
      gone.add(term);
    }
  });
  for (const [term, places] of added) postingStart[term + 1] = (postingStart[term + 1] as number) + places.length;
  addUp(postingStart);

  const postings = new Int32Array(terms.length);
  // Between two rows that changed, all rows are moved in one go.
  let next = 0;
  const moveUpTo = (t: number): void => {
    const end = earlier.postingStart[t] as number;
    let slot = postingStart[next] as number;
    for (let k = earlier.postingStart[next] as number; k < end; k++)
      postings[slot++] = movedTo[earlier.postings[k] as number] as number;
  };
  const touched = [...new Set([...gone, ...added.keys()])].filter((term) => term < known).sort((a, b) => a - b);
  for (const t of touched) {
    moveUpTo(t);
    let slot = postingStart[t] as number;
    for (let k = earlier.postingStart[t] as number; k < (earlier.postingStart[t + 1] as number); k++) {
      const position = movedTo[earlier.postings[k] as number] as number;
      if (position >= 0) postings[slot++] = position;
    }
    next = t + 1;
  }
  moveUpTo(known);
  for (const [term, places] of added) {
    // From behind, so that what was moved makes room for what is sorted in.
    const begin = postingStart[term] as number;
    let slot = (postingStart[term + 1] as number) - 1;
    let moved = slot - places.length;
    for (let place = places.length - 1; place >= 0; slot--) {
      const position = places[place] as number;
      if (moved >= begin && (postings[moved] as number) > position) postings[slot] = postings[moved--] as number;
      else {
        postings[slot] = position;
        place--;
      }
    }
  }
  return { postings, postingStart };
}

/** Counts, each one place on, -> where each row begins. */
function addUp(counts: Int32Array): void {
  for (let t = 1; t < counts.length; t++) counts[t] = (counts[t] as number) + (counts[t - 1] as number);
}
