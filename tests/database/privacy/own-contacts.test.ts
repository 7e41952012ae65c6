import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createAppointment } from '../support/reminders.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';

// By which contacts a client is searched for, and which appointments these find.
let database: TestDatabase;
let salon: TestSalon;
let other: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.query('delete from public.webhook_logs; delete from public.salons');
  salon = await createSalon(database, { username: 'psi-styl' });
  other = await createSalon(database, { username: 'inny' });
});
afterAll(() => database.drop());

const PHONE = '+48501220314';
const EMAIL = 'zofia@poczta.example';

const ownContacts = async (id: string) =>
  (await database.query(
    `select own.phone, own.email, own.hint is not null as searched, own.pattern is not null as found
     from public.clients c cross join lateral private.unique_contacts(c) own where c.id = $1`,
    [id],
  ))[0];

describe('the contacts of the hosts', () => {
  const hostContacts = async () =>
    (await database.query<{ contact: string }>(
      'select unnest(private.host_contacts($1)) as contact order by contact',
      [salon.id],
    )).map(({ contact }) => contact);
  const name = (userId: string, email: string) =>
    database.query('update auth.users set email = $2 where id = $1', [userId, email]);
  const log = (salonId: string, payload: object, redacted = false) =>
    database.query(
      `insert into public.webhook_logs (salon_id, webhook_type, payload, status, redacted_at)
       values ($1, 'BOOKING_CREATED', $2, 'success', case when $3 then now() end)`,
      [salonId, JSON.stringify(payload), redacted],
    );

  it('are those of its accounts', async () => {
    await name(salon.ownerId, 'Owner@Salon.example');
    const { ownerId: staffId } = await createSalon(database, { username: 'trzeci' });
    await name(staffId, 'Staff@Salon.example');
    await database.query(
      `insert into public.salon_members (salon_id, user_id, role) values ($1, $2, 'staff')`,
      [salon.id, staffId],
    );
    await name(other.ownerId, 'owner@other.example');
    expect(await hostContacts()).toEqual(['owner@salon.example', 'staff@salon.example']);
  });

  it('are those that its deliveries give of the host, while they are kept', async () => {
    await name(salon.ownerId, 'owner@salon.example');
    await log(salon.id, {
      payload: {
        organizer: { email: 'A@host.example', phoneNumber: '501 000 001' },
        user: { email: 'B@host.example' },
        userPrimaryEmail: 'C@host.example',
        hosts: [{ email: 'D@host.example' }],
        destinationCalendar: [{ primaryEmail: 'E@host.example' }],
        attendees: [{ email: EMAIL }],
      },
    });
    await log(salon.id, { user: { email: 'F@host.example' } });
    await log(salon.id, { user: { email: 'redacted@host.example' } }, true);
    await log(other.id, { user: { email: 'other@host.example' } });
    const addresses = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `${letter}@host.example`);
    expect((await hostContacts()).toSorted())
      .toEqual(['+48501000001', 'owner@salon.example', ...addresses].toSorted());
  });
});

describe('a client is searched for', () => {
  it('by number and e-mail, whatever the case and the spaces around it', async () => {
    const { id } = await createClient(database, salon.id, { email: ' Zofia@Poczta.Example ' });
    expect(await ownContacts(id))
      .toEqual({ phone: PHONE, email: EMAIL, searched: true, found: true });
  });

  it('by nothing if there is nothing', async () => {
    const { id } = await createClient(database, salon.id, { phone: 'brak', email: null });
    expect(await ownContacts(id))
      .toEqual({ phone: null, email: null, searched: false, found: false });
  });

  it.each([
    ['number', { phone: '501 220 314', email: 'jan@poczta.example' }, {
      phone: null,
      email: EMAIL,
    }],
    ['e-mail', { phone: '600 700 800', email: 'ZOFIA@poczta.example' }, {
      phone: PHONE,
      email: null,
    }],
    ['name', { phone: '600 700 800', email: 'jan@poczta.example' }, {
      phone: PHONE,
      email: EMAIL,
    }],
  ])('not by a %s that another client of the salon has as well', async (_what, jan, expected) => {
    const { id } = await createClient(database, salon.id, { email: EMAIL });
    await createClient(database, salon.id, jan);
    expect(await ownContacts(id)).toMatchObject(expected);
  });

  it('by what a client of another salon has as well', async () => {
    const { id } = await createClient(database, salon.id);
    await createClient(database, other.id);
    expect(await ownContacts(id)).toMatchObject({ phone: PHONE, email: EMAIL });
  });
});

describe('the appointments of a client are', () => {
  const found = async (id: string, phone: string | null, email: string | null) =>
    (await database.query<{ id: string }>(
      `select unnest(private.client_appointments(c, $2, $3)) as id
       from public.clients c where c.id = $1`,
      [id, phone, email],
    )).map(({ id: appointment }) => appointment);
  const book = async (changes: Record<string, unknown>, salonId = salon.id) => {
    const id = await createAppointment(database, salonId, { start: '2026-11-24 09:00Z' });
    for (const [column, value] of Object.entries(changes)) {
      await database.query(`update public.calendar_events set ${column} = $2 where id = $1`, [
        id,
        value,
      ]);
    }
    return id;
  };

  it('those that are linked, unless they are erased or another client’s', async () => {
    const { id } = await createClient(database, salon.id);
    const jan = await createClient(database, salon.id, { phone: '600 700 800', email: null });
    const linked = await book({ client_id: id });
    await book({ client_id: id, erased_at: '2026-11-24 10:00Z' });
    await book({ client_id: jan.id, attendee_email: EMAIL, attendee_phone: PHONE });
    await book({});
    expect(await found(id, PHONE, EMAIL)).toEqual([linked]);
  });

  it.each([
    ['the e-mail', { attendee_email: 'Zofia@Poczta.example' }],
    ['the number', { attendee_phone: '501 220 314' }],
  ])('those without a link that have %s, in any spelling, in the salon', async (_what, contact) => {
    const { id } = await createClient(database, salon.id);
    const unlinked = await book(contact);
    await book({ attendee_email: 'jan@poczta.example', attendee_phone: '600 700 800' });
    await book(contact, other.id);
    expect(await found(id, PHONE, EMAIL)).toEqual([unlinked]);
  });

  it('those with the number and the e-mail that is the client’s own, too', async () => {
    const { id } = await createClient(database, salon.id);
    const hers = await book({ attendee_phone: PHONE, attendee_email: EMAIL });
    expect(await found(id, PHONE, null)).toEqual([hers]);
  });

  it('not those with the number if the e-mail is another client’s of the salon', async () => {
    const { id } = await createClient(database, salon.id);
    await createClient(database, salon.id, { phone: '600 700 800', email: 'Jan@poczta.example' });
    await createClient(database, other.id, { phone: '600 700 801', email: 'ewa@poczta.example' });
    await book({ attendee_phone: PHONE, attendee_email: 'JAN@poczta.example' });
    const hers = await book({ attendee_phone: PHONE, attendee_email: 'ewa@poczta.example' });
    expect(await found(id, PHONE, null)).toEqual([hers]);
  });
});
