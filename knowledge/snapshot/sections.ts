/**
 * A record of plain data and typed arrays <-> bytes that tell whether they are whole.
 *
 * A line that names the form, a head in JSON (the plain data, and name, kind and length of every array), the arrays one after
 * the other, and a checksum over all before it. Bytes that were cut, changed or written by another program give nothing.
 */
import { endianness } from 'node:os';
import { crc32 } from 'node:zlib';

const MAGIC = Buffer.from('qunshi snapshot 1\n');
/** Arrays begin at multiples of this many bytes, so that they can be used where they lie. */
const ALIGNED = 8;
const CHECKSUM = 4;

const KINDS = { Uint8Array, Int32Array, Float32Array, Float64Array };
export type Arrays = Readonly<Record<string, Uint8Array | Int32Array | Float32Array | Float64Array>>;

interface Head {
  readonly plain: unknown;
  readonly arrays: readonly { readonly name: string; readonly kind: keyof typeof KINDS; readonly length: number }[];
}

/** `plain` is anything JSON can hold. */
export function encodeSections(plain: unknown, arrays: Arrays): readonly Uint8Array[] {
  const described = Object.entries(arrays).map(([name, array]) => ({ name, kind: array.constructor.name, length: array.length }));
  const head = Buffer.from(JSON.stringify({ plain, arrays: described }));
  const length = Buffer.alloc(ALIGNED);
  length.writeUInt32LE(head.length);
  const parts: Uint8Array[] = [MAGIC, length, head];
  let size = MAGIC.length + length.length + head.length;
  const push = (part: Uint8Array): void => {
    parts.push(part);
    size += part.length;
  };
  for (const { buffer, byteOffset, byteLength } of Object.values(arrays)) {
    push(Buffer.alloc(paddingAt(size)));
    push(new Uint8Array(buffer, byteOffset, byteLength));
  }
  const checksum = Buffer.alloc(CHECKSUM);
  // Of nothing zlib gives 0, whatever came before.
  checksum.writeUInt32LE(parts.reduce((sum, part) => (part.length === 0 ? sum : crc32(part, sum)), 0));
  return [...parts, checksum];
}

/** Undefined for anything but whole bytes of {@link encodeSections}. */
export function decodeSections(bytes: Uint8Array): { readonly plain: unknown; readonly arrays: Arrays } | undefined {
  // A copy lies where numbers of eight bytes may lie; small buffers are parts of larger ones.
  const whole = Uint8Array.from(bytes);
  const buffer = Buffer.from(whole.buffer);
  const begin = MAGIC.length + ALIGNED;
  const end = buffer.length - CHECKSUM;
  if (end < begin || !buffer.subarray(0, MAGIC.length).equals(MAGIC) || endianness() !== 'LE') return undefined;
  if (crc32(buffer.subarray(0, end)) !== buffer.readUInt32LE(end)) return undefined;
  let at = begin + buffer.readUInt32LE(MAGIC.length);
  if (at > end) return undefined;
  const head = JSON.parse(buffer.toString('utf8', begin, at)) as Head;
  const arrays = head.arrays.map(({ name, kind, length }) => {
    at += paddingAt(at);
    const array = new KINDS[kind](whole.buffer, at, length);
    at += array.byteLength;
    return [name, array] as const;
  });
  return { plain: head.plain, arrays: Object.fromEntries(arrays) };
}

function paddingAt(size: number): number {
  return (ALIGNED - (size % ALIGNED)) % ALIGNED;
}
