import type { DataApi } from '../_shared/data-api.ts';
import { callFunction, type DatabaseResult } from '../_shared/rpc.ts';
import { isSalonFeed, type SalonFeed } from './salon-feed.ts';

/** Calendar programs give up after about half a minute. */
const DATABASE_TIMEOUT_MS = 10_000;

/** Reads the feed of a token in one database call; null if there is none. Never throws. */
export type ReadFeed = (token: string) => Promise<DatabaseResult<SalonFeed | null>>;

/** Reads feeds with a client that is allowed to. */
export function createFeedReader(client: DataApi): ReadFeed {
  return async (token) => {
    const read = await callFunction(
      client,
      'calendar_feed',
      { p_token: token },
      DATABASE_TIMEOUT_MS,
    );
    if (!read.ok) return read;
    const { value } = read;
    if (value === null || isSalonFeed(value)) return { ok: true, value };
    return { ok: false, code: 'unreadable' };
  };
}
