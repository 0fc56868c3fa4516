import { describe, expect, it } from 'vitest';
import { findSittings } from '../../../knowledge/search/sittings.js';
import type { Message } from '../../../knowledge/types.js';
import { messagesOf } from '../message-for-test.js';

/** `minute room` of each message. */
function labels(...said: readonly (readonly [minute: number, room: string])[]): readonly number[] {
  const messages = messagesOf(...said.map(() => '话')).map((message, i): Message => {
    const [minute, room] = said[i] as (typeof said)[number];
    return { ...message, at: minute * 60_000, room };
  });
  return [...findSittings(messages)];
}

describe('a sitting', () => {
  it('goes on as long as nobody is silent for more than 20 minutes', () => {
    expect(labels([0, '甲'], [20, '甲'], [40, '甲'], [61, '甲'], [62, '甲'])).toEqual([0, 0, 0, 3, 3]);
  });

  it('is one room’s, whatever is said elsewhere meanwhile', () => {
    expect(labels([0, '甲'], [1, '乙'], [15, '乙'], [19, '甲'], [34, '乙'])).toEqual([0, 1, 1, 0, 1]);
  });

  it('is none in an empty archive', () => {
    expect(labels()).toEqual([]);
  });
});
