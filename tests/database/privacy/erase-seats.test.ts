import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries } from '../support/calendar-rows.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { callForClient } from '../support/erasure.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { person, slot, TOMASZ, ZOFIA } from '../support/seated-slot.ts';

let database: TestDatabase;
let salon: TestSalon;
let zofia: string;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  await createSalon(database, { username: 'inny-salon' });
});
beforeEach(async () => {
  await database.query('delete from public.clients');
  await forgetDeliveries(database);
  zofia = (await createClient(database, salon.id, { phone: '600700800', email: ZOFIA })).id;
  await deliver(database, slot({ seatId: 'seat-z', ...person(ZOFIA) }), { payload: { a: 1 } });
});
afterAll(() => database.drop());

const erase = () => callForClient(database, 'erase_client', zofia, salon.ownerId);
/** Deliveries that were redacted, by their type and seat. */
const redacted = async () =>
  (await database.query<{ name: string }>(
    `select concat_ws(' ', booking_uid, webhook_type, nullif(seat_id, '')) as name
     from public.webhook_logs where redacted_at is not null order by 1`,
  )).map(({ name }) => name);

it('the erasure of a seat redacts its deliveries and those about the slot that name it', async () => {
  const both = [ZOFIA, TOMASZ].map((email) => ({ email, phone: null, noShow: true }));
  await deliver(database, slot({ trigger: 'BOOKING_NO_SHOW_UPDATED', attendees: both, ...at(11) }));
  await erase();
  expect(await redacted()).toEqual([
    'slot BOOKING_CREATED seat-z',
    'slot BOOKING_NO_SHOW_UPDATED',
  ]);
});

it('the erasure of a seat leaves other seats, bookings, slots and salons as they are', async () => {
  await deliver(database, slot({ seatId: 'seat-t', ...person(TOMASZ) }));
  await deliver(database, booking({ uid: 'plain', attendeeEmail: TOMASZ }));
  await deliver(database, slot({ uid: 'another', seatId: 'seat-t', ...person(TOMASZ) }));
  await deliver(database, booking({ uid: 'theirs', organizerUsername: 'inny-salon' }));
  await deliver(database, booking({ uid: 'unassigned', organizerUsername: 'nowy-salon' }));
  const before = await database.query(
    `select * from public.webhook_logs where seat_id <> 'seat-z' order by id`,
  );
  await erase();
  expect(await redacted()).toEqual(['slot BOOKING_CREATED seat-z']);
  expect(
    await database.query(`select * from public.webhook_logs where seat_id <> 'seat-z' order by id`),
  ).toEqual(before);
});

it('a delivery about the slot is exported with her seat, also if somebody has the same address', async () => {
  await createClient(database, salon.id, { phone: '600700801', email: ZOFIA });
  await database.query(
    `update public.calendar_events set client_id = $1, link_source = 'manual'`,
    [zofia],
  );
  const both = [ZOFIA, TOMASZ].map((email) => ({ email, phone: null, noShow: true }));
  await deliver(database, slot({ trigger: 'BOOKING_NO_SHOW_UPDATED', attendees: both, ...at(11) }));
  const exported = await callForClient<{ webhook_logs: { webhook_type: string }[] }>(
    database,
    'export_client',
    zofia,
    salon.ownerId,
  );
  expect(exported.webhook_logs.map(({ webhook_type }) => webhook_type).toSorted()).toEqual([
    'BOOKING_CREATED',
    'BOOKING_NO_SHOW_UPDATED',
  ]);
  expect(JSON.stringify(exported)).not.toContain(TOMASZ);
});
