import { describe, expect, test } from 'vitest';
import { conditionOf, DEAF_AFTER, QUIET_AFTER } from '../../../bot/chat/liveness.js';

const HOUR = 60 * 60_000;
const now = 100 * HOUR;
const well = { loggedIn: now - HOUR, lastContact: now - 25_000, lastHeard: now - 60_000 };

describe('a session', () => {
  test('is well while the server answers', () => {
    expect(conditionOf(well, now)).toBe('well');
  });
  test('is none before the login', () => {
    expect(conditionOf({ ...well, loggedIn: undefined }, now)).toBe('not logged in');
  });
  test('is deaf when the server has not answered for a hundred seconds, however much was heard before', () => {
    expect(conditionOf({ ...well, lastContact: now - DEAF_AFTER - 1 }, now)).toBe('deaf');
    expect(conditionOf({ ...well, lastContact: now - DEAF_AFTER }, now)).toBe('well');
  });
  test('gets as long after its login', () => {
    expect(conditionOf({ loggedIn: now - 1_000, lastContact: now - HOUR, lastHeard: undefined }, now)).toBe('well');
  });
  test('is quiet when nobody said anything for more than a night', () => {
    const since = now - QUIET_AFTER - 1;
    expect(conditionOf({ ...well, loggedIn: since, lastHeard: since }, now)).toBe('quiet');
    expect(conditionOf({ ...well, lastHeard: since }, now)).toBe('well');
  });
  test('of a puppet that cannot tell is judged by what is heard', () => {
    expect(conditionOf({ ...well, lastContact: undefined }, now)).toBe('well');
  });
});
