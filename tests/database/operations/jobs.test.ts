import { afterAll, beforeAll, expect, it } from 'vitest';
import { withClient } from '../../../local/postgres/client.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon } from '../support/salons.ts';

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

/** Runs a job on a connection of its own, because it commits after each turn. */
async function run(name: string): Promise<void> {
  const [job] = await database.query<{ command: string }>(
    'select command from cron.job where jobname = $1',
    [name],
  );
  await withClient(database.url, async (client) => {
    await client.query(`set statement_timeout = '5s'`);
    await expect(client.query(job?.command ?? 'no such job')).resolves.toBeDefined();
  });
}

it.each(['barkbook_retry', 'barkbook_erase', 'barkbook_complete', 'barkbook_trim'])(
  'the job %s ends when there is nothing left to do',
  async (name) => {
    await run(name);
  },
);

it('the job barkbook_erase continues the erasures of all salons', async () => {
  for (const username of ['one', 'two']) {
    const { id } = await createSalon(database, { username });
    await database.query(
      `with erased as (
         insert into public.client_erasures (client_id, salon_id, counts)
         values (gen_random_uuid(), $1, '{"webhook_logs": 0}') returning client_id, salon_id
       )
       insert into private.unfinished_erasures (client_id, salon_id, own, includes_unassigned)
       select client_id, salon_id, '(,,,)', true from erased`,
      [id],
    );
  }
  await run('barkbook_erase');
  expect(
    await database.query(
      `select (select count(*) from private.unfinished_erasures)::integer as unfinished,
         (select count(*) from public.client_erasures where finished_at is not null)::integer
           as finished`,
    ),
  ).toEqual([{ unfinished: 0, finished: 2 }]);
});

it('the job barkbook_trim empties old messages and the history of our jobs', async () => {
  const { id } = await createSalon(database, { username: 'three' });
  await database.query(
    `insert into public.sms_messages (salon_id, local_date, next_attempt_at, not_after, body)
     values ($1, current_date - 91, now() - interval '91 days', now() - interval '91 days', 'old'),
       ($1, current_date - 89, now() - interval '89 days', now() - interval '89 days', 'new')`,
    [id],
  );
  await withClient(database.adminUrl, (client) =>
    client.query(
      `insert into cron.job_run_details (jobid, username, status, start_time)
       select jobid, username, 'succeeded', now() - interval '8 days' from cron.job`,
    ));
  await run('barkbook_trim');
  expect(
    await database.query(
      `select (select array_agg(body) from public.sms_messages where body is not null) as kept,
         (select count(*) from cron.job_run_details)::integer as runs`,
    ),
  ).toEqual([{ kept: ['new'], runs: 0 }]);
});
