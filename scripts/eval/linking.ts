/**
 * Answer linking: whether the thread around a question, as it was asked in the archive, holds its answers and little else.
 *
 * In: gold questions whose original is known, and the threads. Out: three shares in 0..1.
 */
import { ANSWERS, addressKey, type GoldAddress, type GoldQuestion } from './gold.js';
import { mean } from './questions.js';

export interface Threads {
  /** The thread a message header fell into. */
  readonly threadOf: (address: GoldAddress) => string | undefined;
  /** The messages of a thread. */
  readonly messagesOf: (thread: string) => readonly (GoldAddress & { readonly text: string })[];
}

export interface Linking {
  /** Questions that say what was asked and have an answer (grade >= 2) in the same file. */
  readonly n: number;
  /** Mean share of those answers that stand in the thread of the asked message. */
  readonly held: number;
  /** Mean share of that thread's non-trivial messages which belong to the gold thread or are graded. */
  readonly topical: number;
  /** Share of questions for which that is at least half. */
  readonly pure: number;
}

/** A message says something if this many letters, digits or characters are left without its emoji codes ([强]). */
const NON_TRIVIAL = 4;

export function linking(gold: readonly GoldQuestion[], threads: Threads): Linking {
  const rows = gold.flatMap(({ asked, answers, thread }) => {
    if (!asked) return [];
    const wanted = answers.filter(({ grade, file }) => grade >= ANSWERS && file === asked.file);
    if (wanted.length === 0) return [];
    const found = threads.threadOf(asked);
    if (found === undefined) return [{ held: 0, topical: 0, pure: 0 }];
    const topical = new Set([...thread, ...answers].map(addressKey));
    const said = threads.messagesOf(found).filter(({ text }) => isNonTrivial(text));
    const inside = said.filter((message) => topical.has(addressKey(message))).length;
    return [
      {
        held: mean(wanted.map((answer) => (threads.threadOf(answer) === found ? 1 : 0))),
        topical: said.length === 0 ? 1 : inside / said.length,
        pure: inside * 2 >= said.length ? 1 : 0,
      },
    ];
  });
  return {
    n: rows.length,
    held: mean(rows.map(({ held }) => held)),
    topical: mean(rows.map(({ topical }) => topical)),
    pure: mean(rows.map(({ pure }) => pure)),
  };
}

function isNonTrivial(text: string): boolean {
  const said = text.replace(/\[[^\]\s]{1,8}\]/gu, '').match(/[\p{L}\p{N}]/gu) ?? [];
  return said.length >= NON_TRIVIAL;
}
