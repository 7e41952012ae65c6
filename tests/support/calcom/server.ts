import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { startLoopbackServer } from '../loopback-server.ts';
import type { CalcomAccount } from './account.ts';
import { bookingRoutes, readBooking } from './booking-routes.ts';
import { badRequest, listBookings } from './bookings-route.ts';
import { openDocument } from './document.ts';
import { PAGINGS } from './pages.ts';
import { createRateLimit } from './rate-limit.ts';

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
  /** The method, path and body of each request that is not a GET, failed ones included. */
  writes: readonly string[];
  /** What Cal.com's OpenAPI document says against requests about single bookings. */
  violations: readonly string[];
  /** Answers the next requests with these instead. */
  fail(...answers: RouteAnswer[]): void;
  /** Does what the next writes ask for, and loses these answers: it fails, or stays silent. */
  lose(...how: ('fails' | 'silent')[]): void;
  /** Limits each key to so many requests, not 120 a minute, until this is called again. */
  limit(requests: number, retryAfterSeconds?: number): void;
  /** Answers the bookings only in these versions from now on. */
  speak(...versions: string[]): void;
  stop(): Promise<void>;
}

/** Without a version the endpoint answers in an old format. */
const OLD_FORMAT = { status: 'success', data: { bookings: [], nextCursor: null } };

/** The requests that are checked with Cal.com's OpenAPI document. */
const IN_DOCUMENT = /^(POST \/bookings|GET \/(bookings\/|event-types))/;

const ME: Route = {
  method: 'GET',
  path: '/me',
  answer: ({ account }) => ({
    status: 200,
    body: { status: 'success', data: { username: account.salon.username } },
  }),
};

/**
 * Starts the stand-in for these accounts, each with its own key.
 *
 * @param now The clock of its Date header, in milliseconds since 1970.
 * @param port A free one by default.
 */
export async function startCalcomServer(
  accounts: readonly CalcomAccount[],
  { now = Date.now, routes = [] as Route[], port = 0 } = {},
): Promise<CalcomServer> {
  const requests: string[] = [];
  const writes: string[] = [];
  const violations: string[] = [];
  const failures: RouteAnswer[] = [];
  const losses: ('fails' | 'silent')[] = [];
  const rate = createRateLimit(now);
  let versions: readonly string[] = [...PAGINGS.keys()];
  const bookings: Route = {
    method: 'GET',
    path: '/bookings',
    answer: ({ account, query, rest, version }) => {
      if (rest !== '') return readBooking(account, rest);
      const paging = PAGINGS.get(version ?? '');
      if (paging === undefined) return { status: 200, body: OLD_FORMAT };
      return versions.includes(version ?? '')
        ? listBookings(account, query, paging)
        : refusal(404, 'NotFoundException', 'Cannot GET /v2/bookings');
    },
  };

  const all = [...routes, ...bookingRoutes(now), bookings, ME];

  async function answer(request: IncomingMessage): Promise<RouteAnswer> {
    const url = new URL(request.url ?? '/', 'http://calcom.test');
    const body = await text(request);
    requests.push(url.pathname + url.search);
    if (request.method !== 'GET') writes.push(`${request.method} ${url.pathname} ${body}`.trim());
    const failure = failures.shift();
    if (failure !== undefined) return failure;

    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const account = accounts.find(({ apiKey }) => apiKey === key);
    if (account === undefined) return refusal(401, 'UnauthorizedException', 'Invalid API key');
    const allowance = rate.take(key);
    if (!allowance.granted) {
      return {
        ...refusal(429, 'ThrottlerException', 'Too Many Requests'),
        headers: allowance.headers,
      };
    }
    const path = url.pathname.replace(/^\/v2/, '');
    const parsed = body === '' ? null : JSON.parse(body);
    if (IN_DOCUMENT.test(`${request.method} ${path}`)) {
      const violation = (await openDocument())({
        method: request.method ?? '',
        path: path + url.search,
        headers: request.headers as Record<string, string>,
        body: parsed ?? undefined,
      });
      if (violation !== null) {
        violations.push(violation);
        return badRequest(violation);
      }
    }
    const route = all.find((known) =>
      known.method === request.method && path.startsWith(known.path)
    );
    if (route === undefined) return refusal(404, 'NotFoundException', `Cannot GET ${path}`);
    const answered = route.answer({
      account,
      query: url.searchParams,
      rest: path.slice(route.path.length).replace(/^\//, ''),
      body: parsed,
      version: request.headers['cal-api-version']?.toString(),
    });
    const loss = request.method === 'GET' ? undefined : losses.shift();
    if (loss === 'silent') return await new Promise<never>(() => {});
    if (loss === 'fails') return refusal(502, 'BadGateway', 'Bad gateway');
    return { ...answered, headers: { ...allowance.headers, ...answered.headers } };
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
  }, port);
  return {
    url: `${server.url}/v2`,
    stop: server.stop,
    requests,
    writes,
    violations,
    lose: (...how) => {
      losses.push(...how);
    },
    fail: (...answers) => {
      failures.push(...answers);
    },
    limit: rate.set,
    speak: (...spoken) => {
      versions = spoken;
    },
  };
}

function refusal(status: number, code: string, message: string): RouteAnswer {
  return { status, body: { status: 'error', error: { code, message, details: { message } } } };
}
