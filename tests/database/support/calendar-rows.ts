import type { TestDatabase } from '../../support/database.ts';

/** An appointment without its own id and the times at which it was written. */
export type SyncedRow = Record<string, unknown>;

/** A salon's calendar as the deliveries left it, ordered by uid. */
export async function syncedRows(database: TestDatabase, salonId: string): Promise<SyncedRow[]> {
  const rows = await database.query<SyncedRow>(
    `select to_jsonb(e) - '{id,updated_at,synced_at,fold_state}'::text[] as row
     from public.calendar_events e where e.salon_id = $1 order by e.cal_com_event_id`,
    [salonId],
  );
  return rows.map(({ row }) => row as SyncedRow);
}

/** Deletes all appointments and deliveries, so that the same uids can be delivered again. */
export async function forgetDeliveries(database: TestDatabase): Promise<void> {
  await database.query('delete from public.calendar_events');
  await database.query('delete from public.webhook_logs');
}
