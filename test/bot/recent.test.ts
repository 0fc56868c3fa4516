import { expect, test } from 'vitest';
import { createRecent } from '../../bot/recent.js';

test('when full, what was put longest ago is forgotten', () => {
  const recent = createRecent<number>({ capacity: 2, lifetime: Number.POSITIVE_INFINITY, clock: () => 0 });
  recent.put('a', 1);
  recent.put('b', 2);
  recent.put('a', 3);
  recent.put('c', 4);
  expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([3, undefined, 4]);
});

test('a value is remembered for its lifetime, counted anew when it is put again', () => {
  let now = 0;
  const recent = createRecent<number>({ capacity: 9, lifetime: 10, clock: () => now });
  recent.put('a', 1);
  now = 9;
  expect(recent.get('a')).toBe(1);
  recent.put('a', 2);
  now = 18;
  expect(recent.get('a')).toBe(2);
  now = 19;
  expect(recent.get('a')).toBeUndefined();
});

test('what is dropped is gone', () => {
  const recent = createRecent<number>({ capacity: 9, lifetime: 10, clock: () => 0 });
  recent.put('a', 1);
  recent.drop('a');
  expect(recent.get('a')).toBeUndefined();
});
