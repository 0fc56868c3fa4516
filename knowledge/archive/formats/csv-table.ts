/**
 * Rows of CSV below a heading -> cells by the names of their columns.
 *
 * In: rows as they stream in. Out: portions of rows; a heading that comes again, as where files were put together, is passed over.
 */
import { csvRows } from '../import/csv.js';
import type { ExportContext, ExportSource } from './export-format.js';

export interface TableRow<Column extends string> {
  readonly line: number;
  /** '' where the row ends before the column. */
  cell(column: Column): string;
  /** How many cells the row has. */
  readonly length: number;
}

/** Whether the text begins with a heading that holds these columns. */
export function hasHeading(head: string, columns: readonly string[]): boolean {
  const names = headingIn(head.slice(0, Math.max(head.search(/\r?\n|$/), 0)).split(','));
  return columns.every((column) => names.includes(column));
}

export async function* tableRows<Column extends string>(
  source: ExportSource,
  columns: readonly Column[],
  { skip }: ExportContext,
): AsyncIterable<readonly TableRow<Column>[]> {
  let places: ReadonlyMap<string, number> | undefined;
  for await (const rows of csvRows(source.text(), skip)) {
    const portion: TableRow<Column>[] = [];
    for (const { line, cells } of rows) {
      const names = places === undefined || cells[0]?.includes(columns[0] as string) ? headingIn(cells) : [];
      if (columns.every((column) => names.includes(column))) places = new Map(names.map((name, i) => [name, i]));
      else if (places) {
        const known = places;
        portion.push({ line, length: cells.length, cell: (column) => cells[known.get(column) as number] ?? '' });
      } else skip(line, 'a row before the heading, left out');
    }
    yield portion;
  }
}

function headingIn(cells: readonly string[]): readonly string[] {
  return cells.map((cell) =>
    cell
      .replace(/^\ufeff/, '')
      .replace(/^"|"$/g, '')
      .trim(),
  );
}
