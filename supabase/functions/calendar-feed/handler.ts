import { writeIcalendar } from '../../../shared/calendar/icalendar.ts';
import type { SalonFeed } from '../../../shared/calendar/salon-feed.ts';
import { answer } from './answer.ts';
import { isUnchanged, strongEtag } from './etag.ts';
import { logLine } from './log-line.ts';
import { type Outcome, refuse, type WrittenFeed } from './outcome.ts';
import type { ReadFeed } from './store.ts';

/** Everything the handler uses from outside. */
export type Deps = {
  /** Where feeds are read, or the variable without which none can be. */
  feeds: { ok: true; read: ReadFeed } | { ok: false; missing: string };
  /** Milliseconds since 1970. */
  now: () => number;
  log: (line: string) => void;
};

/** Supabase takes `/functions/v1` away before a function sees the path; others may not. */
const ROUTE = /^(?:\/functions\/v1)?\/calendar-feed\/([0-9a-f]{64})\.ics$/;

/** Answers one subscriber and writes one line about it. Never throws. */
export async function handle(request: Request, deps: Deps): Promise<Response> {
  const startedAtMs = deps.now();
  const requestId = crypto.randomUUID();
  const outcome = await decide(request, deps).catch((error: unknown) =>
    refuse('internal_error', error instanceof Error ? error.name : 'unknown')
  );
  const finishedAtMs = deps.now();
  deps.log(logLine(outcome, { requestId, finishedAtMs, durationMs: finishedAtMs - startedAtMs }));
  return answer(outcome);
}

async function decide(request: Request, { feeds }: Deps): Promise<Outcome> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse('method_not_allowed');
  // Whatever is no token is not worth a look into the database, and gets the same answer.
  const token = ROUTE.exec(new URL(request.url).pathname)?.[1];
  if (token === undefined) return refuse('not_found');
  if (!feeds.ok) return refuse('server_misconfigured', feeds.missing);

  const read = await feeds.read(token);
  if (!read.ok) return refuse('database_unavailable', read.code);
  if (read.value === null) return refuse('not_found');

  const feed = await written(read.value);
  return {
    ok: true,
    kind: isUnchanged(request.headers.get('if-none-match'), feed.etag) ? 'unchanged' : 'calendar',
    feed,
    withBody: request.method === 'GET',
  };
}

async function written(feed: SalonFeed): Promise<WrittenFeed> {
  const bytes = new TextEncoder().encode(writeIcalendar(feed));
  return {
    salonId: feed.salon_id,
    visits: feed.visits.length,
    bytes,
    etag: await strongEtag(bytes),
  };
}
