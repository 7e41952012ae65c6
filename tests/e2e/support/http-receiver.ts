import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOOPBACK } from '../../../local/setup/ports.ts';

/** A received request. */
export interface ReceivedRequest {
  method: string | undefined;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A server that accepts everything; `/slow` takes a while, `/silent` never answers. */
export interface HttpReceiver {
  url: string;
  requestsTo(path: string): ReceivedRequest[];
  stop(): void;
}

const SLOW_ANSWER_MS = 400;

/** Starts one on a free port. */
export async function startReceiver(): Promise<HttpReceiver> {
  const received: ReceivedRequest[] = [];
  let url = '';
  const server = createServer(async (request, response) => {
    const { method, headers } = request;
    const target = new URL(request.url ?? '', url);
    received.push({ method, url: target, headers, body: await text(request) });
    if (target.pathname === '/silent') return;
    if (target.pathname === '/slow') await sleep(SLOW_ANSWER_MS);
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"ok":true}');
  });
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  url = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requestsTo: (path) => received.filter((request) => request.url.pathname === path),
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
