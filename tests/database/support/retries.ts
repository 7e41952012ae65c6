import pg from 'pg';
import { expect } from 'vitest';
import type { TestDatabase } from '../../support/database.ts';

/** Makes every appointment that is written fail while `work` runs. */
export async function whileNothingCanBeWritten(
  database: TestDatabase,
  work: () => Promise<unknown>,
): Promise<void> {
  await database.query(
    `alter table public.calendar_events add constraint test_refuses check (title is null) not valid`,
  );
  await work();
  await database.query('alter table public.calendar_events drop constraint test_refuses');
}

/** Lets all that waits be due. */
export async function makeDue(database: TestDatabase): Promise<void> {
  await database.query(
    `update public.webhook_logs set next_attempt_at = now() - interval '1 second'
     where next_attempt_at is not null`,
  );
}

/** Runs the job once, as pg_cron does but for one turn; returns how many deliveries it tried. */
export async function retry(database: TestDatabase, batch = 50): Promise<number> {
  const [row] = await database.query<{ tried: number }>(
    'select private.retry_deliveries($1) as tried',
    [batch],
  );
  return row?.tried ?? 0;
}

/** What is written down of the deliveries, in the order in which they arrived. */
export async function deliveryLog(database: TestDatabase) {
  return await database.query(
    `select webhook_type as type, status, action, error_message as error, attempts,
       next_attempt_at is not null as waits
     from public.webhook_logs order by created_at`,
  );
}

const sessions = new Set<pg.Client>();

/** Ends the sessions that a failed test left open, which would hold up the next. */
export async function closeSessions(): Promise<void> {
  await Promise.all([...sessions].map((client) => client.end()));
  sessions.clear();
}

/** A session that keeps its transaction open until told. */
export async function openSession(database: TestDatabase, role?: string) {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  sessions.add(client);
  await client.query('begin');
  if (role !== undefined) await client.query(`set local role ${role}`);
  const { rows: [session] } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return {
    query: (text: string, values?: unknown[]) => client.query(text, values),
    /** Resolves when the session waits for another one. */
    waits: () =>
      expect.poll(async () => {
        const [activity] = await database.query<{ waits: boolean }>(
          `select wait_event_type = 'Lock' as waits from pg_stat_activity where pid = $1`,
          [session?.pid],
        );
        return activity?.waits;
      }, { timeout: 5_000, interval: 20 }).toBe(true),
    commit: async () => {
      await client.query('commit');
      sessions.delete(client);
      await client.end();
    },
  };
}
