import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openHealthPort, PortError } from '../../bot/health.js';
import { createMeters } from '../../bot/meters.js';

let close: () => void = () => undefined;
afterEach(() => close());

async function open(online = true) {
  const meters = createMeters({
    archiveMessages: () => 1_112,
    queue: () => 2,
    lastHeard: () => 1_741_000_000_000,
    restarts: () => 3,
    online: () => online,
  });
  const server = await openHealthPort(0, () => ({ online, archiveMessages: 1_112, queue: 2, restarts: 3 }), meters);
  close = () => void server.close();
  const { port, address } = server.address() as AddressInfo;
  return { meters, port, address, get: (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method }) };
}

test('only this machine can ask', async () => {
  expect((await open()).address).toBe('127.0.0.1');
});

test.each([
  [true, 200],
  [false, 503],
])('/healthz, online %s: %d', async (online, status) => {
  const answer = await (await open(online)).get('/healthz?x=1');
  expect(answer.status).toBe(status);
  expect(await answer.json()).toEqual({ online, archiveMessages: 1_112, queue: 2, restarts: 3 });
});

test('/metrics counts what was dealt with', async () => {
  const { meters, get } = await open();
  meters.dealtWith({ intent: 'question', bubbles: ['x'], answered: true }, 120);
  meters.dealtWith({ intent: 'question', bubbles: ['x'], answered: false }, 40);
  meters.dealtWith({ intent: 'question', bubbles: [] }, 1);
  meters.dealtWith({ intent: 'unasked question', bubbles: ['x'], answered: true }, 80);
  meters.dealtWith({ intent: 'too many', bubbles: [] }, 1);
  meters.dealtWith({ intent: 'ignore', bubbles: [] }, 1);
  meters.sent();
  meters.rested();
  const text = await (await get('/metrics')).text();
  for (const line of [
    'qunshi_questions_total 2',
    'qunshi_answers_total 1',
    'qunshi_abstentions_total 1',
    'qunshi_unasked_answers_total 1',
    'qunshi_limited_total 1',
    'qunshi_messages_sent_total 1',
    'qunshi_send_rests_total 1',
    'qunshi_answer_seconds_count 2',
    'qunshi_answer_seconds_sum 0.16',
    'qunshi_archive_messages 1112',
    'qunshi_queue 2',
    'qunshi_last_message_timestamp_seconds 1741000000',
    'qunshi_restarts 3',
    'qunshi_online 1',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
});

test('anything else is not there, and nothing can be written', async () => {
  const { get } = await open();
  expect((await get('/')).status).toBe(404);
  expect((await get('/metrics', 'POST')).status).toBe(405);
});

test('two bots do not share figures', async () => {
  const first = await open();
  first.meters.sent();
  close();
  expect(await (await (await open()).get('/metrics')).text()).toContain('qunshi_messages_sent_total 0');
});

test('a port that is taken is told in one sentence', async () => {
  const { port, meters } = await open();
  const health = { online: true, archiveMessages: 0, queue: 0, restarts: 0 };
  await expect(openHealthPort(port, () => health, meters)).rejects.toThrow(PortError);
});
