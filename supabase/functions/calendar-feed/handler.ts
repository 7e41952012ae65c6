import { ifNoneMatch } from 'std/http/etag.ts';
import { sha256Hex } from '../../../shared/text/hex.ts';
import { handleRequest, type RequestDeps } from '../_shared/handle-request.ts';
import { refuse } from '../_shared/refusal.ts';
import type { Configured } from '../_shared/variables.ts';
import { writeIcalendar } from './icalendar.ts';
import { FEED_LOG, type Outcome, respond, type WrittenFeed } from './outcome.ts';
import type { SalonFeed } from './salon-feed.ts';
import type { ReadFeed } from './store.ts';

/** The dependencies of the handler. */
export type Deps = RequestDeps & { readFeed: Configured<ReadFeed> };

/** Supabase removes `/functions/v1` from the path; other hosts may not. */
const ROUTE = /^(?:\/functions\/v1)?\/calendar-feed\/([0-9a-f]{64})\.ics$/;

/** Answers a subscriber. Never throws. */
export function handle(request: Request, deps: Deps): Promise<Response> {
  return handleRequest<Outcome>(request, deps, {
    decide: (received) => decide(received, deps.readFeed),
    respond,
    log: FEED_LOG,
  });
}

async function decide(request: Request, readFeed: Configured<ReadFeed>): Promise<Outcome> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse('method_not_allowed');
  // Any other path is answered like an unknown token, without a database call.
  const token = ROUTE.exec(new URL(request.url).pathname)?.[1];
  if (token === undefined) return refuse('not_found');
  if (!readFeed.ok) return refuse('server_misconfigured', { cause: readFeed.variable });

  const read = await readFeed.value(token);
  if (!read.ok) return refuse('database_unavailable', { cause: read.code });
  if (read.value === null) return refuse('not_found');

  const feed = await write(read.value);
  const isChanged = ifNoneMatch(request.headers.get('if-none-match'), feed.etag);
  return {
    ok: true,
    kind: isChanged ? 'calendar' : 'unchanged',
    feed,
    withBody: request.method === 'GET',
  };
}

async function write(feed: SalonFeed): Promise<WrittenFeed> {
  const bytes = new TextEncoder().encode(writeIcalendar(feed));
  return {
    salonId: feed.salon_id,
    appointments: feed.appointments.length,
    bytes,
    etag: `"${await sha256Hex(bytes)}"`,
  };
}
