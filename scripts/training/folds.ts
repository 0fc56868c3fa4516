/**
 * Numbers of items -> balanced folds for cross-validation.
 */
import { dice } from './dice.js';

/** The fold (0..folds - 1) of each item; the same for the same arguments, another for another `split`. */
export function foldsOf(count: number, folds: number, split: number): readonly number[] {
  const throwDice = dice(split + 1);
  const order = Array.from({ length: count }, (_, i) => ({ i, key: throwDice() })).sort((a, b) => a.key - b.key);
  const found = new Array<number>(count).fill(0);
  order.forEach(({ i }, place) => {
    found[i] = place % folds;
  });
  return found;
}
