import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { callForClient } from '../support/erasure.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';

const [PHONE, EMAIL] = ['+48501220314', 'zofia@poczta.example'];
const COLUMNS = [
  ...['title', 'description', 'location', 'meeting_url', 'cancellation_reason', 'salon_note'].map(
    (column) => `calendar_events.${column}`,
  ),
  ...['notes', 'preferences', 'allergies', 'health_issues'].map((column) => `pets.${column}`),
  'clients.address',
];

let database: TestDatabase;
let ours: TestSalon;
let theirs: TestSalon;
let zofia: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.query('truncate public.salons cascade; truncate public.calendar_events cascade');
  ours = await createSalon(database, { username: 'ours' });
  theirs = await createSalon(database, { username: 'theirs' });
  for (const salon of [ours, theirs]) await createNeighbour(salon);
  zofia = (await createClient(database, ours.id, { phone: PHONE, email: EMAIL, pets: 0 })).id;
});
afterAll(() => database.drop());

/** Another client of a salon, with a pet and an appointment that BarkBook wrote. */
async function createNeighbour({ id: salonId }: TestSalon): Promise<void> {
  const jan = { phone: '600700800', email: 'jan@poczta.example' };
  const { id, petIds } = await createClient(database, salonId, jan);
  await database.query(
    `insert into public.calendar_events (cal_com_event_id, salon_id, client_id, pet_id, title,
       start_time, end_time, attendee_email)
     values ($1::uuid::text, $1, $2, $3, 'Wizyta', now(), now() + interval '1 hour', $4)`,
    [salonId, id, petIds[0], jan.email],
  );
}

const write = (column: string, text: string) => {
  const [table, name] = column.split('.');
  const others = table === 'clients' ? `where email <> '${EMAIL}'` : '';
  return database.query(`update public.${table} set ${name} = $1 ${others}`, [text]);
};
const read = async (column: string, { id }: TestSalon) => {
  const [table, name] = column.split('.');
  const rows = await database.query(
    `select ${name} as text from public.${table} where salon_id = $1`,
    [
      id,
    ],
  );
  return rows.map(({ text }) => text);
};
const erase = () => callForClient(database, 'erase_client', zofia, ours.ownerId);

const MENTION = `Zadzwonić: ${EMAIL}, ${PHONE} albo 501 220 314, potem kąpiel`;
const ERASED = 'Zadzwonić: [usunięto], [usunięto] albo [usunięto], potem kąpiel';

it.each(COLUMNS)(
  'a mention in another row’s %s is erased, the rest of the text stays',
  async (column) => {
    await write(column, MENTION);
    await erase();
    expect(await read(column, ours)).toEqual([ERASED]);
    expect(await read(column, theirs)).toEqual([MENTION]);
  },
);

it('a mention in what BarkBook had written before the first delivery is erased', async () => {
  const columns = COLUMNS.filter((column) => column.startsWith('calendar_events.'));
  for (const column of columns) await write(column, MENTION);
  await write('calendar_events.attendee_email', EMAIL);
  await write('calendar_events.attendee_phone', PHONE);
  const uid = ours.id;
  await deliver(database, booking({ trigger: 'BOOKING_PAID', uid, organizerUsername: 'ours' }));
  await erase();
  const [base] = await database.query(
    `select b.* from public.calendar_events e, jsonb_to_record(e.fold_state -> 'base') as b
       (title text, description text, location text, meeting_url text, cancellation_reason text,
         attendee_email text, attendee_phone text)
     where e.salon_id = $1`,
    [ours.id],
  );
  expect(base).toEqual({
    ...{ title: ERASED, description: ERASED, location: ERASED, meeting_url: ERASED },
    ...{ cancellation_reason: ERASED, attendee_email: null, attendee_phone: null },
  });
});

it.each(['attendee_email', 'attendee_phone'])(
  'the %s of an appointment of another client is erased if it is hers, and only then',
  async (column) => {
    const contact = column === 'attendee_email' ? EMAIL : PHONE;
    const [email] = await read('calendar_events.attendee_email', ours);
    await write('calendar_events.attendee_phone', '600700800');
    await write(`calendar_events.${column}`, contact);
    await erase();
    expect([
      await read('calendar_events.attendee_email', ours),
      await read('calendar_events.attendee_phone', ours),
    ]).toEqual(column === 'attendee_email' ? [[null], ['600700800']] : [[email], [null]]);
    expect(await read(`calendar_events.${column}`, theirs)).toEqual([contact]);
  },
);

it('what mentions nobody is not written', async () => {
  await database.query('update public.pets set notes = null, allergies = $1', ['kurczak']);
  const versions = async () =>
    await database.query(
      `select xmin from public.pets union all select xmin from public.calendar_events
       union all select xmin from public.clients where email <> $1`,
      [EMAIL],
    );
  const before = await versions();
  await erase();
  expect(await versions()).toEqual(before);
});
