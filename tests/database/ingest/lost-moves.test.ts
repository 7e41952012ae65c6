import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { expectInEveryOrder, rowsAfterAll } from '../support/every-order.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { snapshot, sync } from '../support/snapshots.ts';

/** An appointment that was moved five times, an hour apart. Its iCalendar UID names its first uid. */
let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const icalUid = 'uid-0@Cal.com';
/** What move `index` is about; 0 is the booking itself. */
const move = (index: number) => ({
  uid: `uid-${index}`,
  rescheduleUid: index === 0 ? null : `uid-${index - 1}`,
  icalUid,
  occurredAt: `2026-09-02T1${index}:00:00.000Z`,
  startTime: `2026-09-1${index}T08:00:00.000Z`,
  endTime: `2026-09-1${index}T09:00:00.000Z`,
});
const delivered = [0, 1, 2, 3, 4, 5].map((index) =>
  booking({ trigger: index === 0 ? 'BOOKING_CREATED' : 'BOOKING_RESCHEDULED', ...move(index) })
);
const newest = { cal_com_event_id: 'uid-5', start_time: '2026-09-15T08:00:00+00:00' };
const inThisOrder = (...order: number[]) => order.flatMap((index) => delivered[index] ?? []);
const rows = () => syncedRows(database, salon.id);
const deliverAll = async (deliveries: CalendarBooking[]) => {
  for (const one of deliveries) await deliver(database, one);
};

describe('an appointment that was moved five times', () => {
  it.each([
    ['delivery five overtakes four', [0, 1, 2, 3, 5, 4]],
    ['delivery four is lost', [0, 1, 2, 3, 5]],
    ['deliveries three and four are lost', [0, 1, 2, 5]],
    ['all but the first and the last are lost', [0, 5]],
    ['only the last arrives', [5]],
    ['the last arrives first', [5, 0, 1, 2, 3, 4]],
    ['they arrive backwards', [5, 4, 3, 2, 1, 0]],
  ])('is where it was moved last when %s', async (_name, order) => {
    await deliverAll(inThisOrder(...order));
    expect(await rows()).toMatchObject([newest]);
  });

  it('is where it was moved last while any one or two of its deliveries are missing', async () => {
    const losses = fc.shuffledSubarray(delivered.slice(0, 5), { minLength: 3 }).chain((some) =>
      fc.shuffledSubarray([...some, ...inThisOrder(5)], { minLength: some.length + 1 })
    );
    await fc.assert(
      fc.asyncProperty(losses, async (arrived) => {
        expect(await rowsAfterAll(database, salon, arrived)).toMatchObject([newest]);
      }),
      { numRuns: 60 },
    );
  });

  it('is at the newest uid that was heard of when the last move is lost', async () => {
    const losses = fc.shuffledSubarray(delivered.slice(0, 5), { minLength: 3 });
    await fc.assert(
      fc.asyncProperty(losses, async (arrived) => {
        const last = arrived.map(({ uid }) => uid).toSorted().at(-1);
        expect(await rowsAfterAll(database, salon, arrived))
          .toMatchObject([{ cal_com_event_id: last }]);
      }),
      { numRuns: 60 },
    );
  });

  it('is cancelled by a cancellation of its last uid whatever was lost', async () => {
    const cancelled = booking({
      ...move(5),
      trigger: 'BOOKING_CANCELLED',
      rescheduleUid: null,
      occurredAt: '2026-09-02T15:00:10.000Z',
    });
    await expectInEveryOrder(
      database,
      salon,
      [...inThisOrder(0, 3, 5), cancelled],
      [{ cal_com_event_id: 'uid-5', status: 'cancelled' }],
    );
  });

  it('is not cancelled by a late cancellation of an uid that it left', async () => {
    const left = booking({
      ...move(3),
      trigger: 'BOOKING_CANCELLED',
      rescheduleUid: null,
      occurredAt: '2026-09-02T16:00:00.000Z',
    });
    await expectInEveryOrder(
      database,
      salon,
      [...inThisOrder(0, 3, 5), left],
      [{ ...newest, status: 'scheduled' }],
    );
  });
});

describe('a snapshot of an appointment that was moved five times', () => {
  const polled = (index: number, movedTo: string | null) =>
    snapshot({
      ...move(index),
      occurredAt: '2026-09-03T10:00:00.000Z',
      snapshot: {
        createdAt: move(index).occurredAt,
        ...(movedTo === null ? {} : { status: 'cancelled', movedTo }),
      },
    });
  const polls = [0, 1, 2, 3, 4].map((index) => polled(index, `uid-${index + 1}`));

  it('is a difference if the calendar has another uid', async () => {
    await deliverAll(inThisOrder(0, 1, 2, 3));
    expect(await sync(database, salon.id, [polled(5, null)])).toEqual({ applied: 1 });
    expect(await rows()).toMatchObject([newest]);
  });

  it('is no difference if it names no predecessor but a known uid', async () => {
    await deliverAll(inThisOrder(0, 1, 2, 3, 5));
    const unlinked = { ...polled(5, null), rescheduleUid: null };
    expect(await sync(database, salon.id, [unlinked])).toEqual({ unchanged: 1 });
    expect(await rows()).toMatchObject([newest]);
  });

  it('links an old uid with the one that replaced it', async () => {
    await deliverAll(inThisOrder(0, 1, 2));
    await sync(database, salon.id, [...polls, polled(5, null)]);
    expect(await rows()).toMatchObject([newest]);
  });

  it('changes nothing that deliveries said before', async () => {
    await deliverAll(inThisOrder(0, 1, 2, 3, 5));
    await sync(database, salon.id, [...polls, polled(5, null)]);
    expect(await rows()).toMatchObject([{ ...newest, status: 'scheduled' }]);
    expect(await sync(database, salon.id, [...polls, polled(5, null)])).toEqual({ unchanged: 6 });
  });

  it('leads to the newest uid whatever was lost, in any order of the snapshots', async () => {
    const found = fc.tuple(
      fc.shuffledSubarray(delivered),
      fc.shuffledSubarray([...polls, polled(5, null)], { minLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(found, async ([arrived, snapshots]) => {
        await forgetDeliveries(database);
        await deliverAll(arrived);
        await sync(database, salon.id, snapshots);
        expect(await rows()).toMatchObject([{ ...newest, status: 'scheduled' }]);
      }),
      { numRuns: 60 },
    );
  });
});
