import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { type Content, SendError } from '../../../bot/chat/chat.js';
import { createOutbox } from '../../../bot/chat/outbox.js';
import { BUBBLE_LENGTH } from '../../../bot/reply/bubble.js';

const log = pino({ level: 'silent' });
const room = { room: 'r' };

/** An outbox whose clock only waiting moves; `send` may throw. */
function setUp({ send = async (_: Content) => {}, budget = Number.POSITIVE_INFINITY } = {}) {
  let now = 1_000_000;
  let left = budget;
  const events: string[] = [];
  const outbox = createOutbox({
    async send(_, content) {
      events.push(`try ${content}`);
      await send(content);
      events.push(`sent ${content}`);
    },
    pause: async () => void events.push('pause'),
    async wait(ms) {
      events.push(`wait ${ms / 1_000} s`);
      now += ms;
    },
    clock: () => now,
    spend: () => {
      left -= 1;
      return left >= 0;
    },
    onRest: (ms) => void events.push(`rest ${ms / 1_000} s`),
    log,
  });
  const pass = (ms: number) => {
    now += ms;
  };
  return {
    ...outbox,
    events,
    pass,
    sent: () => events.filter((event) => event.startsWith('sent')).map((event) => event.slice(5)),
  };
}

/** Fails with these errors in turn, then succeeds. */
function failing(...errors: readonly Error[]) {
  const left = [...errors];
  return async () => {
    const error = left.shift();
    if (error !== undefined) throw error;
  };
}
const unreached = () => new SendError('unreached', 'connect ECONNREFUSED');
const restricted = () => new SendError('restricted', '1205 == 0');

test('replies go out in order, one text at a time, with a pause after each', async () => {
  const { post, events } = setUp();
  await Promise.all([post(room, ['a', 'b']), post({ room: 'q' }, ['c'])]);
  expect(events).toEqual(['a', 'b', 'c'].flatMap((text) => [`try ${text}`, `sent ${text}`, 'pause']));
});

test('a reply that cannot be sent loses its remaining texts, and no other reply', async () => {
  const { post, sent } = setUp({
    send: async (content) => {
      if (content === 'b') throw new Error('refused');
    },
  });
  await post(room, ['a', 'b', 'c']);
  await post(room, ['d']);
  expect(sent()).toEqual(['a', 'd']);
});

describe('a text that was not sent', () => {
  test('is tried again while the server cannot be reached, later each time', async () => {
    const { post, events } = setUp({ send: failing(unreached(), unreached()) });
    await post(room, ['a']);
    expect(events).toEqual(['try a', 'wait 2 s', 'try a', 'wait 8 s', 'try a', 'sent a', 'pause']);
  });
  test('is given up after three tries more', async () => {
    const { post, sent, events } = setUp({ send: failing(unreached(), unreached(), unreached(), unreached()) });
    await post(room, ['a']);
    expect(sent()).toEqual([]);
    expect(events.filter((event) => event === 'try a')).toHaveLength(4);
  });
  test.each([
    ['the connection broke, for it may have arrived', new SendError('other', 'socket hang up')],
    ['the platform refused it', restricted()],
  ])('is never tried again if %s', async (_, error) => {
    const { post, events } = setUp({ send: failing(error) });
    await post(room, ['a']);
    expect(events.filter((event) => event === 'try a')).toHaveLength(1);
  });
});

describe('when the platform says it is too often', () => {
  test('everything rests, twice as long each time', async () => {
    const { post, events } = setUp({ send: failing(restricted(), restricted()) });
    await post(room, ['a']);
    await post(room, ['b']);
    await post(room, ['c']);
    expect(events).toEqual(['try a', 'rest 60 s', 'wait 60 s', 'try b', 'rest 120 s', 'wait 120 s', 'try c', 'sent c', 'pause']);
  });
  test('in a line of the room, the same happens', async () => {
    const { post, rest, events } = setUp();
    rest();
    await post(room, ['a']);
    expect(events).toEqual(['rest 60 s', 'wait 60 s', 'try a', 'sent a', 'pause']);
  });
  test('several times about one burst, it counts once', () => {
    const { rest, events } = setUp();
    rest();
    rest();
    expect(events).toEqual(['rest 60 s']);
  });
  test('again after hours of peace, the rest is a short one', () => {
    const { rest, events, pass } = setUp();
    rest();
    pass(6 * 60 * 60_000);
    rest();
    expect(events).toEqual(['rest 60 s', 'rest 60 s']);
  });
  test('a reply that had to wait for more than five minutes is dropped', async () => {
    const { post, rest, sent, pass } = setUp();
    for (let i = 0; i < 4; i++) {
      rest();
      pass(2 ** i * 60_000);
    }
    rest();
    await post(room, ['a']);
    expect(sent()).toEqual([]);
    await post(room, ['b']);
    expect(sent()).toEqual(['b']);
  });
});

test('what the day allows is not exceeded', async () => {
  const { post, sent } = setUp({ budget: 2 });
  await post(room, ['a', 'b', 'c']);
  await post(room, ['d']);
  expect(sent()).toEqual(['a', 'b']);
});

test('nothing empty is sent, and nothing longer than a bubble: it is parted between lines, in order', async () => {
  const { post, sent } = setUp();
  const lines = Array.from({ length: 30 }, (_, i) => `${i} ${'话'.repeat(60)}`);
  await post(room, ['', ' \n', lines.join('\n')]);
  expect(sent().length).toBeGreaterThan(2);
  for (const text of sent()) expect(text.length).toBeLessThanOrEqual(BUBBLE_LENGTH);
  expect(sent().join('\n')).toBe(lines.join('\n'));
});

test('the queue is known', async () => {
  const { post, waiting } = setUp();
  const posted = [post(room, ['a']), post(room, ['b'])];
  expect(waiting()).toBe(2);
  await Promise.all(posted);
  expect(waiting()).toBe(0);
});
