import { withClient } from '../../local/postgres/client.ts';
import type { BenchDatabase } from './server.ts';

/** Fails when a delivery was only kept, not applied: it was answered with 200 as well, but sooner. */
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
