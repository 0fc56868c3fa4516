import { describe, expect, test } from 'vitest';
import { createLimits, PER_PERSON, PER_ROOM, type Verdict } from '../../../bot/conversation/limits.js';

function setUp() {
  let now = 0;
  const admit = createLimits(() => now);
  const times = (count: number, person: (i: number) => string, room: string): readonly Verdict[] =>
    Array.from({ length: count }, (_, i) => admit(person(i), room));
  return {
    admit,
    times,
    wait: (seconds: number) => {
      now += seconds * 1_000;
    },
  };
}
const alice = () => 'alice';
const anybody = (i: number) => `member ${i}`;

describe('a person', () => {
  test('gets three answers a minute, is told once that it was too much, and then nothing', () => {
    const { times } = setUp();
    expect(PER_PERSON).toBe(3);
    expect(times(6, alice, '群')).toEqual(['answer', 'answer', 'answer', 'tell', 'silent', 'silent']);
  });
  test('may ask again when a minute has passed, and is told again next time', () => {
    const { times, wait } = setUp();
    times(5, alice, '群');
    wait(60);
    expect(times(4, alice, '群')).toEqual(['answer', 'answer', 'answer', 'tell']);
  });
  test('is counted by the minute, not by the hour of the clock', () => {
    const { times, wait } = setUp();
    times(2, alice, '群');
    wait(40);
    times(1, alice, '群');
    wait(30);
    expect(times(3, alice, '群')).toEqual(['answer', 'answer', 'tell']);
  });
  test('is counted over all rooms, and in a direct chat', () => {
    const { admit, times } = setUp();
    times(2, alice, '群');
    expect(admit('alice', undefined)).toBe('answer');
    expect(admit('alice', '别的群')).toBe('tell');
  });
  test('takes nothing from another one', () => {
    const { admit, times } = setUp();
    times(5, alice, '群');
    expect(admit('bob', '群')).toBe('answer');
  });
});

describe('a room', () => {
  test('gets six answers a minute, is told once, and then nothing', () => {
    const { times } = setUp();
    expect(PER_ROOM).toBe(6);
    expect(times(9, anybody, '群')).toEqual([...Array(6).fill('answer'), 'tell', 'silent', 'silent']);
  });
  test('takes nothing from another one', () => {
    const { admit, times } = setUp();
    times(9, anybody, '群');
    expect(admit('somebody else', '别的群')).toBe('answer');
  });
});
