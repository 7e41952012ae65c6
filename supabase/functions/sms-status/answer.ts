import type { Outcome, Refusal } from './outcome.ts';

const STATUSES: Record<Refusal['code'], number> = {
  not_found: 404,
  method_not_allowed: 405,
  server_misconfigured: 500,
  payload_too_large: 413,
  signature_mismatch: 403,
  database_unavailable: 503,
  internal_error: 500,
};

/** SMSAPI repeats a report until it reads exactly `OK`; Twilio is content with any 2xx. */
export function answer(outcome: Outcome): Response {
  if (!outcome.ok) return answerRefusal(outcome);
  return outcome.gateway === 'smsapi' ? new Response('OK') : new Response(null, { status: 204 });
}

function answerRefusal({ code, gateway }: Refusal): Response {
  const headers = new Headers();
  if (code === 'method_not_allowed') headers.set('allow', gateway === 'smsapi' ? 'GET' : 'POST');
  if (code === 'database_unavailable') headers.set('retry-after', '30');
  return Response.json({ ok: false, code }, { status: STATUSES[code], headers });
}
