/** The sample archive as tests ask it, the questions that go with it, and how an answer is judged. */
import { fileURLToPath } from 'node:url';
import { type Knowledge, openKnowledge } from '../../knowledge/index.js';
import type { GoldQuestion } from '../../scripts/eval/gold.js';
import { answerRank, mean } from '../../scripts/eval/questions.js';

export const SAMPLE = fileURLToPath(new URL('../../knowledge/sample', import.meta.url));
export const SAMPLE_GOLD = fileURLToPath(new URL('../fixtures/sample', import.meta.url));
export const MAIN_ROOM = '造物工坊';
export const LASER_ROOM = '造物工坊-激光组';
/** The day after the sample's last, a Monday, at noon. */
export const DAY_AFTER = Date.parse('2025-03-24T12:00:00+08:00');

export function openSample(now = DAY_AFTER): Promise<Knowledge> {
  return openKnowledge({ archive: SAMPLE, now: () => now });
}

/** Share of the questions with an answering message among the quotes of the first three excerpts, shown or not. */
export async function answeredByFirst3(knowledge: Knowledge, questions: readonly GoldQuestion[]): Promise<number> {
  const hits: number[] = [];
  for (const question of questions) {
    const rank = answerRank(
      question,
      (await knowledge.ask(question.query)).excerpts.map(({ quotes }) => ({ quotes })),
    );
    hits.push(rank !== undefined && rank < 3 ? 1 : 0);
  }
  return mean(hits);
}
