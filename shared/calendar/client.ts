import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '../database.types.ts';
import { calendarError, type DataApiError } from './calendar-error.ts';

/** A client of supabase-js, signed in as a member of a salon. Only its type is imported. */
export type CalendarClient = SupabaseClient<Database>;

/**
 * The same, whatever database types it was made with: an app has types of its own, in which the
 * calendar is not or not alone.
 */
export type AnySupabaseClient = { from(relation: never): unknown; rpc(name: never): unknown };

type Answer = { data: unknown; error: DataApiError | null; status: number };

/**
 * The data that a call of the Data API returns. The caller names its type, since in the generated
 * types every column of a view may be null.
 *
 * @throws CalendarError if the call fails; it never returns an empty list instead.
 */
export async function answerOf<Value>(call: PromiseLike<Answer>): Promise<Value> {
  const { data, error, status } = await call;
  if (error !== null) throw calendarError(status, error);
  return data as Value;
}
