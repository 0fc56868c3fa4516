/**
 * How sittings are cut into passages: windows of their messages that overlap by half.
 *
 * In: how many messages each sitting has. Out: where, among all positions and all passages, those of each sitting begin.
 */

/** Messages in a passage, and how far apart passages begin. 8 and 4 found best on the gold questions among 6..16 and 3..8. */
export const STRIDE = 4;
export const PASSAGE = 2 * STRIDE;

/** Of sittings one after the other; each has at least one message. */
export interface Layout {
  /** First position of sitting t, and one entry more. */
  readonly sittingStart: Int32Array;
  /** First passage of sitting t, and one entry more. Passage k of it begins at `sittingStart[t] + k * STRIDE`. */
  readonly passageStart: Int32Array;
  /** Sitting by passage. */
  readonly sittingOfPassage: Int32Array;
}

/** `sizes` are the messages of each sitting. */
export function layoutOf(sizes: readonly number[]): Layout {
  const sittingStart = new Int32Array(sizes.length + 1);
  const passageStart = new Int32Array(sizes.length + 1);
  sizes.forEach((size, t) => {
    sittingStart[t + 1] = (sittingStart[t] as number) + size;
    passageStart[t + 1] = (passageStart[t] as number) + (size <= PASSAGE ? 1 : Math.ceil(size / STRIDE) - 1);
  });
  const sittingOfPassage = new Int32Array(passageStart[sizes.length] as number);
  for (let t = 0; t < sizes.length; t++) sittingOfPassage.fill(t, passageStart[t], passageStart[t + 1]);
  return { sittingStart, passageStart, sittingOfPassage };
}
