/**
 * An index -> a counter: how much of what a question looks for each passage, and each message, holds.
 *
 * A passage consists of two halves and shares each with a neighbour, so occurrences are counted by half. What is looked for is
 * met in the order of positions, so one half after the other is full. The counter keeps its arrays, which are as long as the
 * index, from question to question: made anew for each, they kept the garbage collector busy for a tenth of the time. So it
 * counts for one question at a time.
 */
import type { PassageIndex } from './passage-index.js';
import { STRIDE } from './passages.js';

/** BM25's saturation and length normalisation (Robertson and Zaragoza 2009, eq. 3.15); short passages need little of the latter. */
const K1 = 0.9;
const B = 0.5;

/** Something looked for. */
export interface Wanted {
  readonly weight: number;
  /** The positions that hold it, ascending, each as often as it occurs there. */
  readonly at: Int32Array;
}

/** Which of the things wanted each message holds, as chains of links. */
export interface Held {
  /** By position: its first link, 0 for none. */
  readonly first: Int32Array;
  /** By link: the next one of the message, 0 for none; and the number of what is held. */
  readonly next: readonly number[];
  readonly which: readonly number[];
}

export interface Counter {
  /** BM25 score of every passage over `unit`; 0 where nothing wanted occurs. */
  passages(wanted: readonly Wanted[], unit: number): Float32Array;
  /** Writes by position the weight of what the message holds, over `unit`, into `shares`; how often it says it does not count. */
  messages(wanted: readonly Wanted[], unit: number, shares: Float64Array): void;
  /** Lent until it is asked for again. */
  held(wanted: readonly Wanted[]): Held;
  /** A number by position for each kind of evidence, to be written over by the next question. */
  readonly room: { readonly words: Float64Array; readonly characters: Float64Array; readonly meaning: Float64Array };
}

type Counted = Omit<PassageIndex, 'counter' | 'characters'>;

export function counterOf(index: Counted): Counter {
  const { sittingOfPassage, messageAt } = index;
  const { halfAt, damping } = halvesOf(index);
  const scores = new Float32Array(damping.length);
  const first = new Int32Array(messageAt.length);

  const scoreOne = ({ at, weight }: Wanted): void => {
    /** Adds to the passage that begins with this half. */
    const add = (half: number, frequency: number): void => {
      scores[half] = (scores[half] as number) + (weight * frequency * (K1 + 1)) / (frequency + (damping[half] as number));
    };
    let half = 0;
    let own = 0;
    let before = 0;
    for (let k = 0; k < at.length; k++) {
      const next = halfAt[at[k] as number] as number;
      if (next !== half) {
        if (own > 0) add(half - 1, before + own);
        if (own > 0 && next !== half + 1) add(half, own);
        before = next === half + 1 ? own : 0;
        half = next;
        own = 0;
      }
      own++;
    }
    if (own === 0) return;
    add(half - 1, before + own);
    add(half, own);
  };

  return {
    passages(wanted, unit) {
      scores.fill(0);
      wanted.forEach(scoreOne);
      const found = new Float32Array(sittingOfPassage.length);
      for (let passage = 0; passage < found.length; passage++)
        found[passage] = (scores[passage + (sittingOfPassage[passage] as number) + 1] as number) / unit;
      return found;
    },
    messages(wanted, unit, shares) {
      shares.fill(0);
      for (const { at, weight } of wanted) {
        const share = weight / unit;
        let last = -1;
        for (let k = 0; k < at.length; k++) {
          const position = at[k] as number;
          if (position !== last) shares[position] = (shares[position] as number) + share;
          last = position;
        }
      }
    },
    held(wanted) {
      const next = [0];
      const which = [-1];
      first.fill(0);
      wanted.forEach(({ at }, one) => {
        let last = -1;
        for (let k = 0; k < at.length; k++) {
          const position = at[k] as number;
          if (position === last) continue;
          next.push(first[position] as number);
          first[position] = which.length;
          which.push(one);
          last = position;
        }
      });
      return { first, next, which };
    },
    room: {
      words: new Float64Array(messageAt.length),
      characters: new Float64Array(messageAt.length),
      meaning: new Float64Array(messageAt.length),
    },
  };
}

/**
 * Halves of passages are numbered sitting by sitting from 1, one more than passages: passage p of sitting t begins with half
 * p + t + 1. No passage begins with the last half of a sitting; what is added there is never read.
 */
function halvesOf({ sittingAt, sittingStart, passageStart, sittingOfPassage, terms, termStart }: Counted): {
  /** By position. */
  readonly halfAt: Int32Array;
  /** By half: what BM25 adds to the frequency below the line, for the passage that begins with it. */
  readonly damping: Float64Array;
} {
  const sittings = sittingStart.length - 1;
  const halfAt = sittingAt.map((sitting, position) => {
    const within = Math.floor((position - (sittingStart[sitting] as number)) / STRIDE);
    return (passageStart[sitting] as number) + sitting + 1 + within;
  });
  /** By half. */
  const lengths = new Int32Array(sittingOfPassage.length + sittings + 2);
  halfAt.forEach((half, position) => {
    lengths[half] = (lengths[half] as number) + (termStart[position + 1] as number) - (termStart[position] as number);
  });
  // Passages overlap by half, so that together they hold nearly every term twice.
  const average = (terms.length * 2) / Math.max(1, sittingOfPassage.length);
  const damping = Float64Array.from(
    lengths,
    (length, half) => K1 * (1 - B + (B * (length + (lengths[half + 1] ?? 0))) / (average || 1)),
  );
  return { halfAt, damping };
}
