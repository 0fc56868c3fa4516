/**
 * Logistic regression with L2, by gradient descent on standardised columns; returned for the raw columns.
 */
export interface Regression {
  readonly bias: number;
  /** By sign. */
  readonly weights: Readonly<Record<string, number>>;
}

const STEPS = 3000;
const RATE = 0.3;

/** Every row has the signs of the first one. `rowWeights` are relative (1 by default), `ridge` is the L2 penalty against a mean row. Deterministic. */
export function fitLogistic(
  signs: readonly Readonly<Record<string, number>>[],
  labels: readonly number[],
  ridge: number,
  rowWeights: readonly number[] = signs.map(() => 1),
): Regression {
  const names = Object.keys(signs[0] ?? {});
  const rows = signs.map((row) => names.map((name) => row[name] ?? 0));
  const all = rowWeights.reduce((sum, weight) => sum + weight, 0);
  const width = names.length;
  const mean = columns(width, (c) => rows.reduce((sum, row) => sum + (row[c] as number), 0) / rows.length);
  const deviation = columns(
    width,
    (c) => Math.sqrt(rows.reduce((sum, row) => sum + ((row[c] as number) - (mean[c] as number)) ** 2, 0) / rows.length) || 1,
  );
  const scaled = rows.map((row) => row.map((value, c) => (value - (mean[c] as number)) / (deviation[c] as number)));
  let bias = 0;
  const weights = columns(width, () => 0);
  for (let step = 0; step < STEPS; step++) {
    const slope = columns(width, (c) => -ridge * (weights[c] as number));
    let biasSlope = 0;
    scaled.forEach((row, i) => {
      const sum = row.reduce((total, value, c) => total + value * (weights[c] as number), bias);
      const error = ((labels[i] as number) - 1 / (1 + Math.exp(-sum))) * ((rowWeights[i] as number) / all);
      biasSlope += error;
      for (let c = 0; c < width; c++) slope[c] = (slope[c] as number) + error * (row[c] as number);
    });
    bias += RATE * biasSlope;
    for (let c = 0; c < width; c++) weights[c] = (weights[c] as number) + RATE * (slope[c] as number);
  }
  const raw = weights.map((weight, c) => weight / (deviation[c] as number));
  const shift = raw.reduce((sum, weight, c) => sum + weight * (mean[c] as number), 0);
  return { bias: precise(bias - shift), weights: Object.fromEntries(names.map((name, i) => [name, precise(raw[i] as number)])) };
}

function columns(width: number, value: (column: number) => number): number[] {
  return Array.from({ length: width }, (_, c) => value(c));
}

function precise(value: number): number {
  return Number(value.toPrecision(5));
}
