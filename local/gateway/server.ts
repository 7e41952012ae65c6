import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LOOPBACK } from '../setup/ports.ts';
import type { AuthService } from '../stand-ins/auth/service.ts';
import {
  answer,
  CORS_AUTH,
  CORS_ORIGIN,
  preflight,
  refuse,
  requireFilter,
  unavailable,
} from './answers.ts';
import { authorizeFunction, authorizeRest, type GatewayKeys } from './authorize.ts';
import { proxy } from './proxy.ts';
import { unfilteredWrite } from './unfiltered-write.ts';
import { sendWebResponse, toWebRequest } from './web-request.ts';

/** Resolves with the address of a service, or null while it is unreachable. */
export type Upstream = () => Promise<string | null>;

/** How the gateway reaches a function. */
export interface FunctionRoute {
  upstream: Upstream;
  verifyJwt: boolean;
}

/** What the gateway routes to. */
export interface GatewayOptions {
  port: number;
  keys: GatewayKeys;
  rest: Upstream;
  /** The auth service; null while it is starting. */
  auth(): Pick<AuthService, 'answer'> | null;
  /** The functions by name; null while they are starting. */
  functions(): ReadonlyMap<string, FunctionRoute> | null;
}

/** A listening gateway. */
export interface Gateway {
  readonly url: string;
  /** How many requests went to PostgREST. */
  restRequests(): number;
  stop(): Promise<void>;
}

const REST_PREFIX = '/rest/v1';
const AUTH_PREFIX = '/auth/v1';
const FUNCTIONS_PREFIX = '/functions/v1/';

/** Starts the gateway: the only address for clients, like hosted Supabase's API gateway. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  let restRequests = 0;

  const server = createServer((request, response) => {
    route(request, response).catch(() => unavailable(response));
  });

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${LOOPBACK}`);
    if (url.pathname === REST_PREFIX || url.pathname.startsWith(`${REST_PREFIX}/`)) {
      return await toRest(request, response, url);
    }
    if (url.pathname.startsWith(`${AUTH_PREFIX}/`)) return await toAuth(request, response, url);
    if (url.pathname.startsWith(FUNCTIONS_PREFIX)) {
      return await toFunction(request, response, url);
    }
    answer(response, 404, { message: 'no Route matched with those values' });
  }

  async function toRest(request: IncomingMessage, response: ServerResponse, url: URL) {
    if (request.method === 'OPTIONS') return preflight(request, response);
    const verdict = authorizeRest(request.headers, url, options.keys);
    if (!verdict.ok) return refuse(response, verdict);
    const write = unfilteredWrite(request.method, url);
    if (write !== null) return requireFilter(response, write);
    const origin = await options.rest();
    if (origin === null) return unavailable(response);
    restRequests++;
    url.searchParams.delete('apikey');
    proxy(request, response, {
      origin,
      path: (url.pathname.slice(REST_PREFIX.length) || '/') + url.search,
      requestHeaders: { authorization: verdict.authorization, apikey: undefined },
      responseHeaders: CORS_ORIGIN,
      onUnreachable: () => unavailable(response),
    });
  }

  async function toAuth(incoming: IncomingMessage, response: ServerResponse, url: URL) {
    if (incoming.method === 'OPTIONS') return preflight(incoming, response);
    const path = url.pathname.slice(AUTH_PREFIX.length);
    // A link in an e-mail is opened without a key.
    const verdict = authorizeRest(incoming.headers, url, options.keys);
    if (!verdict.ok && path !== '/verify') return refuse(response, verdict);
    const auth = options.auth();
    if (auth === null) return unavailable(response);
    const request = await toWebRequest(incoming, url);
    if (request === null) return answer(response, 413, { message: 'Payload too large' });
    // A repeated key becomes the role that it stands for.
    if (incoming.headers.authorization && verdict.ok && verdict.authorization) {
      request.headers.set('authorization', verdict.authorization);
    }
    const reply = await auth.answer(request, path, incoming.socket.remoteAddress ?? '');
    await sendWebResponse(reply, response, { ...CORS_ORIGIN, ...CORS_AUTH });
  }

  async function toFunction(request: IncomingMessage, response: ServerResponse, url: URL) {
    const path = url.pathname.slice(FUNCTIONS_PREFIX.length - 1);
    const functions = options.functions();
    if (!functions) return unavailable(response);
    const target = functions.get(path.split('/')[1] ?? '');
    if (!target) return answer(response, 404, { message: 'Requested function was not found' });
    if (target.verifyJwt && request.method !== 'OPTIONS') {
      const verdict = await authorizeFunction(request.headers, options.keys);
      if (!verdict.ok) return refuse(response, verdict);
    }
    const origin = await target.upstream();
    if (origin === null) return unavailable(response);
    proxy(request, response, {
      origin,
      path: path + url.search,
      requestHeaders: {},
      responseHeaders: {},
      onUnreachable: () => unavailable(response),
    });
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, LOOPBACK, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${port}`,
    restRequests: () => restRequests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
