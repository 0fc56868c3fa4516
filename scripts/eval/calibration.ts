/**
 * Whether "how sure" means what it says: of results given with confidence 0.7, seven in ten should answer.
 *
 * In: the first result of every question, its confidence and whether it answers. Out: a reliability table of ten bins and
 * the expected calibration error (Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, section 2).
 */
import { mean } from './questions.js';

export interface Claim {
  /** 0..1 */
  readonly confidence: number;
  readonly right: boolean;
}

export interface ReliabilityBin {
  /** Confidences in [from, to); the last bin includes 1. */
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly confidence: number;
  readonly right: number;
}

const BINS = 10;

export function reliability(claims: readonly Claim[]): readonly ReliabilityBin[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const members = claims.filter(({ confidence }) => Math.min(Math.floor(confidence * BINS), BINS - 1) === bin);
    return {
      from: bin / BINS,
      to: (bin + 1) / BINS,
      n: members.length,
      confidence: mean(members.map(({ confidence }) => confidence)),
      right: mean(members.map(({ right }) => (right ? 1 : 0))),
    };
  });
}

/** Mean distance between confidence and share right, weighted by how many claims fall in a bin; 0 is perfect. */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, { n }) => sum + n, 0);
  return total === 0 ? 0 : bins.reduce((sum, bin) => sum + bin.n * Math.abs(bin.confidence - bin.right), 0) / total;
}
