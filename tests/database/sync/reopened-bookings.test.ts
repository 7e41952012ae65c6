import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking } from '../support/deliveries.ts';
import { expectInEveryOrder, rowsAfterAll, stamped } from '../support/every-order.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { snapshot } from '../support/snapshots.ts';

/** A booking that was requested, and declined at 10:00:00. */
let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
afterAll(() => database.drop());

const MINUTE = 60;
const requested = booking({ trigger: 'BOOKING_REQUESTED', ...stamped(-3600) });
const rejected = booking({ trigger: 'BOOKING_REJECTED', ...stamped(1.75) });
/** A poll at this second, of a booking that was last changed at that one. */
const polled = (
  seconds: number,
  changed: number | null,
  status: 'accepted' | 'rejected' | 'pending' = 'accepted',
) =>
  snapshot({
    ...stamped(seconds),
    snapshot: {
      status,
      createdAt: stamped(-3636).occurredAt,
      updatedAt: changed === null ? null : stamped(changed).occurredAt,
    },
  });
const expectAlways = (deliveries: CalendarBooking[], status: string) =>
  expectInEveryOrder(database, salon, deliveries, [{ status }]);

describe('a declined booking', () => {
  it('that was confirmed more than a minute later by the API is confirmed', async () => {
    await expectAlways(
      [requested, rejected, polled(10 * MINUTE, 5 * MINUTE)],
      'confirmed',
    );
  });

  it('is not revived by a poll that shows no later change', async () => {
    await expectAlways([requested, rejected, polled(10 * MINUTE, -10 * MINUTE)], 'cancelled');
    await expectAlways([requested, rejected, polled(10 * MINUTE, null)], 'cancelled');
  });

  it('is not revived by a change within the minute of its stamp', async () => {
    await expectAlways([requested, rejected, polled(10 * MINUTE, 30)], 'cancelled');
  });

  it('is not revived by an older poll', async () => {
    await expectAlways([requested, rejected, polled(-10 * MINUTE, -20 * MINUTE)], 'cancelled');
  });

  it('that was confirmed and then cancelled is cancelled', async () => {
    const cancelled = booking({ trigger: 'BOOKING_CANCELLED', ...stamped(30 * MINUTE) });
    await expectAlways(
      [requested, rejected, polled(10 * MINUTE, 5 * MINUTE), cancelled],
      'cancelled',
    );
  });

  it('that was cancelled in the API after that is cancelled by the next poll', async () => {
    const polls = [polled(10 * MINUTE, 5 * MINUTE), polled(30 * MINUTE, 20 * MINUTE, 'rejected')];
    expect(await rowsAfterAll(database, salon, [requested, ...polls, rejected]))
      .toMatchObject([{ status: 'cancelled' }]);
    expect(await rowsAfterAll(database, salon, [requested, rejected, ...polls]))
      .toMatchObject([{ status: 'cancelled' }]);
  });
});

describe('a booking that was made at 10:00:00', () => {
  it('has the time of the API once it is known, whatever is heard of first', async () => {
    const created = booking({ ...stamped(45) });
    const poll = snapshot({
      ...stamped(600),
      title: 'Kąpiel',
      snapshot: { createdAt: stamped(0).occurredAt },
    });
    await expectInEveryOrder(database, salon, [created, poll], [
      { created_at: '2026-09-02T10:00:00+00:00' },
    ]);
  });

  it('has the time of the API also when a poll of its next uid is later', async () => {
    const moved = booking({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'uid-1',
      rescheduleUid: 'uid-0',
      ...stamped(3600),
    });
    const poll = snapshot({
      uid: 'uid-1',
      rescheduleUid: 'uid-0',
      title: 'Kąpiel',
      ...stamped(7200),
      snapshot: { createdAt: stamped(3564).occurredAt },
    });
    await expectInEveryOrder(database, salon, [booking({ ...stamped(45) }), moved, poll], [
      { created_at: '2026-09-02T10:00:45+00:00' },
    ]);
  });

  it('keeps an earlier stamp of its deliveries only if the API names no time', async () => {
    const created = booking({ ...stamped(45) });
    const poll = snapshot({ ...stamped(600), title: 'Kąpiel', snapshot: { createdAt: null } });
    expect(await rowsAfterAll(database, salon, [created, poll])).toMatchObject([
      { created_at: '2026-09-02T10:00:45+00:00' },
    ]);
  });
});
