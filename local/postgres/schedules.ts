import type { ClientBase } from 'pg';
import { withClient } from './client.ts';

/** What scheduled jobs need to call functions. */
export interface ScheduleSecrets {
  /** FUNCTIONS_URL of the project. */
  functionsUrl: string;
  /** The secret key named `cron`. */
  cronKey: string;
}

/**
 * Stores the secrets of the scheduled jobs in Vault, and schedules the jobs. A hosted project needs
 * this once, after its first deployment. Later calls update both.
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
