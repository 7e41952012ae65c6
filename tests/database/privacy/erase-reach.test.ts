import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  booking,
  createClient,
  createSalon,
  deliver,
  type TestSalon,
  UPSERT,
  upsertArguments,
} from '../support/booking.ts';
import { callAs, columnsWithTraces, ofZofia } from '../support/erasure.ts';
import { forgetDeliveries, syncedRows } from '../support/lives.ts';
import { closeSessions, openSession } from '../support/retries.ts';

const EMAIL = 'zofia@poczta.example';

/** `ours` signs whatever it likes with its own secret, and erases its own clients. */
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

const erase = (clientId: string) => callAs(database, 'erase_client', clientId, ours.ownerId);
const theirAppointment = ofZofia({ organizerUsername: 'theirs' });
const later = { trigger: 'BOOKING_CANCELLED', occurredAt: '2026-09-02T10:00:00.000Z' } as const;
const erasedDeliveries = () =>
  database.query('select salon_id from public.webhook_logs where erased_at is not null');

describe('what another salon has, or will have, is out of reach of an erasure:', () => {
  it('an appointment whose uid our deliveries named first', async () => {
    const { id } = await createClient(database, ours.id);
    await deliver(
      database,
      ofZofia({ trigger: 'MEETING_ENDED', organizerUsername: 'ours' }),
      { salonId: ours.id },
    );
    expect(await erase(id)).toMatchObject({ webhook_logs: 1 });
    await deliver(database, theirAppointment);
    expect(await syncedRows(database, theirs.id)).toMatchObject([
      { attendee_email: EMAIL, erased_at: null },
    ]);
    expect(await erasedDeliveries()).toEqual([{ salon_id: ours.id }]);
  });

  it('an appointment of which a delivery without a host was heard first', async () => {
    const { id } = await createClient(database, ours.id);
    await deliver(database, ofZofia({ ...later, organizerUsername: null }));
    expect(await erase(id)).toMatchObject({ webhook_logs: 1 });
    expect(await columnsWithTraces(database)).toEqual([]);
    await deliver(database, theirAppointment);
    expect(await syncedRows(database, theirs.id)).toMatchObject([
      { attendee_email: EMAIL, erased_at: null, status: 'cancelled' },
    ]);
  });

  it('a delivery that finds its salon at the same moment', async () => {
    const { id } = await createClient(database, ours.id);
    await deliver(database, ofZofia({ trigger: 'BOOKING_CANCELLED', organizerUsername: null }));
    const webhook = await openSession(database, 'service_role');
    const erasure = await openSession(database);
    await webhook.query(UPSERT, upsertArguments(theirAppointment));
    const blocked = erasure.query('select public.erase_client($1)', [id]);
    await erasure.waits();
    await webhook.commit();
    await blocked;
    await erasure.commit();
    expect(await erasedDeliveries()).toEqual([]);
  });

  it('a delivery that waits for its salon, whose uid an appointment of ours pretends to be', async () => {
    const waiting = ofZofia({ organizerUsername: 'przyszly-salon' });
    await deliver(database, waiting);
    const { id } = await createClient(database, ours.id);
    await deliver(database, ofZofia({ clientId: id }), { salonId: ours.id });
    await erase(id);
    expect(await erasedDeliveries()).toEqual([{ salon_id: ours.id }]);
  });
});

it("a delivery of ours that names another salon's appointment loses its person", async () => {
  await deliver(database, booking({ organizerUsername: 'theirs' }));
  const { id } = await createClient(database, ours.id);
  await deliver(database, ofZofia(), { salonId: ours.id });
  expect(await erase(id)).toMatchObject({ webhook_logs: 1 });
  expect(await columnsWithTraces(database)).toEqual([]);
  expect(await syncedRows(database, theirs.id)).toMatchObject([{ erased_at: null }]);
});

it('a delivery that names the client and never became an appointment loses them', async () => {
  const { id } = await createClient(database, ours.id);
  await deliver(
    database,
    ofZofia({
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

it('an unreadable delivery that was erased stays so when it can be read', async () => {
  const { id } = await createClient(database, ours.id);
  await database.query(
    `select public.upsert_calendar_event('key', 'BOOKING_CREATED', $1, null, 'Invalid')`,
    [JSON.stringify(ofZofia())],
  );
  expect(await erase(id)).toMatchObject({ webhook_logs: 1 });
  const answer = await deliver(database, ofZofia({ organizerUsername: 'ours' }), {
    deliveryKey: 'key',
  });
  expect(answer).toMatchObject({ action: 'invalid' });
  expect(await columnsWithTraces(database)).toEqual([]);
});

it.each(['brak', 'email', '-', '@'])('%j is no address by which to find anybody', async (email) => {
  const { id } = await createClient(database, ours.id, { email });
  const told = booking({
    organizerUsername: 'ours',
    description: 'Uwagi: brak, email -, @',
    attendeeEmail: 'jan@poczta.example',
    attendees: [{ email: 'jan@poczta.example', phone: null, noShow: null }],
  });
  await deliver(database, told, { payload: told });
  const before = await syncedRows(database, ours.id);
  expect(await erase(id)).toMatchObject({ calendar_events: 0, webhook_logs: 0 });
  expect(await syncedRows(database, ours.id)).toEqual(before);
  expect(
    await database.query('select booking ->> $1 as said from public.webhook_logs', [
      'description',
    ]),
  ).toEqual([{ said: told.description }]);
});
