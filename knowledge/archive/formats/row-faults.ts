/**
 * What is wrong with a row of a table that is left out, in the same words for every format.
 */

export function cutShort(cells: number, columns: readonly string[]): string {
  return `a row of ${cells} cells instead of ${columns.length}, left out`;
}

/** @param printed what stands where the time should */
export function timeless(printed: string): string {
  return `a row without a time (${JSON.stringify(printed.slice(0, 40))}), left out`;
}
