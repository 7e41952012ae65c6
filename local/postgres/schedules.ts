import { withClient } from './client.ts';

/**
 * Schedules the jobs, which call the functions at this address with a new secret. A hosted project
 * needs this after each deployment.
 *
 * @param databaseUrl The database with the migrations applied, as role postgres.
 */
export async function setUpSchedules(databaseUrl: string, functionsUrl: string): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query('select private.setup_schedules($1)', [functionsUrl]);
  });
}
