/**
 * Ranked groups, and what people thought of excerpts shown for questions like this one -> the groups in the order that follows.
 *
 * What was found useful comes first, what was found useless twice comes last; a judgement for takes one against away. Nothing else
 * moves, nothing is added or dropped.
 */
import type { Group } from '../search/rank.js';
import type { Judgement } from '../types.js';

/** Judgements against, less those for, from which on an excerpt sinks: one may be a slip. */
const SINKS = -2;
const RISES = 1;
/** Share of the quotes, of those judged or those to be shown, whichever are fewer, that must be the same. */
const SAME = 0.5;
/** Odds by which one judgement changes how sure an excerpt is: as if nine in ten judgements were right. */
const ODDS = 9;

export interface JudgedGroups {
  readonly groups: readonly Group[];
  /** Judgements for less those against, by group; undefined where nobody said anything of any. */
  readonly votes?: readonly number[];
  /** By score, without those that sank: by these it is told how sure the answer is. */
  readonly standing: readonly Group[];
}

/** `marksOf` gives the marks of the messages that a group would quote. */
export function inJudgedOrder(
  groups: readonly Group[],
  judgements: readonly Judgement[],
  marksOf: (group: Group) => readonly string[],
): JudgedGroups {
  if (judgements.length === 0) return { groups, standing: groups };
  const judged = groups.map((group) => ({ group, votes: votesOn(marksOf(group), judgements) }));
  if (judged.every(({ votes }) => votes === 0)) return { groups, standing: groups };
  const ordered = [
    ...judged.filter(({ votes }) => votes >= RISES).sort((a, b) => b.votes - a.votes),
    ...judged.filter(({ votes }) => votes < RISES && votes > SINKS),
    ...judged.filter(({ votes }) => votes <= SINKS),
  ];
  return {
    // A score says where a group stands among the others.
    groups: ordered.map(({ group }, i) => ({ ...group, score: (groups[i] as Group).score })),
    votes: ordered.map(({ votes }) => votes),
    standing: judged.filter(({ votes }) => votes > SINKS).map(({ group }) => group),
  };
}

function votesOn(marks: readonly string[], judgements: readonly Judgement[]): number {
  return judgements.reduce((sum, judgement) => (isAbout(judgement, marks) ? sum + (judgement.useful ? 1 : -1) : sum), 0);
}

function isAbout(judgement: Judgement, marks: readonly string[]): boolean {
  const same = marks.filter((mark) => judgement.marks.includes(mark)).length;
  return same > 0 && same >= SAME * Math.min(marks.length, judgement.marks.length);
}

/** A probability between 0 and 1 after votes, by Bayes' rule, each vote being independent of the others. */
export function afterVotes(probability: number, votes: number): number {
  if (votes === 0) return probability;
  const odds = (probability / (1 - probability)) * ODDS ** votes;
  return Number.isFinite(odds) ? odds / (1 + odds) : 1;
}
