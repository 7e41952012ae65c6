import { afterAll, beforeAll, expect, it } from 'vitest';
import { withClient } from '../../../local/postgres/client.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await database.query(
    `select vault.create_secret('https://abcdefgh.supabase.co/functions/v1', 'barkbook_functions_url'),
       vault.create_secret('sb_secret_cron', 'barkbook_cron_key')`,
  );
  await database.query('select private.setup_schedules()');
});
afterAll(() => database.drop());

it.each(['barkbook_retry', 'barkbook_erase', 'barkbook_complete', 'barkbook_trim'])(
  'the job %s ends when there is nothing left to do',
  async (name) => {
    const [job] = await database.query<{ command: string }>(
      'select command from cron.job where jobname = $1',
      [name],
    );
    // Its own connection, because the job commits after each turn.
    await withClient(database.url, async (client) => {
      await client.query(`set statement_timeout = '5s'`);
      await expect(client.query(job?.command ?? 'no such job')).resolves.toBeDefined();
    });
  },
);
