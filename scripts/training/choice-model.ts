/**
 * Conditional logit (McFadden 1974), fitted to choices of which sometimes only a part is known.
 *
 * In: choices, each a row of numbers for every alternative and which alternatives may be right. Out: the weights that make the
 * right ones likeliest, drawn towards 0 (L2). By L-BFGS (Nocedal & Wright, Numerical Optimization, algorithm 7.5). Deterministic.
 */
export interface Choice {
  readonly rows: readonly Float64Array[];
  /** 1 where the alternative may be right; several if it is not known which. */
  readonly right: Uint8Array;
}

const STEPS = 100;
const MEMORY = 8;
/** Relative gain of a step at which the rest is not worth having. */
const ENOUGH = 1e-6;

/** `ridge` is the L2 penalty on columns scaled to a standard deviation of 1. */
export function fitChoices(choices: readonly Choice[], ridge: number): Float64Array {
  const width = choices[0]?.rows[0]?.length ?? 0;
  const deviations = deviationsOf(choices, width);
  const scaled = choices.map((choice) => ({
    ...choice,
    rows: choice.rows.map((row) => row.map((x, c) => x / (deviations[c] as number))),
  }));
  const weights = minimise(new Float64Array(width), (at, slope) => loss(scaled, at, ridge, slope));
  return weights.map((weight, c) => weight / (deviations[c] as number));
}

/** Probability that the choice falls on a right alternative. */
export function likelihood({ rows, right }: Choice, weights: Float64Array): number {
  const scores = rows.map((row) => dot(row, weights));
  const most = Math.max(...scores);
  let all = 0;
  let good = 0;
  scores.forEach((score, i) => {
    const value = Math.exp(score - most);
    all += value;
    if (right[i]) good += value;
  });
  return good / all;
}

function loss(choices: readonly Choice[], weights: Float64Array, ridge: number, slope: Float64Array): number {
  let sum = 0;
  slope.fill(0);
  for (const { rows, right } of choices) {
    const scores = rows.map((row) => dot(row, weights));
    const most = Math.max(...scores);
    let all = 0;
    let good = 0;
    scores.forEach((score, i) => {
      const value = Math.exp(score - most);
      scores[i] = value;
      all += value;
      if (right[i]) good += value;
    });
    good = Math.max(good, Number.MIN_VALUE);
    sum -= Math.log(good / all);
    rows.forEach((row, i) => {
      const value = scores[i] as number;
      const pull = value / all - (right[i] ? value / good : 0);
      if (pull !== 0) addScaled(slope, row, pull);
    });
  }
  addScaled(slope, weights, ridge);
  return sum + (ridge / 2) * dot(weights, weights);
}

type Slope = (at: Float64Array, slope: Float64Array) => number;

function minimise(start: Float64Array, valueAt: Slope): Float64Array {
  let at = start;
  let slope = new Float64Array(at.length);
  let value = valueAt(at, slope);
  const past: { readonly step: Float64Array; readonly turn: Float64Array; readonly scale: number }[] = [];
  for (let round = 0; round < STEPS; round++) {
    const direction = slope.map((x) => -x);
    const shares = past.toReversed().map(({ step, turn, scale }) => {
      const share = dot(step, direction) / scale;
      addScaled(direction, turn, -share);
      return share;
    });
    const latest = past.at(-1);
    const stretch = latest ? latest.scale / dot(latest.turn, latest.turn) : 1 / Math.sqrt(dot(slope, slope) || 1);
    for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] as number) * stretch;
    past.forEach(({ step, turn, scale }, i) => {
      addScaled(direction, step, (shares[past.length - 1 - i] as number) - dot(turn, direction) / scale);
    });

    const fall = dot(slope, direction);
    let length = 1;
    let nextSlope = new Float64Array(at.length);
    let next = at;
    let nextValue = value;
    for (let trial = 0; trial < 20; trial++, length /= 2) {
      next = at.map((x, i) => x + length * (direction[i] as number));
      nextSlope = new Float64Array(at.length);
      nextValue = valueAt(next, nextSlope);
      if (nextValue <= value + 1e-4 * length * fall) break;
    }
    if (nextValue >= value) return at;
    const step = next.map((x, i) => x - (at[i] as number));
    const turn = nextSlope.map((x, i) => x - (slope[i] as number));
    const scale = dot(step, turn);
    if (scale > 0) past.push({ step, turn, scale });
    if (past.length > MEMORY) past.shift();
    const gain = (value - nextValue) / Math.abs(value);
    [at, slope, value] = [next, nextSlope, nextValue];
    if (gain < ENOUGH) break;
  }
  return at;
}

function deviationsOf(choices: readonly Choice[], width: number): Float64Array {
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  let count = 0;
  for (const { rows } of choices) {
    for (const row of rows) {
      count++;
      for (let c = 0; c < width; c++) {
        const x = row[c] as number;
        sums[c] = (sums[c] as number) + x;
        squares[c] = (squares[c] as number) + x * x;
      }
    }
  }
  return sums.map((sum, c) => Math.sqrt(Math.max(0, (squares[c] as number) / count - (sum / count) ** 2)) || 1);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function addScaled(to: Float64Array, what: Float64Array, by: number): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) + by * (what[i] as number);
}
