import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries } from '../support/calendar-rows.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';

let database: TestDatabase;
let salon: TestSalon;
let other: TestSalon;
let eventId: string;

const NEWCOMER = {
  attendeeName: ' Anna  Maria Nowak ',
  attendeePhone: '600 700 800',
  attendeeEmail: 'anna@poczta.example',
};

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  other = await createSalon(database, { username: 'inny-salon' });
});
beforeEach(async () => {
  await forgetDeliveries(database);
  for (const table of ['clients', 'pets', 'salon_activity']) {
    await database.query(`delete from public.${table}`);
  }
  eventId = (await deliver(database, booking(NEWCOMER))).event_id ?? '';
});
afterAll(() => database.drop());

type Added = { client_id: string; pet_id: string | null; is_new: boolean };
const add = async (petName: string | null = null, userId = salon.ownerId) => {
  const { rows } = await database.as(
    'authenticated',
    userId,
    (client) =>
      client.query<Added>('select * from add_client_from_booking($1, $2)', [eventId, petName]),
  );
  return rows[0];
};
const clients = () => database.query('select * from clients');
const appointment = () =>
  database.query('select client_id, pet_id, link_source from calendar_events');

it('adds a client with the name, phone and e-mail of the booking, without consent', async () => {
  expect(await add()).toMatchObject({ is_new: true, pet_id: null });
  expect(await clients()).toMatchObject([{
    salon_id: salon.id,
    name: 'Anna',
    surname: 'Maria Nowak',
    phone_number: '+48600700800',
    email: 'anna@poczta.example',
    has_gdpr_consent: false,
  }]);
});

it('adds the pet that is named, and assigns both by hand', async () => {
  const added = await add(' Fiona ');
  expect(await database.query('select name from pets')).toEqual([{ name: 'Fiona' }]);
  expect(await appointment()).toEqual([
    { client_id: added?.client_id, pet_id: added?.pet_id, link_source: 'manual' },
  ]);
});

it('adds nothing when it is repeated', async () => {
  const added = await add('Fiona');
  expect(await add('fiona')).toEqual({ ...added, is_new: false });
  expect(await database.query('select from pets')).toHaveLength(1);
});

it('adds the client once when two members do it at the same time', async () => {
  const added = await Promise.all([add('Fiona'), add('Fiona'), add('Fiona')]);
  expect(added.filter((one) => one?.is_new)).toHaveLength(1);
  expect(await clients()).toHaveLength(1);
  expect(await database.query('select from pets')).toHaveLength(1);
});

it('records who added and assigned the client', async () => {
  await add();
  expect(
    await database.query('select action, actor_id from salon_activity order by created_at, action'),
  )
    .toEqual([
      { action: 'add_client', actor_id: salon.ownerId },
      { action: 'assign', actor_id: salon.ownerId },
    ]);
});

describe('a client whom the salon has', () => {
  it('is assigned by phone in any spelling, with their only pet', async () => {
    const known = await createClient(database, salon.id, { phone: '+48600700800', email: null });
    expect(await add()).toEqual({
      client_id: known.id,
      pet_id: known.petIds[0],
      is_new: false,
    });
  });

  it('is assigned by e-mail', async () => {
    const known = await createClient(database, salon.id, { email: NEWCOMER.attendeeEmail });
    expect(await add()).toMatchObject({ client_id: known.id });
  });

  it('has to be chosen if several have the phone', async () => {
    for (const email of ['a@x.pl', 'b@x.pl']) {
      await createClient(database, salon.id, { phone: '600700800', email });
    }
    await expect(add()).rejects.toMatchObject({ code: 'PT409', hint: 'Choose one of them.' });
  });

  it('is not one of another salon', async () => {
    await createClient(database, other.id, { phone: '600700800' });
    expect(await add()).toMatchObject({ is_new: true });
  });
});

it.each([{ attendeeName: null }, { attendeePhone: null }])(
  'a booking without enough to add a client is refused: %o',
  async (missing) => {
    await database.query('delete from calendar_events');
    const uid = 'uid-incomplete';
    eventId = (await deliver(database, booking({ ...NEWCOMER, uid, ...missing }))).event_id ?? '';
    await expect(add()).rejects.toMatchObject({ code: 'PT422' });
  },
);

it('an appointment of another salon does not exist', async () => {
  await expect(add(null, other.ownerId)).rejects.toMatchObject({ code: 'PT404' });
  expect(await clients()).toEqual([]);
});
