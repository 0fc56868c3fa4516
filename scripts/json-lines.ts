/**
 * JSON lines -> checked data.
 *
 * In: text with one JSON object a line, and what each must look like. Out: the values, or one sentence about what is wrong.
 */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { WrongUse } from './command.js';

export type Parsed<T> = { readonly value: T } | { readonly fault: string };

/** A byte order mark before the first line is no fault. */
export function parseLine<T>(line: string, schema: z.ZodType<T>): Parsed<T> {
  let json: unknown;
  try {
    json = JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch {
    return { fault: 'not JSON' };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { value: parsed.data };
  const [issue] = parsed.error.issues;
  return { fault: `${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'wrong'}` };
}

/**
 * Every line of a file that must be right as a whole. Empty lines are passed over.
 *
 * @throws WrongUse with file and line of the first fault, or if the file cannot be read
 */
export function readJsonLines<T>(file: string, schema: z.ZodType<T>): readonly T[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new WrongUse(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    const parsed = parseLine(line, schema);
    if ('fault' in parsed) throw new WrongUse(`${file}:${i + 1}: ${parsed.fault}`);
    return [parsed.value];
  });
}
