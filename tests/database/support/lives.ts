import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import type { TestDatabase } from '../../support/database.ts';

/** A row without what depends on arrival: its own id, and when it was written. */
export type SyncedRow = Record<string, unknown>;

/** The salon's calendar as the deliveries made it, in a stable order. */
export async function syncedRows(database: TestDatabase, salonId: string): Promise<SyncedRow[]> {
  const rows = await database.query<SyncedRow>(
    `select to_jsonb(e) - '{id,updated_at,synced_at}'::text[] as row
     from public.calendar_events e where e.salon_id = $1 order by e.cal_com_event_id`,
    [salonId],
  );
  return rows.map(({ row }) => row as SyncedRow);
}

/** Empties the calendar and its log, so that the same uids can be delivered again. */
export async function forgetDeliveries(database: TestDatabase): Promise<void> {
  await database.query('delete from public.calendar_events');
  await database.query('delete from public.webhook_logs');
}

/** Every order of the items. */
export function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest])
  );
}

/** The same news from a second subscription: other bytes, sent a moment later. */
export function fromSecondSubscription(booking: CalendarBooking): CalendarBooking {
  if (booking.occurredAt === null) return booking;
  return {
    ...booking,
    occurredAt: new Date(Date.parse(booking.occurredAt) + 3).toISOString(),
  };
}
