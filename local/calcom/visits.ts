import { createClient } from '@supabase/supabase-js';
import type { Database } from '../../shared/database.types.ts';
import { signUserToken } from '../keys.ts';
import { SetupProblem } from '../setup-problem.ts';
import type { Target } from './target.ts';

/** A row of calendar_events with the names that its ids stand for. */
export type Visit = Awaited<ReturnType<typeof readVisits>>[number];

/** The rows with these ids as the salon's owner sees them, the earliest first. */
export async function readVisits(
  { apiUrl, publishableKey, jwtSecret }: NonNullable<Target['project']>,
  ownerId: string,
  eventIds: string[],
) {
  const supabase = createClient<Database>(apiUrl, publishableKey, {
    accessToken: () => signUserToken(jwtSecret, ownerId),
  });
  const { data, error } = await supabase
    .from('calendar_events')
    .select(
      `cal_com_event_id, status, title, start_time, end_time, cancellation_reason, link_source,
       client:clients(name, surname), pet:pets(name)`,
    )
    .in('id', eventIds)
    .order('start_time');
  if (error) throw new SetupProblem(`the rows could not be read: ${error.message}`);
  return data;
}
