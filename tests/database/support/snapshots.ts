import type { CalendarBooking, Snapshot } from '../../../shared/calcom/calendar-booking.ts';
import { SNAPSHOT_TRIGGER } from '../../../shared/calcom/calendar-booking.ts';
import type { TestDatabase } from '../../support/database.ts';
import { booking } from './booking.ts';

/** What a test says of a snapshot; the rest is that of a plain booking that will take place. */
export type SnapshotOverrides = Partial<Omit<CalendarBooking, 'trigger' | 'snapshot'>> & {
  snapshot?: Partial<Snapshot>;
};

/** A booking as Cal.com's API tells of it. */
export function snapshot({ snapshot: state, ...overrides }: SnapshotOverrides): CalendarBooking {
  return booking({
    trigger: SNAPSHOT_TRIGGER,
    ...overrides,
    snapshot: {
      status: 'accepted',
      ended: false,
      absent: false,
      movedTo: null,
      seats: null,
      createdAt: '2026-09-01T09:59:58.000Z',
      updatedAt: null,
      ...state,
    },
  });
}

/** How many snapshots came to what, such as `applied`, `deferred booking_unknown`, `failed 23514`. */
export type Synced = Record<string, number>;

/** The call itself, for tests that hold the transaction open. */
export const SYNC = 'select action, code, snapshots::int from public.sync_bookings($1, $2)';

/** The arguments of {@link SYNC}. */
export function syncArguments(salonId: string, snapshots: readonly CalendarBooking[]): string[] {
  const items = snapshots.map((booking) => ({ booking, payload: { uid: booking.uid } }));
  return [salonId, JSON.stringify(items)];
}

/** Hands snapshots to the database as the function does. */
export async function sync(
  database: TestDatabase,
  salonId: string,
  snapshots: readonly CalendarBooking[],
): Promise<Synced> {
  return await database.as('service_role', null, async (client) => {
    const { rows } = await client.query<{ action: string; code: string | null; snapshots: number }>(
      SYNC,
      syncArguments(salonId, snapshots),
    );
    return Object.fromEntries(
      rows.map(({ action, code, snapshots }) => [
        code === null ? action : `${action} ${code}`,
        snapshots,
      ]),
    );
  });
}

/** How many snapshots the log of deliveries holds. */
export async function loggedSnapshots(database: TestDatabase): Promise<number> {
  const rows = await database.query('select from public.webhook_logs where webhook_type = $1', [
    SNAPSHOT_TRIGGER,
  ]);
  return rows.length;
}
