/**
 * How the property tests draw their values.
 *
 * In `npm test` always the same ones, so that a red build is about the change at hand and not about a value nobody drew before.
 * In `npm run properties` others each time, and twenty times as many: there such a value is looked for. What it finds is mended
 * and becomes an example of its property.
 */
import fc from 'fast-check';

/** A number with no meaning. */
const SEED = 20_180_502;
const times = Number(process.env.PROPERTY_TIMES ?? '1');

fc.configureGlobal({ numRuns: 100 * times, ...(times === 1 && { seed: SEED }) });

/** So many values for a property that is too slow for a hundred, or needs more of them. */
export function runs(count: number): { readonly numRuns: number } {
  return { numRuns: count * times };
}
