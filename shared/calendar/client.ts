import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '../database.types.ts';
import { calendarError, type DataApiError } from './calendar-error.ts';

/** Of supabase-js, signed in as a member of a salon. Only its type is imported. */
export type CalendarClient = SupabaseClient<Database>;

type Answer = { data: unknown; error: DataApiError | null; status: number };

/**
 * What a call of the Data API answered. The caller says what that is, since the generated types take
 * every column of a view for one that may be null.
 *
 * @throws CalendarError when there is no answer: never an empty list in its place.
 */
export async function answerOf<Value>(call: PromiseLike<Answer>): Promise<Value> {
  const { data, error, status } = await call;
  if (error !== null) throw calendarError(status, error);
  return data as Value;
}
