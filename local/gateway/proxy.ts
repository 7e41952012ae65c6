import {
  Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';

/** Where one request goes, and what is changed on the way. */
export interface ProxyTarget {
  /** Base address of the service. */
  origin: string;
  /** Path and query there. */
  path: string;
  /** Headers set on the request; undefined removes one. */
  requestHeaders: Record<string, string | undefined>;
  /** Headers set on the response. */
  responseHeaders: Record<string, string>;
  onUnreachable(): void;
}

/** Headers that belong to a connection, not to the message (RFC 9110, 7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Shorter than PostgREST's own timeout, so that no connection is used while it is being closed. */
const IDLE_CONNECTION_MS = 10_000;
const agent = new Agent({ keepAlive: true, timeout: IDLE_CONNECTION_MS });

/** Streams a request to a service and its answer back. */
export function proxy(incoming: IncomingMessage, response: ServerResponse, to: ProxyTarget): void {
  const outgoing = request(to.origin + to.path, {
    agent,
    method: incoming.method ?? 'GET',
    headers: requestHeaders(incoming, to.requestHeaders),
  });
  outgoing.on('response', (answer) => {
    const headers = { ...endToEnd(answer.headers), ...to.responseHeaders };
    response.writeHead(answer.statusCode ?? 502, headers);
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  // A service may answer and close the connection before it has read the body.
  outgoing.on('error', () => {
    if (!response.headersSent) to.onUnreachable();
  });
  response.on('close', () => {
    outgoing.destroy();
    incoming.resume();
  });
  incoming.pipe(outgoing);
}

function requestHeaders(incoming: IncomingMessage, changes: Record<string, string | undefined>) {
  const { headers, socket } = incoming;
  const forwardedFor = [headers['x-forwarded-for'], socket.remoteAddress].filter(Boolean);
  const merged = {
    ...endToEnd(headers),
    // Each hop frames the body itself, so a body of unknown length needs this header again.
    ...(headers['transfer-encoding'] ? { 'transfer-encoding': 'chunked' } : {}),
    'x-forwarded-for': forwardedFor.join(', '),
    // As Cloudflare in front of hosted projects, which replaces what the caller sent.
    'cf-connecting-ip': socket.remoteAddress,
    'x-forwarded-host': headers.host,
    'x-forwarded-proto': 'http',
    ...changes,
  };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}

function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name)),
  );
}
