import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createOutbox } from '../../../bot/chat/outbox.js';

const log = pino({ level: 'silent' });

test('replies go out in order, one text at a time, with a pause after each', async () => {
  const events: string[] = [];
  const post = createOutbox({
    send: async (_, text) => {
      events.push(`begin ${text}`);
      await new Promise(setImmediate);
      events.push(`end ${text}`);
    },
    pause: async () => {
      events.push('pause');
    },
    log,
  });
  await Promise.all([post({ room: 'r' }, ['a', 'b']), post({ room: 'q' }, ['c'])]);
  expect(events).toEqual(['a', 'b', 'c'].flatMap((text) => [`begin ${text}`, `end ${text}`, 'pause']));
});

test('a reply that cannot be sent loses its remaining texts, and no other reply', async () => {
  const sent: string[] = [];
  const post = createOutbox({
    send: async (_, text) => {
      if (text === 'b') throw new Error('refused');
      sent.push(text);
    },
    pause: async () => undefined,
    log,
  });
  await post({ room: 'r' }, ['a', 'b', 'c']);
  await post({ room: 'r' }, ['d']);
  expect(sent).toEqual(['a', 'd']);
});
