/**
 * The text of a JSON file, as it streams in -> the elements of its long array, one by one, and whatever else it holds.
 *
 * Written by hand: it only looks for where values end and leaves the reading to JSON.parse, so that a file larger than memory
 * passes through. What is not JSON in the middle costs its element, not the file.
 */
import { UnreadableExport } from '../formats/export-format.js';

export interface JsonElement {
  /** Name of the member of the outer object; '' in an outer array. */
  readonly key: string;
  /** Number of the element in its array, from 1; 0: the value is no array, and whole. */
  readonly number: number;
  /** undefined if it is no JSON. */
  readonly value: unknown;
}

/** A longer element is no message; characters. */
const LONGEST = 16 * 1024 * 1024;

/** `object`: in the outer object, before a name or a value. `array`: in an array whose elements are wanted. */
type Where = 'outside' | 'object' | 'array' | 'behind';

/**
 * Portions of elements in file order: of the outer array, or of every array that is a member of the outer object; its other
 * members are elements with number 0. Throws {@link UnreadableExport} if the text is neither object nor array, or an element
 * has no end.
 */
export async function* jsonElements(text: AsyncIterable<string>): AsyncIterable<readonly JsonElement[]> {
  let rest = '';
  let where: Where = 'outside';
  let isArray = false;
  let key: string | undefined;
  let number = 0;

  /** Reads on from `at` as far as whole values go; the index where it stopped. */
  const take = (found: JsonElement[], isLast: boolean): number => {
    let at = 0;
    for (;;) {
      at = afterBlanks(rest, at);
      const sign = rest[at];
      if (sign === undefined || where === 'behind') return at;
      if (where === 'outside') {
        if (sign !== '{' && sign !== '[') throw new UnreadableExport('neither a JSON object nor a JSON array');
        isArray = sign === '[';
        where = isArray ? 'array' : 'object';
        at++;
      } else if (sign === ',' || sign === ':') at++;
      else if (sign === ']' || sign === '}') {
        where = where === 'array' && !isArray ? 'object' : 'behind';
        key = undefined;
        at++;
      } else if (where === 'object' && key !== undefined && sign === '[') {
        where = 'array';
        number = 0;
        at++;
      } else {
        const end = endOfValue(rest, at, isLast);
        if (end < 0) return at;
        const value = parsed(rest.slice(at, end));
        if (where === 'array') found.push({ key: key ?? '', number: ++number, value });
        else if (key === undefined) key = String(value);
        else {
          found.push({ key, number: 0, value });
          key = undefined;
        }
        at = end;
      }
    }
  };

  for await (const portion of text) {
    rest += portion;
    const found: JsonElement[] = [];
    rest = rest.slice(take(found, false));
    if (rest.length > LONGEST) throw new UnreadableExport(`element ${number + 1} is longer than 16 MB or has no end`);
    if (found.length > 0) yield found;
  }
  const found: JsonElement[] = [];
  take(found, true);
  if (found.length > 0) yield found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function afterBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && (text.charCodeAt(at) <= 32 || text.charCodeAt(at) === 0xfeff)) at++;
  return at;
}

/** Index behind the value that begins at `from`; -1 if its end is not in the text. What was cut off at the file's end is whole. */
function endOfValue(text: string, from: number, isLast: boolean): number {
  const sign = text[from];
  let end: number;
  if (sign === '"') end = endOfString(text, from);
  else if (sign === '{' || sign === '[') end = endOfNested(text, from);
  else end = endOfPlain(text, from);
  return end < 0 && isLast ? text.length : end;
}

function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 92) slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return -1;
}

function endOfNested(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 34 /* " */:
        at = endOfString(text, at) - 1;
        if (at < 0) return -1;
        break;
      case 123 /* { */:
      case 91 /* [ */:
        depth++;
        break;
      case 125 /* } */:
      case 93 /* ] */:
        if (--depth === 0) return at + 1;
    }
  }
  return -1;
}

function endOfPlain(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === 44 || code === 93 || code === 125 || code === 58) return at === from ? at + 1 : at;
  }
  return -1;
}
