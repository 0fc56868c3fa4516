import { describe, expect, it } from 'vitest';
import { CONFIDENCE, predict } from '../../../knowledge/answer/confidence.js';
import confidence from '../../../knowledge/answer/confidence.json' with { type: 'json' };

describe('the probability of a regression', () => {
  it('is a half where nothing speaks for or against', () => {
    expect(predict({ bias: 0, weights: { for: 1, against: -1 } }, { for: 3, against: 3 })).toBe(0.5);
  });

  it('grows with what speaks for it and stays between 0 and 1', () => {
    const regression = { bias: -1, weights: { for: 2 } };
    const predicted = [-1000, 0, 1, 1000].map((sign) => predict(regression, { for: sign }));
    expect(predicted).toEqual([...predicted].sort((a, b) => a - b));
    expect(predicted[0]).toBeCloseTo(0);
    expect(predicted[3]).toBeCloseTo(1);
  });
});

describe('the weights that come with the project', () => {
  it('have the shape the program expects, with a threshold that some questions pass and some do not', () => {
    const { lexical, meaning } = CONFIDENCE.parse(confidence);
    for (const { threshold } of [lexical, meaning]) {
      expect(threshold).toBeGreaterThan(0);
      expect(threshold).toBeLessThan(1);
    }
  });

  it('are refused where a number is missing', () => {
    const { threshold: _, ...rest } = confidence.lexical;
    expect(CONFIDENCE.safeParse({ ...confidence, lexical: rest }).success).toBe(false);
  });
});
