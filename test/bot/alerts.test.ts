import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAlerts } from '../../bot/alerts.js';

let server: Server;
let posted: unknown[];
let logged: { readonly level: number; readonly msg: string }[];
let now: number;
beforeEach(async () => {
  posted = [];
  logged = [];
  now = Date.UTC(2025, 2, 3);
  server = createServer(async (request, response) => {
    posted.push(JSON.parse(await text(request)));
    response.writeHead(request.url === '/broken' ? 500 : 204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.close();
});

function alerts(path?: string, port = (server.address() as AddressInfo).port) {
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  return createAlerts({
    ...(path === undefined ? {} : { webhook: `http://127.0.0.1:${port}${path}` }),
    post: fetch,
    clock: () => now,
    log,
  });
}
const ERROR = 50;

test('an alert is an error in the log and a POST to the webhook', async () => {
  await alerts('/')('QR code needed', 'scan it');
  expect(logged).toMatchObject([{ level: ERROR, alert: 'QR code needed', msg: 'scan it' }]);
  expect(posted).toEqual([{ alert: 'QR code needed', text: 'scan it', at: '2025-03-03T00:00:00.000Z' }]);
});

test('without a webhook it is in the log', async () => {
  await alerts()('QR code needed', 'scan it');
  expect(logged).toHaveLength(1);
  expect(posted).toEqual([]);
});

test('the same alert is repeated after half an hour, another one at once', async () => {
  const raise = alerts('/');
  await raise('QR code needed', 'scan it');
  now += 29 * 60_000;
  await raise('QR code needed', 'scan it');
  await raise('online but silent', 'look');
  now += 60_000;
  await raise('QR code needed', 'scan it');
  expect(posted.map((one) => (one as { alert: string }).alert)).toEqual([
    'QR code needed',
    'online but silent',
    'QR code needed',
  ]);
});

test.each([
  ['refuses', '/broken', undefined],
  ['cannot be reached', '/', 1],
])('a webhook that %s costs nothing but a warning', async (_, path, port) => {
  await alerts(path, port)('QR code needed', 'scan it');
  expect(logged.map(({ msg }) => msg)).toEqual(['scan it', expect.stringContaining('ALERT_WEBHOOK')]);
});
