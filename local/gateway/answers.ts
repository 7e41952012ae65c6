import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Verdict } from './authorize.ts';
import type { UnfilteredWrite } from './unfiltered-write.ts';

const RETRY_AFTER_SECONDS = '1';

/** Pages of any origin may call the stack. */
export const CORS_ORIGIN = { 'access-control-allow-origin': '*' };
/** The header from which supabase-js learns the format of errors. */
export const CORS_AUTH = { 'access-control-expose-headers': 'x-supabase-api-version' };

/** Answers a preflight request of a browser. */
export function preflight(request: IncomingMessage, response: ServerResponse): void {
  const headers = request.headers['access-control-request-headers'];
  response.writeHead(200, {
    ...CORS_ORIGIN,
    'access-control-allow-methods': 'GET, HEAD, PUT, PATCH, POST, DELETE, OPTIONS',
    'access-control-allow-headers': headers ?? '*',
    'access-control-max-age': '3600',
  });
  response.end();
}

/** Refuses a caller without a valid key or token. */
export function refuse(
  response: ServerResponse,
  { message, hint }: Extract<Verdict, { ok: false }>,
): void {
  answer(response, 401, hint ? { message, hint } : { message });
}

/** Refuses to change all rows of a table, as PostgREST does when Postgres has safeupdate. */
export function requireFilter(response: ServerResponse, write: UnfilteredWrite): void {
  answer(response, 400, { code: '21000', message: `${write} requires a WHERE clause` });
}

/** Answers for a service that is starting or not reachable. */
export function unavailable(response: ServerResponse): void {
  if (response.headersSent) return;
  response.setHeader('retry-after', RETRY_AFTER_SECONDS);
  answer(response, 503, { message: 'The service is starting or not reachable' });
}

/** Answers with JSON. */
export function answer(
  response: ServerResponse,
  status: number,
  body: Record<string, string>,
): void {
  response.writeHead(status, { ...CORS_ORIGIN, 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
