/**
 * The best one-to-one pairing of two sets (the assignment problem).
 *
 * In: a table of non-negative weights. Out: the greatest sum of weights that pairs each row with at most one column.
 * The Hungarian method with shortest augmenting paths and potentials, O(rows^2 * columns); see Burkard, Dell'Amico and
 * Martello, "Assignment Problems" (2009), section 4.4.
 */

/** @param weights rows of equal length */
export function bestMatching(weights: readonly (readonly number[])[]): number {
  const table = weights.length <= (weights[0]?.length ?? 0) ? weights : transposed(weights);
  const columns = table[0]?.length ?? 0;
  const rowPrice = new Float64Array(table.length);
  const columnPrice = new Float64Array(columns);
  /** The row each column is paired with; -1 for none. */
  const partner = new Int32Array(columns).fill(-1);
  const slack = (row: number, column: number) =>
    -at(table[row], column) - (rowPrice[row] as number) - (columnPrice[column] as number);

  for (let start = 0; start < table.length; start += 1) {
    // A shortest path, as in Dijkstra's algorithm, from the unpaired row to the nearest unpaired column.
    const distance = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
    const previous = new Int32Array(columns).fill(-1);
    const settled: number[] = [];
    const open = new Set(Array.from({ length: columns }, (_, column) => column));
    let row = start;
    let column = -1;
    let length = 0;
    do {
      let nearest = -1;
      for (const candidate of open) {
        const through = length + slack(row, candidate);
        if (through < (distance[candidate] as number)) {
          distance[candidate] = through;
          previous[candidate] = column;
        }
        if (nearest === -1 || (distance[candidate] as number) < (distance[nearest] as number)) nearest = candidate;
      }
      column = nearest;
      length = distance[column] as number;
      open.delete(column);
      settled.push(column);
      row = partner[column] as number;
    } while (row !== -1);

    // Prices move so that every slack stays non-negative and is zero along the path.
    rowPrice[start] = (rowPrice[start] as number) + length;
    for (const one of settled) {
      const rest = length - (distance[one] as number);
      columnPrice[one] = (columnPrice[one] as number) - rest;
      const owner = partner[one] as number;
      if (owner !== -1) rowPrice[owner] = (rowPrice[owner] as number) + rest;
    }
    while (column !== -1) {
      const before = previous[column] as number;
      partner[column] = before === -1 ? start : (partner[before] as number);
      column = before;
    }
  }
  return partner.reduce((sum, owner, column) => (owner === -1 ? sum : sum + at(table[owner], column)), 0);
}

function at(row: readonly number[] | undefined, column: number): number {
  return row?.[column] ?? 0;
}

function transposed(table: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return (table[0] ?? []).map((_, column) => table.map((row) => at(row, column)));
}
