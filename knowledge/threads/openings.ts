/**
 * How this group begins a conversation, learned from the group itself.
 *
 * In: the terms of each message and how long the room was silent before it. Out: how much a message looks like one that breaks
 * a silence rather than one in the middle of talk. No labels are needed, and only earlier messages count.
 */

export interface Openings {
  /** Mean evidence of the terms, in nats: above 0 like an opening, below 0 like a reply; 0 if nothing is known. */
  readonly likeness: (terms: readonly number[]) => number;
  /** Takes note of a message; `silence` in seconds. */
  readonly learn: (terms: readonly number[], silence: number) => void;
}

/** A message after this silence (s) opens something; one within TALK (s) of the previous does not; between them nothing is learned. */
const SILENCE = 1800;
const TALK = 60;
/** A term is believed by as much as this many messages outweigh. */
const PRIOR = 6;

export function growingOpenings(): Openings {
  const opening: number[] = [];
  const talking: number[] = [];
  let openings = 1;
  let talks = 4;
  return {
    likeness(terms) {
      if (terms.length === 0) return 0;
      const share = openings / (openings + talks);
      const odds = Math.log(share / (1 - share));
      let sum = 0;
      for (const term of terms) {
        const opened = (opening[term] ?? 0) + PRIOR * share;
        const talked = (talking[term] ?? 0) + PRIOR * (1 - share);
        sum += Math.log(opened / talked) - odds;
      }
      return sum / Math.sqrt(terms.length + 1);
    },
    learn(terms, silence) {
      if (silence >= SILENCE) {
        openings++;
        for (const term of terms) opening[term] = (opening[term] ?? 0) + 1;
      } else if (silence <= TALK) {
        talks++;
        for (const term of terms) talking[term] = (talking[term] ?? 0) + 1;
      }
    },
  };
}
