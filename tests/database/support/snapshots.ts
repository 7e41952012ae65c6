import {
  type CalendarBooking,
  type Snapshot,
  SNAPSHOT_TRIGGER,
} from '../../../shared/calcom/calendar-booking.ts';
import type { TestDatabase } from '../../support/database.ts';
import { booking } from './deliveries.ts';

/** Members of a snapshot; the others are those of an accepted booking. */
export type SnapshotOverrides = Partial<Omit<CalendarBooking, 'trigger' | 'snapshot'>> & {
  snapshot?: Partial<Snapshot>;
};

/** A booking as Cal.com's API shows it. */
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

/** The number of snapshots by result: `applied`, `deferred booking_unknown`, `failed 23514`, … */
export type Synced = Record<string, number>;

/** The statement itself, for tests that keep its transaction open. */
export const SYNC = 'select action, code, snapshots::int from public.sync_bookings($1, $2)';

/** The arguments of {@link SYNC}. */
export function syncArguments(salonId: string, snapshots: readonly CalendarBooking[]): string[] {
  const items = snapshots.map((booking) => ({ booking, payload: { uid: booking.uid } }));
  return [salonId, JSON.stringify(items)];
}

/** Applies snapshots as `calcom-sync` does. */
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

/** How many snapshots are in the log of deliveries. */
export async function loggedSnapshots(database: TestDatabase): Promise<number> {
  const rows = await database.query('select from public.webhook_logs where webhook_type = $1', [
    SNAPSHOT_TRIGGER,
  ]);
  return rows.length;
}
