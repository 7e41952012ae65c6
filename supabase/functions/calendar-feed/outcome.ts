import type { RequestLog } from '../_shared/handle-request.ts';
import { COMMON_ERRORS, type Refusal, respondRefused } from '../_shared/refusal.ts';

/** Why a request is refused. */
export type RefusalCode =
  | 'not_found'
  | 'method_not_allowed'
  | 'server_misconfigured'
  | 'database_unavailable'
  | 'internal_error';

/** The result of a request. */
export type Outcome =
  | { ok: true; kind: 'calendar' | 'unchanged'; feed: WrittenFeed; withBody: boolean }
  | Refusal<RefusalCode>;

/** A written calendar. */
export type WrittenFeed = {
  salonId: string;
  appointments: number;
  bytes: Uint8Array<ArrayBuffer>;
  etag: string;
};

/** Subscribers revalidate every time, which costs only a 304, and no proxy keeps a copy. */
const CACHING = 'private, no-cache';

/** The address is not logged: with its token, any reader of the log could subscribe. */
export const FEED_LOG: RequestLog<Outcome> = {
  subject: 'feed',
  success: ({ kind }) => ({ msg: `feed ${kind}` }),
  fields: (outcome) => ({
    salon_id: outcome.ok ? outcome.feed.salonId : null,
    appointments: outcome.ok ? outcome.feed.appointments : 0,
    bytes: outcome.ok ? outcome.feed.bytes.byteLength : 0,
  }),
};

/** Answers a subscriber. */
export function respond(outcome: Outcome): Response {
  if (!outcome.ok) {
    const { code } = outcome;
    return respondRefused({
      status: COMMON_ERRORS[code].status,
      body: { ok: false, code },
      allow: 'GET, HEAD',
      headers: { 'cache-control': 'no-store' },
    });
  }
  const { etag, bytes } = outcome.feed;
  const headers = new Headers({ etag, 'cache-control': CACHING });
  if (outcome.kind === 'unchanged') return new Response(null, { status: 304, headers });
  headers.set('content-type', 'text/calendar; charset=utf-8');
  headers.set('content-disposition', 'inline; filename="calendar.ics"');
  headers.set('content-length', String(bytes.byteLength));
  headers.set('x-content-type-options', 'nosniff');
  return new Response(outcome.withBody ? bytes : null, { headers });
}
