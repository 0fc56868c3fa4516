import { describe, expect, it } from 'vitest';
import { type Choice, fitChoices, likelihood } from '../../../scripts/training/choice-model.js';

/** Of three alternatives the one with the most of column 0 is right, nine times in ten; column 1 says nothing. */
const choices: readonly Choice[] = Array.from({ length: 300 }, (_, i) => {
  const rows = [0, 1, 2].map((k) => Float64Array.of((i * 7 + k * 5) % 11, (i * 3 + k * 4) % 7));
  const best = rows.reduce((top, row, k) => ((row[0] as number) > (rows[top]?.[0] as number) ? k : top), 0);
  const right = new Uint8Array(3);
  right[i % 10 === 0 ? (best + 1) % 3 : best] = 1;
  return { rows, right };
});

describe('A model of choices', () => {
  it('learns what decides, and that the rest does not', () => {
    const [first, second] = fitChoices(choices, 1);
    expect(first).toBeGreaterThan(0.2);
    expect(Math.abs(second as number)).toBeLessThan(0.1);
  });

  it('finds the right alternatives likelier than chance', () => {
    const weights = fitChoices(choices, 1);
    const mean = choices.reduce((sum, choice) => sum + likelihood(choice, weights), 0) / choices.length;
    expect(mean).toBeGreaterThan(0.6);
  });

  it('is drawn to nothing by a strong penalty', () => {
    const weak = fitChoices(choices, 1)[0] as number;
    const strong = fitChoices(choices, 10_000)[0] as number;
    expect(Math.abs(strong)).toBeLessThan(Math.abs(weak) / 5);
  });

  it('counts a choice for all alternatives that may be right', () => {
    const rows = [Float64Array.of(1), Float64Array.of(2), Float64Array.of(3)];
    expect(likelihood({ rows, right: Uint8Array.of(1, 1, 1) }, Float64Array.of(4))).toBeCloseTo(1);
    expect(likelihood({ rows, right: Uint8Array.of(1, 0, 0) }, Float64Array.of(0))).toBeCloseTo(1 / 3);
  });

  it('is the same every time', () => {
    expect(fitChoices(choices, 3)).toEqual(fitChoices(choices, 3));
  });
});
