import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '../../shared/database.types.ts';
import { rowsOf } from '../remind/database.ts';
import { SetupProblem } from '../setup-problem.ts';

/** A salon that has an account at Cal.com. */
export type Salon = { id: string; username: string; name: string; timezone: string };

/** The usernames of all salons that have one, in their order. */
export async function salonsWithUsername(database: SupabaseClient<Database>): Promise<string[]> {
  const rows = await rowsOf(
    database.from('salons').select('cal_com_username').not('cal_com_username', 'is', null)
      .order('cal_com_username'),
  );
  return rows.flatMap(({ cal_com_username }) => cal_com_username ?? []);
}

/** The salon with this Cal.com username, in whatever case; throws a SetupProblem if none has it. */
export async function findSalon(
  username: string,
  database: SupabaseClient<Database>,
): Promise<Salon> {
  // The operator has wildcards, and usernames may have their characters.
  const literal = username.replaceAll(/[\\%_]/g, '\\$&');
  const [salon] = await rowsOf(
    database.from('salons').select('id, cal_com_username, name, timezone')
      .ilike('cal_com_username', literal),
  );
  if (salon?.cal_com_username) {
    const { id, cal_com_username, name, timezone } = salon;
    return { id, username: cal_com_username, name, timezone };
  }
  throw new SetupProblem(
    `no salon has the Cal.com username ${username}: set salons.cal_com_username first`,
  );
}
