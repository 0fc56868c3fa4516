import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWireOrder } from '../../../bot/chat/wire-order.js';

function setUp() {
  const heard: string[] = [];
  let timers: (() => void)[] = [];
  const order = createWireOrder((_, call) => void timers.push(call));
  return {
    heard,
    expect: (...ids: readonly string[]) => {
      for (const id of ids) order.expect(id);
    },
    arrive: (...ids: readonly string[]) => {
      for (const id of ids) order.arrived(id, () => void heard.push(id));
    },
    patienceEnds: () => {
      const now = timers;
      timers = [];
      for (const call of now) call();
    },
  };
}

test('messages are heard as the server sent them, in whatever order they are read', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e'], { minLength: 5 }), (readOrder) => {
      const { heard, expect: send, arrive } = setUp();
      send('a', 'b', 'c', 'd', 'e');
      arrive(...readOrder);
      expect(heard).toEqual(['a', 'b', 'c', 'd', 'e']);
    }),
  );
});

test('one that is not read in time holds up nobody, and is heard when it comes', () => {
  const { heard, expect: send, arrive, patienceEnds } = setUp();
  send('late', 'a', 'b');
  arrive('b', 'a');
  expect(heard).toEqual([]);
  patienceEnds();
  expect(heard).toEqual(['a', 'b']);
  arrive('late');
  expect(heard).toEqual(['a', 'b', 'late']);
});

test('one that was sent twice, or that nobody announced, is not waited for', () => {
  const { heard, expect: send, arrive } = setUp();
  send('a', 'a');
  arrive('a', 'other');
  send('b');
  arrive('b');
  expect(heard).toEqual(['a', 'other', 'b']);
});
