import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver, UPSERT, upsertArguments } from '../support/deliveries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { callForClient, zofiasBooking } from '../support/erasure.ts';
import { columnsWithTraces } from '../support/traces.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

const EMAIL = 'zofia@poczta.example';

/** `ours` sends forged deliveries through its own webhook and erases its own clients. */
let database: TestDatabase;
let ours: TestSalon;
let theirs: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createSalon(database, { username: 'ours' });
  theirs = await createSalon(database, { username: 'theirs' });
});
beforeEach(async () => {
  await forgetDeliveries(database);
  await database.query('delete from public.clients; delete from public.pets');
});
afterEach(closeSessions);
afterAll(() => database.drop());

const erase = (clientId: string) => callForClient(database, 'erase_client', clientId, ours.ownerId);
const eraseAsOperator = (clientId: string) =>
  callForClient(database, 'erase_client', clientId, null);
const theirAppointment = zofiasBooking({ organizerUsername: 'theirs' });
const later = { trigger: 'BOOKING_CANCELLED', occurredAt: '2026-09-02T10:00:00.000Z' } as const;
const erasedDeliveries = () =>
  database.query('select salon_id from public.webhook_logs where erased_at is not null');

describe('an erasure does not reach', () => {
  it('another salon’s appointment whose uid our deliveries named first', async () => {
    const { id } = await createClient(database, ours.id);
    await deliver(
      database,
      zofiasBooking({ trigger: 'MEETING_ENDED', organizerUsername: 'ours' }),
      { salonId: ours.id },
    );
    expect(await erase(id)).toMatchObject({ webhook_logs: 1 });
    await deliver(database, theirAppointment);
    expect(await syncedRows(database, theirs.id)).toMatchObject([
      { attendee_email: EMAIL, erased_at: null },
    ]);
    expect(await erasedDeliveries()).toEqual([{ salon_id: ours.id }]);
  });

  it('another salon’s appointment with an earlier delivery that names no host', async () => {
    const { id } = await createClient(database, ours.id);
    await deliver(database, zofiasBooking({ ...later, organizerUsername: null }));
    expect(await erase(id)).toMatchObject({ webhook_logs: 0 });
    await deliver(database, theirAppointment);
    expect(await syncedRows(database, theirs.id)).toMatchObject([
      { attendee_email: EMAIL, erased_at: null, status: 'cancelled' },
    ]);
    expect(await erasedDeliveries()).toEqual([]);
  });

  it('a delivery that is assigned to its salon at the same moment', async () => {
    const { id } = await createClient(database, ours.id);
    await deliver(
      database,
      zofiasBooking({ trigger: 'BOOKING_CANCELLED', organizerUsername: null }),
    );
    const webhook = await openSession(database, 'service_role');
    const erasure = await openSession(database);
    await webhook.query(UPSERT, upsertArguments(theirAppointment));
    const blocked = erasure.query('select public.erase_client($1)', [id]);
    await erasure.isBlocked();
    await webhook.commit();
    await blocked;
    await erasure.commit();
    expect(await erasedDeliveries()).toEqual([]);
  });

  it('a deferred delivery whose uid we forged', async () => {
    const deferred = zofiasBooking({ organizerUsername: 'przyszly-salon' });
    await deliver(database, deferred);
    const { id } = await createClient(database, ours.id);
    await deliver(database, zofiasBooking({ clientId: id }), { salonId: ours.id });
    await erase(id);
    expect(await erasedDeliveries()).toEqual([{ salon_id: ours.id }]);
  });
});

it('our delivery that names another salon’s appointment is erased', async () => {
  await deliver(database, booking({ organizerUsername: 'theirs' }));
  const { id } = await createClient(database, ours.id);
  await deliver(database, zofiasBooking(), { salonId: ours.id });
  expect(await erase(id)).toMatchObject({ webhook_logs: 1 });
  expect(await columnsWithTraces(database)).toEqual([]);
  expect(await syncedRows(database, theirs.id)).toMatchObject([{ erased_at: null }]);
});

it('a delivery that names the client and made no appointment is erased', async () => {
  const { id } = await createClient(database, ours.id);
  await deliver(
    database,
    zofiasBooking({
      trigger: 'MEETING_ENDED',
      organizerUsername: 'ours',
      clientId: id,
      description: null,
      location: null,
      attendeeEmail: 'jan@poczta.example',
      attendeePhone: '600 700 800',
      attendees: [],
    }),
  );
  expect(await erase(id)).toMatchObject({ webhook_logs: 1 });
  expect(await columnsWithTraces(database)).toEqual([]);
});

it('an erased delivery that could not be parsed stays erased when the parser can read it', async () => {
  const { id } = await createClient(database, ours.id);
  await database.query(
    `select public.upsert_calendar_event('key', 'BOOKING_CREATED', $1, null, 'Invalid')`,
    [JSON.stringify(zofiasBooking())],
  );
  expect(await eraseAsOperator(id)).toMatchObject({ webhook_logs: 1 });
  const answer = await deliver(database, zofiasBooking({ organizerUsername: 'ours' }), {
    deliveryKey: 'key',
  });
  expect(answer).toMatchObject({ action: 'invalid' });
  expect(await columnsWithTraces(database)).toEqual([]);
});

it.each(['brak', 'email', '-', '@'])('the e-mail %j matches nothing', async (email) => {
  const { id } = await createClient(database, ours.id, { email });
  const delivered = booking({
    organizerUsername: 'ours',
    description: 'Uwagi: brak, email -, @',
    attendeeEmail: 'jan@poczta.example',
    attendees: [{ email: 'jan@poczta.example', phone: null, noShow: null }],
  });
  await deliver(database, delivered, { payload: delivered });
  const before = await syncedRows(database, ours.id);
  expect(await erase(id)).toMatchObject({ calendar_events: 0, webhook_logs: 0 });
  expect(await syncedRows(database, ours.id)).toEqual(before);
  expect(
    await database.query('select booking ->> $1 as description from public.webhook_logs', [
      'description',
    ]),
  ).toEqual([{ description: delivered.description }]);
});
