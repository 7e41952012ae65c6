import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries, syncedRows } from '../support/calendar-rows.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { callForClient } from '../support/erasure.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';

const JAN = { phone: '+48600700800', email: 'jan@poczta.example' };
const ZOFIAS_CONTACT = /501220314|zofia@|Kaczmarek/;

let database: TestDatabase;
let salon: TestSalon;
let zofia: { id: string };
let jan: { id: string };

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetDeliveries(database);
  await database.query('truncate public.salons cascade');
  salon = await createSalon(database);
  zofia = await createClient(database, salon.id);
  jan = await createClient(database, salon.id, JAN);
});
afterAll(() => database.drop());

const eraseZofia = () => callForClient(database, 'erase_client', zofia.id, salon.ownerId);
const calendar = async () =>
  JSON.stringify(await database.query('select * from public.calendar_events'));

const bookedWithHerContact = () =>
  booking({
    clientId: jan.id,
    attendeeName: 'Zofia Kaczmarek',
    attendeePhone: '+48501220314',
    attendeeEmail: 'zofia@poczta.example',
    attendees: [{ email: 'zofia@poczta.example', phone: '+48501220314', noShow: null }],
  });
const insertedByBarkBook = (uid: string, clientId: string) =>
  database.query(
    `insert into public.calendar_events (cal_com_event_id, salon_id, client_id, title, description,
       start_time, end_time, attendee_name, attendee_email)
     values ($1, $2, $3, 'Strzyżenie', 'dzwonić: zofia@poczta.example, 501220314',
       '2026-09-15 08:00Z', '2026-09-15 09:00Z', 'Zofia Kaczmarek', 'zofia@poczta.example')`,
    [uid, salon.id, clientId],
  );

it('what a fold remembers of another client’s booking loses an erased person’s contact', async () => {
  await deliver(database, bookedWithHerContact());
  expect(await calendar()).toMatch(ZOFIAS_CONTACT);
  await eraseZofia();
  expect(await calendar()).not.toMatch(ZOFIAS_CONTACT);
});

it('an appointment that BarkBook inserted does not give an erased contact back', async () => {
  await insertedByBarkBook('uid-0', jan.id);
  await deliver(database, booking({ trigger: 'BOOKING_LOCATION_UPDATED', attendeeEmail: null }));
  await eraseZofia();
  await deliver(database, booking({ trigger: 'MEETING_ENDED', ...at(12) }));
  expect(await calendar()).not.toMatch(ZOFIAS_CONTACT);
});

it('an appointment that BarkBook inserted stays erased when it is merged with another', async () => {
  await deliver(database, booking({ uid: 'old' }));
  await insertedByBarkBook('new', zofia.id);
  await eraseZofia();
  const moved = { ...bookedWithHerContact(), clientId: null };
  await deliver(
    database,
    booking({
      ...moved,
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'new',
      rescheduleUid: 'old',
      ...at(12),
    }),
  );
  expect(await syncedRows(database, salon.id)).toMatchObject([{ erased_at: expect.any(String) }]);
  expect(await calendar()).not.toMatch(ZOFIAS_CONTACT);
});

it('the data of a client does not contain what a fold remembers of others', async () => {
  await deliver(database, bookedWithHerContact());
  await deliver(
    database,
    booking({
      trigger: 'BOOKING_RESCHEDULED',
      uid: 'uid-1',
      rescheduleUid: 'uid-0',
      clientId: jan.id,
      attendeeName: 'Jan Nowak',
      attendeePhone: JAN.phone,
      attendeeEmail: JAN.email,
      ...at(12),
    }),
  );
  const data = await callForClient<Record<string, unknown>>(
    database,
    'export_client',
    jan.id,
    salon.ownerId,
  );
  expect(JSON.stringify(data['calendar_events'])).not.toMatch(ZOFIAS_CONTACT);
});

/** As an operator may, or a job of the older app. */
const deleteDeliveries = (type: string) =>
  database.query('delete from public.webhook_logs where webhook_type = $1', [type]);
const whatIsKnown = { start_time: '2026-09-15T08:00:00+00:00', cal_com_event_id: 'uid-0' };

it('an appointment whose deliveries were deleted is erased, and stays what it was otherwise', async () => {
  await deliver(database, { ...bookedWithHerContact(), clientId: zofia.id });
  await deliver(database, booking({ trigger: 'BOOKING_CANCELLED', ...at(12) }));
  await database.query('delete from public.webhook_logs');
  await eraseZofia();
  expect(await calendar()).not.toMatch(ZOFIAS_CONTACT);
  expect(await syncedRows(database, salon.id)).toMatchObject([{
    ...whatIsKnown,
    status: 'cancelled',
    client_id: null,
    erased_at: expect.any(String),
  }]);
});

it('an appointment of which only a later delivery is left is erased, too', async () => {
  await deliver(database, { ...bookedWithHerContact(), clientId: zofia.id });
  await deliver(database, booking({ trigger: 'BOOKING_NO_SHOW_UPDATED', ...at(12) }));
  await deleteDeliveries('BOOKING_CREATED');
  await eraseZofia();
  expect(await calendar()).not.toMatch(ZOFIAS_CONTACT);
  expect(await syncedRows(database, salon.id)).toMatchObject([whatIsKnown]);
});

it('another client’s appointment whose deliveries were deleted loses her contact only', async () => {
  await deliver(database, bookedWithHerContact());
  await database.query('delete from public.webhook_logs');
  await eraseZofia();
  expect(await calendar()).not.toMatch(ZOFIAS_CONTACT);
  expect(await syncedRows(database, salon.id)).toMatchObject([
    { ...whatIsKnown, client_id: jan.id, erased_at: null },
  ]);
});

it('what arrives for such an appointment is applied, and gives no contact back', async () => {
  await deliver(database, { ...bookedWithHerContact(), clientId: zofia.id });
  await database.query('delete from public.webhook_logs');
  await eraseZofia();
  await deliver(
    database,
    booking({ trigger: 'BOOKING_CANCELLED', attendeeName: 'Zofia Kaczmarek', ...at(12) }),
  );
  const rows = await syncedRows(database, salon.id);
  expect(rows).toMatchObject([{ ...whatIsKnown, status: 'cancelled', attendee_name: null }]);
  await database.query('select public.replay_delivery(id) from public.webhook_logs');
  expect(await syncedRows(database, salon.id)).toEqual(rows);
});

it.each(['BOOKING_NO_SHOW_UPDATED', 'BOOKING_CANCELLED', 'MEETING_ENDED'] as const)(
  'a %s about an earlier start does not change an appointment whose deliveries were deleted',
  async (trigger) => {
    await deliver(database, { ...bookedWithHerContact(), clientId: zofia.id });
    const moved = {
      uid: 'uid-1',
      startTime: '2026-09-16T08:00:00.000Z',
      endTime: '2026-09-16T09:00:00.000Z',
    };
    await deliver(
      database,
      booking({ ...moved, trigger: 'BOOKING_RESCHEDULED', rescheduleUid: 'uid-0', ...at(12) }),
    );
    await deliver(database, booking({ ...moved, trigger: 'BOOKING_PAID', ...at(13) }));
    const rows = await syncedRows(database, salon.id);
    await database.query('delete from public.webhook_logs');
    await deliver(
      database,
      booking({
        trigger,
        attendees: [{ email: 'zofia@poczta.example', phone: null, noShow: true }],
        ...at(11),
      }),
    );
    expect(await syncedRows(database, salon.id)).toEqual(rows);
  },
);

it('an appointment of which only the cancellation is left stays what it is', async () => {
  await deliver(database, booking({ clientId: zofia.id, title: 'Kąpiel', location: 'Długa 5' }));
  await deliver(database, booking({ trigger: 'BOOKING_CANCELLED', ...at(12) }));
  await deleteDeliveries('BOOKING_CREATED');
  const [{ created_at } = {}] = await syncedRows(database, salon.id);
  await eraseZofia();
  expect(await syncedRows(database, salon.id)).toMatchObject([
    { ...whatIsKnown, status: 'cancelled', created_at, client_id: null },
  ]);
});

it.each(['old', 'new'])(
  'when three appointments turn out to be one, it stays erased if that under “%s” was',
  async (uid) => {
    await deliver(database, booking({ uid: 'first' }));
    for (const each of ['old', 'new']) {
      await insertedByBarkBook(each, each === uid ? zofia.id : jan.id);
      await database.query(
        `update public.calendar_events set attendee_name = null, attendee_email = null,
           description = null where client_id = $1`,
        [jan.id],
      );
    }
    await eraseZofia();
    await deliver(
      database,
      booking({
        trigger: 'BOOKING_RESCHEDULED',
        uid: 'new',
        rescheduleUid: 'old',
        icalUid: 'first@Cal.com',
        attendeeName: 'Zofia Kaczmarek',
        ...at(12),
      }),
    );
    expect(await syncedRows(database, salon.id)).toMatchObject([{
      cal_com_event_id: 'new',
      attendee_name: null,
      erased_at: expect.any(String),
    }]);
  },
);
