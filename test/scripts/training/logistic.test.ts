import { describe, expect, it } from 'vitest';
import { predict } from '../../../knowledge/answer/confidence.js';
import { fitLogistic } from '../../../scripts/training/logistic.js';

const values = Array.from({ length: 100 }, (_, i) => i);

describe('a logistic regression', () => {
  it('learns an obvious rule, on columns of any scale', () => {
    const rows = values.map((i) => ({ large: i * 1000, same: 7 }));
    const labels = values.map((i) => (i >= 40 ? 1 : 0));
    const regression = fitLogistic(rows, labels, 1e-4);
    const wrong = rows.filter((row, i) => predict(regression, row) > 0.5 !== (labels[i] === 1));
    expect(wrong.length).toBeLessThanOrEqual(2);
  });

  it('is calibrated: it predicts the share of right rows where the column tells nothing', () => {
    const regression = fitLogistic(
      values.map((i) => ({ odd: i % 2 })),
      values.map((i) => (i % 10 < 2 ? 1 : 0)),
      1e-4,
    );
    expect(predict(regression, { odd: 0 })).toBeCloseTo(0.2, 1);
    expect(predict(regression, { odd: 1 })).toBeCloseTo(0.2, 1);
  });

  it('counts a row by its weight', () => {
    const rows = values.map(() => ({ nothing: 0 }));
    const labels = values.map((i) => i % 2);
    const weights = labels.map((label) => (label === 1 ? 3 : 1));
    expect(predict(fitLogistic(rows, labels, 0.01, weights), { nothing: 0 })).toBeCloseTo(0.75, 2);
  });

  it('leans less on a column the greater the ridge', () => {
    const rows = values.map((i) => ({ large: i }));
    const labels = values.map((i) => (i >= 50 ? 1 : 0));
    const weak = fitLogistic(rows, labels, 1).weights.large as number;
    const strong = fitLogistic(rows, labels, 0.01).weights.large as number;
    expect(weak).toBeGreaterThan(0);
    expect(strong).toBeGreaterThan(2 * weak);
  });
});
