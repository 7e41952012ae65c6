import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { deliver } from '../support/booking.ts';
import { bodyOf, type Book, callAs, createBook, fillBook, ofZofia } from '../support/erasure.ts';
import { person, slot, TOMASZ, ZOFIA } from '../support/seated-slot.ts';

type Row = Record<string, unknown>;
type Export = Record<string, Row[]> & { client: Row; salon: Row };

let database: TestDatabase;
let ours: Book;
let exported: Export;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createBook(database, 'psi-styl');
  await fillBook(database, ours, 'psi-styl');
  const theirs = await createBook(database, 'inny-salon');
  await fillBook(database, theirs, 'inny-salon');
  await deliver(database, slot({ seatId: 'seat-z', ...person(ZOFIA) }));
  await deliver(
    database,
    slot({
      trigger: 'BOOKING_NO_SHOW_UPDATED',
      attendees: [ZOFIA, TOMASZ].map((email) => ({ email, phone: null, noShow: true })),
    }),
  );
  exported = await callAs<Export>(database, 'export_client', ours.clientId, ours.salon.ownerId);
});
afterAll(() => database.drop());

it('the profile is in it, and whose it is', () => {
  expect(exported.client).toMatchObject({ name: 'Zofia', phone_number: '+48 501 220 314' });
  expect(exported.salon).toEqual({ name: 'Salon', address: null });
});

it('all pets are in it, shared ones too', () => {
  expect(exported['pets']?.map(({ name }) => name)).toEqual(['Borys', 'Fiona']);
});

it('all appointments are in it, the unlinked ones with the same contact too', () => {
  expect(exported['calendar_events']?.map((row) => row['cal_com_event_id']).toSorted()).toEqual([
    'psi-styl-2',
    'psi-styl-barkbook',
    'psi-styl-unlinked',
    'slot#seat-z',
  ]);
});

it('deliveries are in it with what they say', () => {
  expect(exported['webhook_logs']).toContainEqual(
    expect.objectContaining({
      webhook_type: 'BOOKING_CREATED',
      payload: bodyOf('Zofia Kaczmarek', '+48 501 220 314'),
      booking: expect.objectContaining({ title: ofZofia().title }),
    }),
  );
});

it('of what is about others as well only the own entry is in it', () => {
  const text = JSON.stringify(exported);
  expect(text).not.toContain('jan@poczta.example');
  expect(text).not.toContain(TOMASZ);
  expect(exported['webhook_logs']).toContainEqual(
    expect.objectContaining({
      webhook_type: 'BOOKING_NO_SHOW_UPDATED',
      attendees: [{ email: ZOFIA, phone: null, noShow: true }],
    }),
  );
});

it('messages and the wish for none are in it', () => {
  expect(exported['sms_messages']?.map(({ status, body }) => [status, body])).toEqual([
    ['sent', 'Zofia, do jutra!'],
    ['pending', 'Zofia, do jutra!'],
  ]);
  expect(exported['sms_opt_outs']).toMatchObject([{ phone: '+48501220314', source: 'salon' }]);
});

it('nothing of another salon is in it', () => {
  expect(JSON.stringify(exported)).not.toContain('inny-salon');
});

it('an export changes nothing', async () => {
  expect(await callAs(database, 'export_client', ours.clientId, null))
    .toEqual({ ...exported, exported_at: expect.any(String) });
});

it('what no salon has yet is not for an owner to read', async () => {
  await database.query(
    `insert into public.webhook_logs (webhook_type, payload, status, action)
     values ('unknown', '{"raw": "zofia@poczta.example: tajemnica"}', 'error', 'invalid')`,
  );
  const read = async (ownerId: string | null) =>
    JSON.stringify(await callAs(database, 'export_client', ours.clientId, ownerId));
  expect(await read(ours.salon.ownerId)).not.toContain('tajemnica');
  expect(await read(null)).toContain('tajemnica');
});
