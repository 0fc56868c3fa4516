/**
 * Many vectors in little memory, each under the key of the text it belongs to, and their cosines to a question.
 *
 * In: vectors of length 1, packed to one byte a number. Out: one cosine a slot, NaN where no vector is yet. 63,000 vectors of
 * 512 numbers take 33.5 MB and are compared in about 25 ms (measured 2026-11); packing moves a cosine by 0.0006,
 * and never by more than 0.004.
 */
import { hash } from 'node:crypto';

/** A vector as bytes: component i is about `components[i] * factor`. */
export interface PackedVector {
  readonly components: Int8Array;
  /** Makes the packed vector's length 1 again. */
  readonly factor: number;
}

export interface Vectors {
  readonly capacity: number;
  /** How many slots are taken, with or without a vector. */
  count(): number;
  keyAt(slot: number): number;
  /** -1 if the key has none. */
  slotOf(key: number): number;
  /** The key's slot, a new one if need be. At most `capacity` keys fit in. */
  take(key: number): number;
  isFilled(slot: number): boolean;
  get(slot: number): PackedVector;
  /** All vectors must be of one dimension. */
  put(slot: number, vector: PackedVector): void;
  /** By slot; undefined if there is no vector at all. */
  cosines(query: Float32Array): Float32Array | undefined;
}

const MOST_BYTE = 127;
/** Fine enough to lose nothing against one byte, and small enough that a sum cannot leave 32 bits up to 4,000 dimensions. */
const QUERY_SCALE = 2 ** 16;

/** The first 53 bits of SHA-256, as a number: among a million texts two share it with a probability of 0.00006. */
export function keyOf(text: string): number {
  const digest = hash('sha256', text, 'buffer');
  return digest.readUInt32BE(0) * 2 ** 21 + (digest.readUInt32BE(4) >>> 11);
}

/** The largest component becomes 127, so that a model's outliers cost no other vector its precision. */
export function pack(vector: Float32Array): PackedVector {
  const most = vector.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
  const components = Int8Array.from(vector, (x) => Math.round((x / most) * MOST_BYTE));
  return { components, factor: 1 / Math.sqrt(components.reduce((sum, x) => sum + x * x, 0)) };
}

/** `capacity` is reserved, but costs real memory only as far as it is used. */
export function createVectors(capacity: number): Vectors {
  const keys = new Float64Array(capacity);
  /** NaN where there is no vector: a cosine computed with it is NaN by itself. */
  const factors = new Float32Array(capacity).fill(Number.NaN);
  // An open-addressed table of slots: a Map of as many keys would take four times the memory.
  const table = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(capacity, 1) * 1.5 + 1))).fill(-1);
  let count = 0;
  let components: Int8Array | undefined;
  let dimensions = 0;

  /** Where in the table the key is, or should be. A key is random in every bit, so its lowest ones tell. */
  const placeOf = (key: number): number => {
    const mask = table.length - 1;
    let place = (key >>> 0) & mask;
    for (let slot = table[place] as number; slot !== -1 && keys[slot] !== key; slot = table[place] as number) {
      place = (place + 1) & mask;
    }
    return place;
  };

  return {
    capacity,
    count: () => count,
    keyAt: (slot) => keys[slot] as number,
    slotOf: (key) => table[placeOf(key)] as number,
    take(key) {
      const place = placeOf(key);
      if (table[place] === -1) {
        if (count === capacity) throw new RangeError(`more than ${capacity} vectors`);
        table[place] = count;
        keys[count] = key;
        count += 1;
      }
      return table[place] as number;
    },
    isFilled: (slot) => !Number.isNaN(factors[slot]),
    get: (slot) => ({
      components: (components ?? new Int8Array()).subarray(slot * dimensions, (slot + 1) * dimensions),
      factor: factors[slot] as number,
    }),
    put(slot, vector) {
      dimensions = vector.components.length;
      // One row more than needed, for the rows are compared in pairs.
      components ??= new Int8Array((capacity + 1) * dimensions);
      components.set(vector.components, slot * dimensions);
      factors[slot] = vector.factor;
    },
    cosines: (query) => components && cosines(components, factors, query, count),
  };
}

/** Two rows at a time, so that each number of the query is loaded once for both: a third faster than row by row. */
function cosines(rows: Int8Array, factors: Float32Array, query: Float32Array, count: number): Float32Array {
  const dimensions = query.length;
  const q = Int32Array.from(query, (x) => Math.round(x * QUERY_SCALE));
  const result = new Float32Array(count);
  const whole = dimensions - (dimensions % 4);
  for (let row = 0, a = 0; row < count; row += 2, a += 2 * dimensions) {
    const b = a + dimensions;
    let sumA = 0;
    let sumB = 0;
    for (let i = 0; i < whole; i += 4) {
      const q0 = q[i] as number;
      const q1 = q[i + 1] as number;
      const q2 = q[i + 2] as number;
      const q3 = q[i + 3] as number;
      sumA =
        (sumA +
          Math.imul(q0, rows[a + i] as number) +
          Math.imul(q1, rows[a + i + 1] as number) +
          Math.imul(q2, rows[a + i + 2] as number) +
          Math.imul(q3, rows[a + i + 3] as number)) |
        0;
      sumB =
        (sumB +
          Math.imul(q0, rows[b + i] as number) +
          Math.imul(q1, rows[b + i + 1] as number) +
          Math.imul(q2, rows[b + i + 2] as number) +
          Math.imul(q3, rows[b + i + 3] as number)) |
        0;
    }
    for (let i = whole; i < dimensions; i++) {
      sumA = (sumA + Math.imul(q[i] as number, rows[a + i] as number)) | 0;
      sumB = (sumB + Math.imul(q[i] as number, rows[b + i] as number)) | 0;
    }
    result[row] = (sumA / QUERY_SCALE) * (factors[row] as number);
    if (row + 1 < count) result[row + 1] = (sumB / QUERY_SCALE) * (factors[row + 1] as number);
  }
  return result;
}
