import { randomUUID } from 'node:crypto';
import { withClient } from '../../../local/postgres/client.ts';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import type { TestDatabase } from '../../support/database.ts';
import { booking, createSalon, deliver, type TestSalon } from './booking.ts';

/** Zofia, as she wrote herself into the salon's book. */
export const ZOFIA = {
  name: 'Zofia',
  surname: 'Kaczmarek',
  phone: '+48 501 220 314',
  email: 'Zofia@Poczta.example',
} as const;

/** What must be found nowhere once she is erased. */
export const TRACES = ['501220314', 'zofia@poczta.example', 'kaczmarek', 'zofia'];

/** A salon in whose book Zofia is, with everything it may hold of her. */
export type Book = { salon: TestSalon; clientId: string; petId: string; sharedPetId: string };

/** What a delivery about her says. */
export const ofZofia = (overrides: Partial<CalendarBooking> = {}) =>
  booking({
    title: 'Strzyżenie – Zofia Kaczmarek',
    description: 'Proszę dzwonić: 501-220-314',
    location: '0048501220314',
    meetingUrl: 'https://meet.example/zofia',
    attendeeEmail: 'zofia@poczta.example',
    attendeePhone: '501 220 314',
    attendees: [{ email: 'zofia@poczta.example', phone: '+48501220314', noShow: null }],
    ...overrides,
  });

/** A body as Cal.com sends it, much shortened. */
export const bodyOf = (name: string, phone: string) => ({
  triggerEvent: 'BOOKING_CREATED',
  payload: { attendees: [{ name, phoneNumber: phone }] },
});

/** Opens a book: Zofia with her pet and one she shares with Jan, and nothing else yet. */
export async function createBook(database: TestDatabase, username: string): Promise<Book> {
  const salon = await createSalon(database, { username });
  const [clientId, janId, petId, sharedPetId] = [1, 2, 3, 4].map(() => randomUUID());
  await database.query(
    `with people as (
       insert into public.clients (id, salon_id, name, surname, phone_number, email, address)
       values ($1, $2, $3, $4, $5, $6, 'ul. Zofia Kaczmarek 1'),
         ($7, $2, 'Jan', 'Nowak', '600 700 800', 'jan@poczta.example', null)
     )
     insert into public.pets (id, salon_id, name, notes)
     values ($8, $2, 'Fiona', 'Pies pani Zofia Kaczmarek'),
       ($9, $2, 'Borys', 'Odbiera też +48 501.220.314')`,
    [
      ...[clientId, salon.id, ZOFIA.name, ZOFIA.surname, ZOFIA.phone, ZOFIA.email],
      ...[janId, petId, sharedPetId],
    ],
  );
  await database.query(
    `insert into public.client_pets (client_id, pet_id)
     values ($1, $2), ($1, $3), ($4, $3)`,
    [clientId, petId, sharedPetId, janId],
  );
  return { salon, clientId: clientId ?? '', petId: petId ?? '', sharedPetId: sharedPetId ?? '' };
}

/** Fills a book with all that can come to be known of her. */
export async function fillBook(
  database: TestDatabase,
  { salon, clientId, petId }: Book,
  username: string,
) {
  const host = { organizerUsername: username };
  const her = { ...host, clientId, petId };
  const payload = bodyOf('Zofia Kaczmarek', '+48 501 220 314');
  const tell = (overrides: Partial<CalendarBooking>) =>
    deliver(database, ofZofia({ ...host, ...overrides }), { payload });
  const on = (day: number) => ({ occurredAt: `2026-09-0${day}T10:00:00.000Z` });

  // An appointment that was moved and cancelled, and one whose link a member took away again.
  await tell({ ...her, uid: `${username}-1` });
  await tell({
    ...her,
    ...on(2),
    trigger: 'BOOKING_RESCHEDULED',
    uid: `${username}-2`,
    rescheduleUid: `${username}-1`,
  });
  await tell({
    ...on(3),
    trigger: 'BOOKING_CANCELLED',
    uid: `${username}-2`,
    cancellationReason: 'Zofia jest chora',
  });
  await tell({ uid: `${username}-unlinked` });
  await database.query(
    `update public.calendar_events set client_id = null, link_source = null
     where cal_com_event_id = $1`,
    [`${username}-unlinked`],
  );
  // What waits for a booking, and what could not be read.
  await tell({ trigger: 'MEETING_ENDED', uid: `${username}-never-came` });
  await database.query(
    `insert into public.webhook_logs (salon_id, webhook_type, payload, status, action)
     values ($1, 'unknown', '{"raw": "tel. (501) 220 314 <zofia@poczta.example>"}', 'error',
       'invalid')`,
    [salon.id],
  );
  // An appointment of Jan's to which she comes along.
  await deliver(
    database,
    booking({
      ...host,
      uid: `${username}-jan`,
      description: 'Przyjdzie zofia@poczta.example, 501 220 314',
      attendeeEmail: 'jan@poczta.example',
      attendees: [
        { email: 'jan@poczta.example', phone: null, noShow: null },
        { email: 'zofia@poczta.example', phone: null, noShow: null },
      ],
    }),
    { payload },
  );
  await database.query(
    `insert into public.calendar_events
       (cal_com_event_id, salon_id, client_id, title, start_time, end_time, attendee_phone)
     values ($3, $1, $2, 'Zofia Kaczmarek', '2026-01-01 10:00Z', '2026-01-01 11:00Z',
       '+48501220314')`,
    [salon.id, clientId, `${username}-barkbook`],
  );
  await database.query(
    `insert into public.sms_messages
       (salon_id, client_id, local_date, phone_number, phone, body, status, next_attempt_at,
        not_after)
     select $1, $2, '2026-09-15', '501 220 314', '+48501220314', 'Zofia, do jutra!', s, now(), now()
     from unnest(array['sent', 'pending']) as s`,
    [salon.id, clientId],
  );
  await database.query(
    `insert into public.sms_opt_outs (salon_id, phone) values ($1, '+48501220314')`,
    [salon.id],
  );
}

/** Calls a function of one uuid as an owner, or as service_role. */
export async function callAs<T = Record<string, number>>(
  database: TestDatabase,
  name: 'erase_client' | 'export_client',
  clientId: string,
  ownerId: string | null,
): Promise<T> {
  const role = ownerId === null ? 'service_role' : 'authenticated';
  return await database.as(role, ownerId, async (client) => {
    const { rows } = await client.query(`select public.${name}($1) as answer`, [clientId]);
    return rows[0].answer;
  });
}

/**
 * Where a trace of her is left: `schema.table.column` for every column that can hold text, in every
 * schema of ours and of the extensions that we hand data to.
 */
export async function columnsWithTraces(database: TestDatabase): Promise<string[]> {
  return await withClient(database.adminUrl, async (client) => {
    const { rows: columns } = await client.query<{ name: string; query: string }>(
      `select format('%s.%s.%s', n.nspname, c.relname, a.attname) as name,
         format($q$select exists (
           select from %I.%I where lower(%I::text) ~ any ($1)
             or regexp_replace(%I::text, '[^0-9]', '', 'g') ~ any ($1)) as found$q$,
           n.nspname, c.relname, a.attname, a.attname) as query
       from pg_class c
       join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       join pg_type t on t.oid = a.atttypid
       where n.nspname in ('public', 'private', 'net', 'cron', 'vault') and c.relkind in ('r', 'p')
         and (t.typcategory = 'S' or t.typname in ('json', 'jsonb', '_text', '_varchar', 'bytea'))
       order by 1`,
    );
    const found: string[] = [];
    for (const { name, query } of columns) {
      const { rows } = await client.query<{ found: boolean }>(query, [TRACES]);
      if (rows[0]?.found) found.push(name);
    }
    return found;
  });
}
