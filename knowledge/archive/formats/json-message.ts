/**
 * One element of a JSON export -> a message of the shape that its format has.
 */
import type { z } from 'zod';
import type { ExportContext } from './export-format.js';

/**
 * Undefined if it has another shape, which is told.
 *
 * @param value undefined where there was no JSON
 */
export function messageOf<Shape>(
  shape: z.ZodType<Shape>,
  value: unknown,
  line: number,
  skip: ExportContext['skip'],
): Shape | undefined {
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  skip(
    line,
    value === undefined ? 'no JSON, left out' : `a wrong ${parsed.error.issues[0]?.path.join('.') || 'shape'}, left out`,
  );
  return undefined;
}
