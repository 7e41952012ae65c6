import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { freePort, LOOPBACK } from '../../local/setup/ports.ts';
import { startLoopbackServer } from './loopback-server.ts';

/**
 * What can go wrong with a request.
 *
 * - `hang`: read and never answered
 * - `reset`: read, then the connection is reset
 * - `truncated_201`, `stalled_201`: a 201 whose body breaks off, or never ends
 * - `oversized_200`: a 200 of a megabyte
 * - `redirect`: a 307 to `/elsewhere` of the same server
 * - `too_many_requests`: a 429 with `Retry-After: 90`
 * - `unavailable_html`: a 503 as a proxy words it
 * - `error_200`: a 200 with an error of SMSAPI
 */
export type Fault =
  | 'hang'
  | 'reset'
  | 'truncated_201'
  | 'stalled_201'
  | 'oversized_200'
  | 'redirect'
  | 'too_many_requests'
  | 'unavailable_html'
  | 'error_200';

/** An answer without a fault, its body in JSON. */
export type PlainAnswer = { status: number; body: unknown };

/** A request as it came. */
export type ReceivedRequest = { method: string; path: string; body: string };

/** An HTTP server that fails as scripted. */
export interface FaultServer {
  url: string;
  /** All requests so far, the unanswered ones included. */
  received: readonly ReceivedRequest[];
  /** Replaces what comes next: one part for each request, the last one for all that follow. */
  play(...parts: [Fault | PlainAnswer, ...(Fault | PlainAnswer)[]]): void;
  stop(): Promise<void>;
}

/** Starts a server that plays these parts, as {@link FaultServer.play} says. */
export async function startFaultServer(
  ...parts: [Fault | PlainAnswer, ...(Fault | PlainAnswer)[]]
): Promise<FaultServer> {
  const received: ReceivedRequest[] = [];
  let [current, ...rest] = parts;
  const server = await startLoopbackServer(async (request, response) => {
    const body = await text(request);
    received.push({ method: request.method ?? '', path: request.url ?? '', body });
    const part = current;
    current = rest.shift() ?? current;
    if (typeof part === 'string') FAULTS[part](response, request);
    else response.writeHead(part.status).end(JSON.stringify(part.body));
  });
  return {
    ...server,
    received,
    play: (...replacement) => {
      [current, ...rest] = replacement;
    },
  };
}

/** An address that refuses connections. */
export async function refusingUrl(): Promise<string> {
  return `http://${LOOPBACK}:${await freePort()}`;
}

const FAULTS: Record<Fault, (response: ServerResponse, request: IncomingMessage) => void> = {
  hang: () => {},
  reset: (_, { socket }) => socket.resetAndDestroy(),
  truncated_201: (response, { socket }) => {
    // The status must be on its way before the connection ends.
    beginAnswer(response, () => socket.end());
  },
  stalled_201: (response) => beginAnswer(response, () => {}),
  oversized_200: (response) => response.writeHead(200).end(' '.repeat(1024 * 1024)),
  redirect: (response) => response.writeHead(307, { location: '/elsewhere' }).end(),
  too_many_requests: (response) => response.writeHead(429, { 'retry-after': '90' }).end('{}'),
  unavailable_html: (response) => response.writeHead(503).end('<html><h1>Unavailable</h1></html>'),
  error_200: (response) => {
    response.writeHead(200).end('{"error":13,"message":"No correct phone numbers"}');
  },
};

function beginAnswer(response: ServerResponse, then: () => void): void {
  response.writeHead(201, { 'content-length': '500' });
  response.write('{"sid":"SM0123456789abcdef', then);
}
