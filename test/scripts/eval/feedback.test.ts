/** Judging half of the answers betters them, and harms no other. */
import { describe, expect, it } from 'vitest';
import { feedbackRows } from '../../../scripts/eval/feedback.js';
import { readGold } from '../../../scripts/eval/gold.js';
import { openSample, SAMPLE_GOLD } from '../../knowledge/sample-for-test.js';

describe('feedback on half of the sample’s questions', () => {
  it('betters the answers judged, leaves the others, and is not heeded any more afterwards', async () => {
    const sample = await openSample();
    const { questions, unanswerable } = readGold(SAMPLE_GOLD);
    const gold = { questions: questions.slice(0, 50), unanswerable };
    const question = gold.questions[0]?.query ?? '';
    const before = await sample.ask(question);
    const rows = await feedbackRows(sample, gold, () => undefined);
    const figures = (group: string, when: string) => rows.find((row) => row.group === group && row.when === when)?.figures;
    expect(rows.map(({ n }) => n)).toEqual(rows.map(() => gold.questions.length));
    expect(figures('judged', 'after')?.['answer@1']).toBeGreaterThan((figures('judged', 'before')?.['answer@1'] ?? 1) + 0.05);
    for (const depth of ['answer@1', 'answer@3', 'answer@10'] as const)
      expect(figures('others', 'after')?.[depth]).toBeGreaterThanOrEqual(figures('others', 'before')?.[depth] ?? 1);
    expect(figures('judged', 'after')?.unanswerable).toBeLessThanOrEqual(figures('judged', 'before')?.unanswerable ?? 0);
    expect(await sample.ask(question)).toEqual(before);
  }, 60_000);
});
