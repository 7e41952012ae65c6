import type { QueryResultRow } from 'pg';
import { withClient } from '../../../local/postgres/client.ts';
import type { TestDatabase } from '../../support/database.ts';
import type { TestSalon } from './salons.ts';

/** Queries as the owner of a salon at a moment such as `2026-11-24 10:00+01`. */
export async function readAt<Row extends QueryResultRow>(
  database: TestDatabase,
  salon: TestSalon,
  moment: string,
  query: string,
): Promise<Row[]> {
  return await database.as('authenticated', salon.ownerId, async (client) => {
    await client.query("select set_config('barkbook.app_now', $1, true)", [moment]);
    return (await client.query<Row>(query)).rows;
  });
}

/**
 * Stops the app clock at a moment for every session that starts from now on, those of the Data API
 * too. Call it before the first query: an open session keeps its time.
 */
export async function stopClock(database: TestDatabase, moment: string): Promise<void> {
  await withClient(
    database.adminUrl,
    (client) => client.query(`alter database ${database.name} set barkbook.app_now = '${moment}'`),
  );
}
