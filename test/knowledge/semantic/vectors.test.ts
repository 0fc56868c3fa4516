/** Vectors packed to bytes: how near their cosines come to the true ones, and that they are found again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalised } from '../../../knowledge/semantic/embedder.js';
import { createVectors, keyOf, pack } from '../../../knowledge/semantic/vectors.js';
import { runs } from '../../properties.js';

const number = fc.double({ min: -1, max: 1, noNaN: true });
/** Now and then one component outweighs the others, as with real models. */
const unit = (dimensions: number) =>
  fc
    .tuple(fc.array(number, { minLength: dimensions, maxLength: dimensions }), fc.constantFrom(1, 1, 8))
    .filter(([vector]) => Math.hypot(...vector) > 0.01)
    .map(([[first = 0, ...rest], weight]) => normalised([first * weight, ...rest]));
const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);

function stored(vectors: readonly Float32Array[]) {
  const storage = createVectors(vectors.length);
  vectors.forEach((vector, i) => {
    storage.put(storage.take(keyOf(String(i))), pack(vector));
  });
  return storage;
}

describe('a cosine with packed vectors', () => {
  it.each([1, 2, 3, 7, 64, 512, 1024])('is within 0.01 of the true one, with %d dimensions', (dimensions) => {
    fc.assert(
      fc.property(unit(dimensions), fc.array(unit(dimensions), { minLength: 1, maxLength: 5 }), (query, vectors) => {
        const cosines = stored(vectors).cosines(query);
        expect(cosines).toHaveLength(vectors.length);
        vectors.forEach((vector, i) => {
          expect(Math.abs((cosines?.[i] as number) - cosine(query, vector))).toBeLessThan(0.01);
        });
      }),
      runs(30),
    );
  });

  it('does not overflow where all is in one component', () => {
    const vector = new Float32Array(4096);
    vector[4095] = 1;
    expect(stored([vector, vector.map((x) => -x)]).cosines(vector)).toEqual(Float32Array.of(1, -1));
  });

  it('is NaN where no vector is yet, and there are none at all without any vector', () => {
    const storage = createVectors(3);
    for (const text of ['a', 'b', 'c']) storage.take(keyOf(text));
    expect(storage.cosines(Float32Array.of(1, 0))).toBeUndefined();
    storage.put(1, pack(Float32Array.of(1, 0)));
    expect(storage.cosines(Float32Array.of(1, 0))).toEqual(Float32Array.of(Number.NaN, 1, Number.NaN));
  });
});

describe('keys', () => {
  it('are found under the slot they were given, others not', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 50 }), fc.string(), (texts, other) => {
        const storage = createVectors(texts.length);
        const slots = texts.map((text) => storage.take(keyOf(text)));
        expect(slots).toEqual(texts.map((_, i) => i));
        expect(texts.map((text) => storage.slotOf(keyOf(text)))).toEqual(slots);
        expect(texts.map((text) => storage.take(keyOf(text)))).toEqual(slots);
        expect(storage.slotOf(keyOf(other))).toBe(texts.indexOf(other));
        expect(slots.map((slot) => storage.keyAt(slot))).toEqual(texts.map(keyOf));
      }),
    );
  });

  it('are refused beyond the capacity', () => {
    const storage = createVectors(1);
    storage.take(keyOf('a'));
    expect(() => storage.take(keyOf('b'))).toThrow('more than 1 vectors');
  });
});
