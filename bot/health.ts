/**
 * `GET /healthz` and `GET /metrics` on loopback.
 *
 * In: a port, and who knows how the bot is. Out: 200 while it is well and 503 while it is not, with the figures as JSON; the
 * metrics as text. Nothing said in a group can be read here.
 */
import { createServer, type Server } from 'node:http';
import type { Meters } from './meters.js';

export interface Health {
  /** Logged in and in contact with the server. */
  readonly online: boolean;
  /** ISO 8601; absent if there was none yet. */
  readonly lastMessage?: string;
  readonly archiveMessages: number;
  readonly queue: number;
  readonly restarts: number;
}

/** The port is taken, or may not be used. */
export class PortError extends Error {}

/**
 * @param port 0 for any that is free
 * @throws PortError
 */
export async function openHealthPort(
  port: number,
  health: () => Health,
  meters: Pick<Meters, 'text' | 'contentType'>,
): Promise<Server> {
  const server = createServer(async ({ method, url = '' }, response) => {
    const path = url.split('?', 1)[0];
    const send = (status: number, type: string, text: string) => response.writeHead(status, { 'content-type': type }).end(text);
    if (method !== 'GET' && method !== 'HEAD') return void send(405, 'text/plain', 'only GET\n');
    if (path === '/metrics') return void send(200, meters.contentType, await meters.text());
    if (path !== '/healthz') return void send(404, 'text/plain', '/healthz or /metrics\n');
    const state = health();
    send(state.online ? 200 : 503, 'application/json', `${JSON.stringify(state)}\n`);
  });
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new PortError(`HTTP_PORT: ${port} cannot be opened: ${error.message}`)));
    // Loopback only: whoever wants to look from elsewhere puts something with a password in front.
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
