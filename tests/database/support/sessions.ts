import pg from 'pg';
import { expect } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import type { TestDatabase } from '../../support/database.ts';
import { UPSERT, upsertArguments } from './booking.ts';
import { SYNC, syncArguments } from './snapshots.ts';

/** A session that keeps its transaction open until told. */
export async function openSession(database: TestDatabase) {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('begin');
  await client.query('set local role service_role');
  return {
    deliver: (delivered: CalendarBooking) => client.query(UPSERT, upsertArguments(delivered)),
    sync: async (salonId: string, snapshots: readonly CalendarBooking[]) =>
      (await client.query(SYNC, syncArguments(salonId, snapshots))).rows,
    commit: async () => {
      await client.query('commit');
      await client.end();
    },
    pid: async () =>
      (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid,
  };
}

/** Waits until a session waits for another one. */
export async function waitsForLock(database: TestDatabase, pid: number | undefined) {
  await expect.poll(async () => {
    const [activity] = await database.query<{ waits: boolean }>(
      `select wait_event_type = 'Lock' as waits from pg_stat_activity where pid = $1`,
      [pid],
    );
    return activity?.waits;
  }, { timeout: 5_000, interval: 20 }).toBe(true);
}
