import type { ClientBase } from 'pg';
import { withClient } from './client.ts';

/** What the scheduled jobs call functions with. */
export interface ScheduleSecrets {
  /** FUNCTIONS_URL of the project. */
  functionsUrl: string;
  /** The secret key named `cron`. */
  cronKey: string;
}

/**
 * Stores in Vault what the scheduled jobs read there, and schedules the jobs. A hosted project
 * needs this once, after its first deployment. Later calls bring both up to date.
 *
 * @param databaseUrl The database with the migrations applied, as role postgres.
 */
export async function setUpSchedules(databaseUrl: string, secrets: ScheduleSecrets): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await putSecret(client, 'barkbook_functions_url', secrets.functionsUrl);
    await putSecret(client, 'barkbook_cron_key', secrets.cronKey);
    await client.query('select private.setup_schedules()');
  });
}

async function putSecret(client: ClientBase, name: string, secret: string): Promise<void> {
  const { rowCount } = await client.query(
    'select vault.update_secret(id, $2) from vault.secrets where name = $1',
    [name, secret],
  );
  if (rowCount === 0) await client.query('select vault.create_secret($2, $1)', [name, secret]);
}
