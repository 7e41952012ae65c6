import type { TestDatabase } from '../../support/database.ts';

/** Makes every write of an appointment fail while `work` runs. */
export async function whileWritesFail(
  database: TestDatabase,
  work: () => Promise<unknown>,
): Promise<void> {
  await database.query(
    `alter table public.calendar_events add constraint test_refuses check (title is null) not valid`,
  );
  await work();
  await database.query('alter table public.calendar_events drop constraint test_refuses');
}

/** Makes every deferred delivery due for a retry. */
export async function makeRetriesDue(database: TestDatabase): Promise<void> {
  await database.query(
    `update public.webhook_logs set next_attempt_at = now() - interval '1 second'
     where next_attempt_at is not null`,
  );
}

/** Runs one batch of the retry job, from the first salon on; returns how many deliveries it tried. */
export async function runRetryJob(database: TestDatabase, batch = 50): Promise<number> {
  const [row] = await database.query<{ tried: number }>(
    'select tried from private.retry_deliveries(batch => $1)',
    [batch],
  );
  return row?.tried ?? 0;
}

/** The log of deliveries, in the order in which they arrived. */
export async function deliveryLog(database: TestDatabase) {
  return await database.query(
    `select webhook_type as type, status, action, reason, error_message as error, attempts,
       next_attempt_at is not null as waits
     from public.webhook_logs order by created_at`,
  );
}
