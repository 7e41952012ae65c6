import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { literalPattern } from '../../shared/text/literal-pattern.ts';
import { type DataApi, rowsOf } from './data-api.ts';

/** A salon that has an account at Cal.com. */
export type Salon = { id: string; username: string; name: string; timezone: string };

/** The usernames of all salons that have one, sorted. */
export async function salonsWithUsername(database: DataApi): Promise<string[]> {
  const rows = await rowsOf(
    database.from('salons').select('cal_com_username').not('cal_com_username', 'is', null)
      .order('cal_com_username'),
  );
  return rows.flatMap(({ cal_com_username }) => cal_com_username ?? []);
}

/** The salon with this Cal.com username, whatever its case; throws a SetupProblem without one. */
export async function findSalon(
  username: string,
  database: DataApi,
): Promise<Salon> {
  const [salon] = await rowsOf(
    database.from('salons').select('id, cal_com_username, name, timezone')
      .regexIMatch('cal_com_username', `^${literalPattern(username)}$`),
  );
  if (salon?.cal_com_username) {
    const { id, cal_com_username, name, timezone } = salon;
    return { id, username: cal_com_username, name, timezone };
  }
  throw new SetupProblem(
    `no salon has the Cal.com username ${username}: set salons.cal_com_username first`,
  );
}
