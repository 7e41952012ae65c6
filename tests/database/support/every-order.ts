import { expect } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import type { TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, type SyncedRow, syncedRows } from './calendar-rows.ts';
import { deliver } from './deliveries.ts';
import { permutations } from './orders.ts';
import type { TestSalon } from './salons.ts';

/** Stamped this many seconds after 10:00 on 2 September 2026. */
export const stamped = (seconds: number) => ({
  occurredAt: new Date(Date.parse('2026-09-02T10:00:00.000Z') + seconds * 1000).toISOString(),
});

/** Forgets everything, delivers one after the other and returns the resulting rows. */
export async function rowsAfterAll(
  database: TestDatabase,
  salon: TestSalon,
  deliveries: readonly CalendarBooking[],
): Promise<SyncedRow[]> {
  await forgetDeliveries(database);
  for (const delivery of deliveries) {
    const { reason } = await deliver(database, delivery);
    expect(reason).not.toBe('apply_failed');
  }
  return await syncedRows(database, salon.id);
}

/** Expects these rows, in whatever order the deliveries arrive. */
export async function expectInEveryOrder(
  database: TestDatabase,
  salon: TestSalon,
  deliveries: readonly CalendarBooking[],
  expected: SyncedRow[],
): Promise<void> {
  for (const order of permutations(deliveries)) {
    const heard = order.map(({ trigger, uid }) => `${trigger} ${uid}`).join(', ');
    expect(await rowsAfterAll(database, salon, order), heard).toMatchObject(expected);
  }
}
