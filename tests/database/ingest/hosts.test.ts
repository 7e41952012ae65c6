import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { expectInEveryOrder, stamped } from '../support/every-order.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { slot, tomasz, zofia } from '../support/seated-slot.ts';
import { snapshot, sync } from '../support/snapshots.ts';

let database: TestDatabase;
let salon: TestSalon;
let other: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  other = await createSalon(database, { username: 'inny-salon' });
});
beforeEach(() => forgetDeliveries(database));
afterAll(() => database.drop());

const ANNA = { hostUsername: 'anna', hostName: 'Anna Groomer' };
const EWA = { hostUsername: 'ewa', hostName: 'Ewa Groomer' };
const annas = { host_username: 'anna', host_name: 'Anna Groomer' };
const ewas = { host_username: 'ewa', host_name: 'Ewa Groomer' };
const rows = () => syncedRows(database, salon.id);
const created = booking({ ...ANNA });
const reassigned = (overrides: Partial<CalendarBooking> = {}) =>
  booking({
    trigger: 'BOOKING_REASSIGNED',
    organizerUsername: 'ewa',
    ...EWA,
    ...at(12),
    ...overrides,
  });

describe('the host of an appointment', () => {
  it('is the one that its booking names', async () => {
    await deliver(database, created);
    expect(await rows()).toMatchObject([annas]);
  });

  it('is the one that a snapshot names', async () => {
    await sync(database, salon.id, [snapshot({ ...ANNA, ...at(12) })]);
    expect(await rows()).toMatchObject([annas]);
  });

  it('is corrected by a snapshot that names another', async () => {
    await deliver(database, created);
    expect(await sync(database, salon.id, [snapshot({ ...EWA, ...at(12) })]))
      .toEqual({ applied: 1 });
    expect(await rows()).toMatchObject([ewas]);
  });

  it('stays when a later delivery or snapshot names nobody', async () => {
    const nobody = { hostUsername: null, hostName: null };
    await deliver(database, created);
    await deliver(database, booking({ trigger: 'BOOKING_PAID', ...nobody, ...at(11) }));
    expect(await sync(database, salon.id, [snapshot({ ...nobody, ...at(12) })]))
      .toEqual({ unchanged: 1 });
    expect(await rows()).toMatchObject([annas]);
  });

  it('is the one of the last uid', async () => {
    const moved = booking({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'uid-1',
      rescheduleUid: 'uid-0',
      ...EWA,
      ...at(10),
    });
    await expectInEveryOrder(database, salon, [created, moved], [ewas]);
  });

  it('without an account is known by the name, not by the account of the host before', async () => {
    const newcomer = reassigned({
      organizerUsername: null,
      hostUsername: null,
      hostName: 'Ola Nowa',
    });
    await expectInEveryOrder(database, salon, [created, newcomer], [
      { host_username: null, host_name: 'Ola Nowa' },
    ]);
  });
});

describe('BOOKING_REASSIGNED', () => {
  it.each([['whose username no salon has', 'ewa'], ['without a username', null]])(
    'to a host %s keeps the appointment in its salon',
    async (_name, organizerUsername) => {
      const first = await deliver(database, created);
      const answer = await deliver(database, reassigned({ organizerUsername }));
      expect(answer).toMatchObject({ action: 'applied', event_id: first.event_id });
      expect(await rows()).toMatchObject([{ ...ewas, status: 'scheduled' }]);
    },
  );

  it('waits for its booking, because its host is no salon', async () => {
    expect(await deliver(database, reassigned())).toMatchObject({ reason: 'salon_not_found' });
    await deliver(database, created);
    expect(await rows()).toMatchObject([{ ...ewas, status: 'scheduled' }]);
  });

  it('creates the appointment of an unknown booking if its host is a salon', async () => {
    await deliver(database, reassigned({ organizerUsername: 'psi-styl' }));
    expect(await rows()).toMatchObject([{ ...ewas, status: 'scheduled' }]);
  });

  it('to the host of another salon is refused, and both calendars stay', async () => {
    await deliver(database, created);
    expect(await deliver(database, reassigned({ organizerUsername: 'inny-salon' })))
      .toMatchObject({ action: 'deferred', reason: 'other_salon' });
    expect(await rows()).toMatchObject([annas]);
    expect(await syncedRows(database, other.id)).toEqual([]);
  });

  it('leaves the time, the place and the status as they are', async () => {
    await deliver(database, { ...created, location: 'ul. Stara 1' });
    const [before] = await rows();
    await deliver(database, reassigned({ location: 'ul. Stara 1' }));
    expect(await rows()).toEqual([
      { ...before, ...ewas, last_event_at: '2026-09-02T12:00:00+00:00' },
    ]);
  });

  it('wins over the booking, whatever their stamps and order', async () => {
    await expectInEveryOrder(
      database,
      salon,
      [{ ...created, ...stamped(45) }, reassigned({ ...stamped(3) })],
      [ewas],
    );
  });

  it('is followed by a move and a cancellation that name the new host', async () => {
    const ewasBooking = { organizerUsername: 'ewa', ...EWA };
    const moved = booking({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'uid-1',
      rescheduleUid: 'uid-0',
      ...ewasBooking,
      ...at(13),
    });
    const cancelled = booking({
      trigger: 'BOOKING_CANCELLED',
      uid: 'uid-1',
      ...ewasBooking,
      ...at(14),
    });
    await expectInEveryOrder(database, salon, [created, reassigned(), moved, cancelled], [
      { ...ewas, cal_com_event_id: 'uid-1', status: 'cancelled' },
    ]);
  });

  it('of a whole slot is about every seat', async () => {
    const whole = reassigned({ ...slot({}), trigger: 'BOOKING_REASSIGNED', wholeSlot: true });
    await expectInEveryOrder(database, salon, [zofia, tomasz, { ...whole, ...EWA, ...at(12) }], [
      ewas,
      ewas,
    ]);
  });
});
