/**
 * Whether the bot knows when to be silent.
 *
 * In: the gold questions of both kinds and whether each was answered. Out: shares in 0..1.
 */
import type { GoldQuestion, GoldUnanswerable } from './gold.js';
import { mean } from './questions.js';

export interface Abstention {
  /** Share of answerable and of unanswerable questions that were answered. */
  readonly answerable: number;
  readonly unanswerable: number;
  /** The latter by style, sorted by its name. */
  readonly styles: readonly { readonly style: string; readonly n: number; readonly answered: number }[];
  /** Of "answer" as a verdict on both sets together: precision over what was answered, recall over what was answerable. */
  readonly f1: number;
}

/** @param answered by qid; a question that was never asked counts as not answered */
export function abstention(
  questions: readonly GoldQuestion[],
  unanswerable: readonly GoldUnanswerable[],
  answered: (qid: string) => boolean,
): Abstention {
  const share = (asked: readonly { readonly qid: string }[]) => mean(asked.map(({ qid }) => (answered(qid) ? 1 : 0)));
  const right = questions.filter(({ qid }) => answered(qid)).length;
  const wrong = unanswerable.filter(({ qid }) => answered(qid)).length;
  const styles = [...new Set(unanswerable.map(({ style }) => style))].sort().map((style) => {
    const members = unanswerable.filter((question) => question.style === style);
    return { style, n: members.length, answered: share(members) };
  });
  const precision = right / Math.max(1, right + wrong);
  const recall = right / Math.max(1, questions.length);
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { answerable: share(questions), unanswerable: share(unanswerable), styles, f1 };
}
