import type { SalonFeed } from '../../../shared/calendar/salon-feed.ts';
import { createDataApi } from '../_shared/data-api.ts';
import { type Stored, stored } from '../_shared/stored.ts';

/** Calendar programs give up after half a minute or so. */
const DATABASE_TIMEOUT_MS = 10_000;

/** Reads the feed a token belongs to, in one database call; null when there is none. Never throws. */
export type ReadFeed = (token: string) => Promise<Stored<SalonFeed | null>>;

/** Connects to a Data API, such as `https://<ref>.supabase.co/rest/v1`, with a secret key. */
export function createFeedReader(restUrl: string, key: string): ReadFeed {
  const client = createDataApi(restUrl, key);
  return (token) =>
    stored(
      client.rpc('calendar_feed', { p_token: token })
        .abortSignal(AbortSignal.timeout(DATABASE_TIMEOUT_MS)),
    );
}
