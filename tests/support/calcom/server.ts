import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { startLoopbackServer } from '../loopback-server.ts';
import type { CalcomAccount } from './account.ts';
import { listBookings } from './bookings-route.ts';

/** The response of an endpoint. */
export type RouteAnswer = { status: number; body: unknown; headers?: Record<string, string> };

/** A request to one endpoint, by the account whose key it carries. */
export type RouteRequest = {
  account: CalcomAccount;
  query: URLSearchParams;
  /** The part of the path after the endpoint's own, such as an id. */
  rest: string;
  body: unknown;
  version: string | undefined;
};

/** An endpoint; `path` is a prefix below `/v2`. */
export type Route = {
  method: string;
  path: string;
  answer: (request: RouteRequest) => RouteAnswer;
};

/** A stand-in for Cal.com's API v2. */
export interface CalcomServer {
  /** CALCOM_API_URL */
  url: string;
  /** The path and query of each request, in order, failed ones included. */
  requests: readonly string[];
  /** Answers the next requests with these instead. */
  fail(...answers: RouteAnswer[]): void;
  /** Limits each key to so many requests until this is called again. */
  limit(requests: number, retryAfterSeconds?: number): void;
  stop(): Promise<void>;
}

const BOOKINGS: Route = {
  method: 'GET',
  path: '/bookings',
  // Without its version the endpoint answers in an old format.
  answer: ({ account, query, version }) =>
    version === '2024-08-13'
      ? listBookings(account, query)
      : { status: 200, body: { status: 'success', data: { bookings: [], nextCursor: null } } },
};

/**
 * Starts the stand-in for these accounts, each with its own key.
 *
 * @param now The clock of its Date header, in milliseconds since 1970.
 */
export async function startCalcomServer(
  accounts: readonly CalcomAccount[],
  { now = Date.now, routes = [] as Route[] } = {},
): Promise<CalcomServer> {
  const requests: string[] = [];
  const failures: RouteAnswer[] = [];
  const asked = new Map<string, number>();
  let most = Number.POSITIVE_INFINITY;
  let retryAfterSeconds: number | undefined;

  async function answer(request: IncomingMessage): Promise<RouteAnswer> {
    const url = new URL(request.url ?? '/', 'http://calcom.test');
    const body = await text(request);
    requests.push(url.pathname + url.search);
    const failure = failures.shift();
    if (failure !== undefined) return failure;

    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const account = accounts.find(({ apiKey }) => apiKey === key);
    if (account === undefined) return refusal(401, 'UnauthorizedException', 'Invalid API key');
    asked.set(key, (asked.get(key) ?? 0) + 1);
    if ((asked.get(key) ?? 0) > most) {
      return {
        ...refusal(429, 'ThrottlerException', 'Too Many Requests'),
        headers: retryAfterSeconds === undefined
          ? {}
          : { 'retry-after': String(retryAfterSeconds) },
      };
    }
    const path = url.pathname.replace(/^\/v2/, '');
    const route = [...routes, BOOKINGS].find((known) =>
      known.method === request.method && path.startsWith(known.path)
    );
    if (route === undefined) return refusal(404, 'NotFoundException', `Cannot GET ${path}`);
    return route.answer({
      account,
      query: url.searchParams,
      rest: path.slice(route.path.length + 1),
      body: body === '' ? null : JSON.parse(body),
      version: request.headers['cal-api-version']?.toString(),
    });
  }

  const server = await startLoopbackServer((request, response) => {
    answer(request).then(({ status, body, headers = {} }) => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'date': new Date(now()).toUTCString(),
        ...headers,
      });
      response.end(JSON.stringify(body));
    }, () => response.destroy());
  });
  return {
    url: `${server.url}/v2`,
    stop: server.stop,
    requests,
    fail: (...answers) => {
      failures.push(...answers);
    },
    limit: (count, seconds) => {
      asked.clear();
      most = count;
      retryAfterSeconds = seconds;
    },
  };
}

function refusal(status: number, code: string, message: string): RouteAnswer {
  return { status, body: { status: 'error', error: { code, message, details: { message } } } };
}
