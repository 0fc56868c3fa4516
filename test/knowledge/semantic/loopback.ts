/**
 * An HTTP server on this machine that does what a test wants, however rude.
 *
 * In: a handler. Out: its address, how many requests came, and its end.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Loopback {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  readonly host: string;
  readonly requests: readonly IncomingMessage[];
  close(): Promise<void>;
}

export async function serveLoopback(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<Loopback> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}/`,
    host,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
