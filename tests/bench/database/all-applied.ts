import { withClient } from '../../../local/postgres/client.ts';
import type { BenchDatabase } from './server.ts';

/** Fails if a delivery was deferred instead of applied: its answer is 200 too, but faster. */
export async function requireAllApplied(database: BenchDatabase): Promise<void> {
  const { rows } = await withClient(
    database.url('postgres'),
    (client) =>
      client.query<{ message: string }>(
        `select coalesce(error_message, status) as message
       from public.webhook_logs where status <> 'success' limit 1`,
      ),
  );
  if (rows[0]) throw new Error(`A delivery was not applied: ${rows[0].message}`);
}
