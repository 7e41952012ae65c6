import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { deliver, UPSERT, upsertArguments } from '../support/deliveries.ts';
import {
  callForClient,
  createZofiasSalon,
  zofiasBooking,
  type ZofiasSalon,
} from '../support/erasure.ts';
import { columnsWithTraces } from '../support/traces.ts';
import { syncedRows } from '../support/calendar-rows.ts';
import { snapshot, sync } from '../support/snapshots.ts';
import { closeSessions, openSession } from '../support/sessions.ts';
import { makeRetriesDue, runRetryJob, whileWritesFail } from '../support/retries.ts';

const ERASE = 'select public.erase_client($1)';

let database: TestDatabase;
let ours: ZofiasSalon;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.query(
    `delete from public.salons; delete from public.webhook_logs; delete from auth.users`,
  );
  ours = await createZofiasSalon(database, 'psi-styl');
});
afterEach(closeSessions);
afterAll(() => database.drop());

const erase = () => callForClient(database, 'erase_client', ours.clientId, ours.salon.ownerId);
const on = (day: number) => ({ occurredAt: `2026-09-0${day}T10:00:00.000Z` });
const deliverZofias = (overrides: Partial<CalendarBooking> = {}) =>
  deliver(database, zofiasBooking({ clientId: ours.clientId, petId: ours.petId, ...overrides }), {
    payload: zofiasBooking(),
  });
const rows = () => syncedRows(database, ours.salon.id);
const erasedAppointment = {
  title: 'Wizyta',
  description: null,
  client_id: null,
  pet_id: null,
  attendee_email: null,
  attendee_phone: null,
  location: null,
  meeting_url: null,
  cancellation_reason: null,
  erased_at: expect.any(String),
};
const moved = { uid: 'uid-1', rescheduleUid: 'uid-0', ...on(3) };
const noShow = (value: boolean) => ({
  trigger: 'BOOKING_NO_SHOW_UPDATED' as const,
  attendees: [{ email: 'zofia@poczta.example', phone: null, noShow: value }],
});
/** Expects that no contact of hers is left and that the only appointment is as given. */
async function expectErased(appointment: Record<string, unknown>) {
  expect(await rows()).toMatchObject([{ ...erasedAppointment, ...appointment }]);
  expect(await columnsWithTraces(database)).toEqual([]);
}

describe('a delivery after the erasure changes the appointment and restores no contact:', () => {
  beforeEach(async () => {
    await deliverZofias();
    await erase();
  });

  it('a cancellation with its reason', async () => {
    await deliverZofias({
      trigger: 'BOOKING_CANCELLED',
      cancellationReason: 'Zofia chora',
      ...on(2),
    });
    await expectErased({ status: 'cancelled' });
  });

  it('a reschedule and the end under its new uid', async () => {
    await deliverZofias({ trigger: 'BOOKING_RESCHEDULED', ...moved });
    await deliverZofias({ trigger: 'MEETING_ENDED', uid: 'uid-1', ...on(4) });
    await expectErased({ cal_com_event_id: 'uid-1', status: 'completed' });
  });

  it('a cancellation under the new uid that arrives before the reschedule', async () => {
    await deliverZofias({ trigger: 'BOOKING_CANCELLED', uid: 'uid-1', ...on(4) });
    await deliverZofias({ trigger: 'BOOKING_RESCHEDULED', ...moved });
    await expectErased({ cal_com_event_id: 'uid-1', status: 'cancelled' });
  });

  it('a no-show', async () => {
    await deliverZofias({ ...noShow(true), ...on(4) });
    await expectErased({ status: 'no_show' });
  });

  it('the whole booking again, in other bytes', async () => {
    await deliverZofias(on(5));
    await expectErased({ status: 'scheduled' });
  });

  it('a snapshot, and the same one again', async () => {
    const { trigger: _, snapshot: __, ...booking } = zofiasBooking(on(3));
    const polled = snapshot({ ...booking, snapshot: { status: 'cancelled' } });
    expect(await sync(database, ours.salon.id, [polled])).toEqual({ applied: 1 });
    expect(await sync(database, ours.salon.id, [polled])).toEqual({ unchanged: 1 });
    await expectErased({ status: 'cancelled' });
  });

  it('a repeated delivery', async () => {
    expect(await deliverZofias()).toMatchObject({ action: 'duplicate' });
    await expectErased({ status: 'scheduled' });
  });

  it('a replay, which is refused', async () => {
    const [log] = await database.query<{ id: string }>('select id from public.webhook_logs');
    const answer = await database.as(
      'authenticated',
      ours.salon.ownerId,
      (client) => client.query('select * from public.replay_delivery($1)', [log?.id]),
    );
    expect(answer.rows).toMatchObject([{ action: 'refused', reason: 'erased' }]);
    await expectErased({ status: 'scheduled' });
  });
});

describe('a delivery deferred at the erasure restores no contact:', () => {
  it('a reschedule that had failed', async () => {
    await deliverZofias();
    await whileWritesFail(
      database,
      () => deliverZofias({ trigger: 'BOOKING_RESCHEDULED', ...moved }),
    );
    await erase();
    expect(await columnsWithTraces(database)).toEqual([]);
    await makeRetriesDue(database);
    await runRetryJob(database);
    await expectErased({ cal_com_event_id: 'uid-1', status: 'scheduled' });
  });

  it('a booking that had failed', async () => {
    await whileWritesFail(database, () => deliverZofias());
    await erase();
    await makeRetriesDue(database);
    await runRetryJob(database);
    await expectErased({ status: 'scheduled' });
  });

  it('a second appointment that is merged into the erased one', async () => {
    await deliverZofias();
    await erase();
    // An appointment of its own until the reschedule connects the two.
    await deliverZofias({ uid: 'uid-1', ...on(4) });
    await deliverZofias({ trigger: 'BOOKING_RESCHEDULED', ...moved });
    await expectErased({ cal_com_event_id: 'uid-1' });
  });
});

it('a no-show before the erasure still counts after it', async () => {
  await deliverZofias();
  await deliverZofias({ ...noShow(true), ...on(2) });
  await erase();
  await deliverZofias({ trigger: 'BOOKING_PAID', ...on(1) });
  await expectErased({ status: 'no_show' });
});

it('the no-show of a guest before the erasure still changes nothing', async () => {
  await deliverZofias();
  const guest = { email: 'gosc@poczta.example', phone: null, noShow: true };
  await deliverZofias({ ...noShow(true), attendees: [guest], ...on(2) });
  await erase();
  await deliverZofias({ trigger: 'BOOKING_PAID', ...on(1) });
  expect(await rows()).toMatchObject([{ status: 'confirmed' }]);
});

it('a new booking after the erasure is a new appointment', async () => {
  await deliverZofias();
  await erase();
  await deliverZofias({ uid: 'uid-new', ...on(5) });
  expect(await rows()).toMatchObject([
    erasedAppointment,
    { cal_com_event_id: 'uid-new', attendee_email: 'zofia@poczta.example', erased_at: null },
  ]);
});

describe('an erasure that meets a delivery about the same booking', () => {
  const cancelled = () =>
    upsertArguments(zofiasBooking({ trigger: 'BOOKING_CANCELLED', ...on(2) }));

  it('waits for the delivery and erases it too', async () => {
    await deliverZofias();
    const webhook = await openSession(database, 'service_role');
    const erasure = await openSession(database, 'service_role');
    await webhook.query(UPSERT, cancelled());
    const erased = erasure.query(ERASE, [ours.clientId]);
    await erasure.isBlocked();
    await webhook.commit();
    await erased;
    await erasure.commit();
    await expectErased({ status: 'cancelled' });
  });

  it('blocks the delivery, which restores nothing', async () => {
    await deliverZofias();
    const erasure = await openSession(database, 'service_role');
    const webhook = await openSession(database, 'service_role');
    await erasure.query(ERASE, [ours.clientId]);
    const delivered = webhook.query(UPSERT, cancelled());
    await webhook.isBlocked();
    await erasure.commit();
    await delivered;
    await webhook.commit();
    await expectErased({ status: 'cancelled' });
  });

  it('is done once if it is requested twice at the same time', async () => {
    await deliverZofias();
    const [first, second] = await Promise.all([erase(), erase()]);
    expect([first['clients'], second['clients']].toSorted()).toEqual([0, 1]);
    await expectErased({});
  });
});
