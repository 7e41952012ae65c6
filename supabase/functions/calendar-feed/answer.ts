import type { Outcome, Refusal } from './outcome.ts';

const STATUSES: Record<Refusal['code'], number> = {
  not_found: 404,
  method_not_allowed: 405,
  server_misconfigured: 500,
  database_unavailable: 503,
  internal_error: 500,
};

/** To be asked for anew each time, at the price of a 304, and kept by nobody in between. */
const CACHING = 'private, no-cache';

/** Answers a subscriber. */
export function answer(outcome: Outcome): Response {
  if (!outcome.ok) return answerRefusal(outcome);
  const { etag, bytes } = outcome.feed;
  const headers = new Headers({ etag, 'cache-control': CACHING });
  if (outcome.kind === 'unchanged') return new Response(null, { status: 304, headers });
  headers.set('content-type', 'text/calendar; charset=utf-8');
  headers.set('content-disposition', 'inline; filename="calendar.ics"');
  headers.set('content-length', String(bytes.byteLength));
  headers.set('x-content-type-options', 'nosniff');
  return new Response(outcome.withBody ? bytes : null, { headers });
}

function answerRefusal({ code }: Refusal): Response {
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (code === 'method_not_allowed') headers.set('allow', 'GET, HEAD');
  if (code === 'database_unavailable') headers.set('retry-after', '30');
  return Response.json({ ok: false, code }, { status: STATUSES[code], headers });
}
