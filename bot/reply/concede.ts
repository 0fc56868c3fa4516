/**
 * Shows as much as fits.
 *
 * In: what is shown at best, what is given up in which order, how to render, and what fits. Out: the first rendering that fits, or
 * the last one: whoever sets the order sees to it that this one always does.
 */
export function richestThatFits<Detail extends object, Rendering>(
  everything: Detail,
  concessions: readonly Partial<Detail>[],
  render: (detail: Detail) => Rendering,
  fits: (rendering: Rendering) => boolean,
): Rendering {
  let detail = everything;
  let rendering = render(detail);
  for (const concession of concessions) {
    if (fits(rendering)) break;
    detail = { ...detail, ...concession };
    rendering = render(detail);
  }
  return rendering;
}
