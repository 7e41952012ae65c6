import { randomUUID } from 'node:crypto';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import type { TestDatabase } from '../../support/database.ts';
import { booking, deliver } from './deliveries.ts';
import { createSalon, type TestSalon } from './salons.ts';

/** Zofia, as she is stored as a client. */
export const ZOFIA = {
  name: 'Zofia',
  surname: 'Kaczmarek',
  phone: '+48 501 220 314',
  email: 'Zofia@Poczta.example',
} as const;

/** A salon with Zofia as a client, a pet of hers, and a pet that she shares with Jan. */
export type ZofiasSalon = {
  salon: TestSalon;
  clientId: string;
  petId: string;
  sharedPetId: string;
};

/** A booking of hers, with her contact in every text. */
export const zofiasBooking = (overrides: Partial<CalendarBooking> = {}) =>
  booking({
    title: 'Strzyżenie – Zofia Kaczmarek',
    description: 'Proszę dzwonić: 501-220-314',
    location: '0048501220314',
    meetingUrl: 'https://meet.example/zofia',
    attendeeName: 'Zofia Kaczmarek',
    attendeeEmail: 'zofia@poczta.example',
    attendeePhone: '501 220 314',
    attendees: [{ email: 'zofia@poczta.example', phone: '+48501220314', noShow: null }],
    ...overrides,
  });

/** A shortened payload of Cal.com. */
export const payloadNaming = (name: string, phone: string) => ({
  triggerEvent: 'BOOKING_CREATED',
  payload: { attendees: [{ name, phoneNumber: phone }] },
});

/** Creates a salon with Zofia, her pet and the shared pet, and no other data. */
export async function createZofiasSalon(
  database: TestDatabase,
  username: string,
): Promise<ZofiasSalon> {
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

/** Adds every kind of data that a salon can have about Zofia. */
export async function addZofiasData(
  database: TestDatabase,
  { salon, clientId, petId }: ZofiasSalon,
  username: string,
) {
  const host = { organizerUsername: username };
  const her = { ...host, clientId, petId };
  const payload = payloadNaming('Zofia Kaczmarek', '+48 501 220 314');
  const deliverHers = (overrides: Partial<CalendarBooking>) =>
    deliver(database, zofiasBooking({ ...host, ...overrides }), { payload });
  const on = (day: number) => ({ occurredAt: `2026-09-0${day}T10:00:00.000Z` });

  // An appointment that was moved and cancelled, and one whose link a member removed.
  await deliverHers({ ...her, uid: `${username}-1` });
  await deliverHers({
    ...her,
    ...on(2),
    trigger: 'BOOKING_RESCHEDULED',
    uid: `${username}-2`,
    rescheduleUid: `${username}-1`,
  });
  await deliverHers({
    ...on(3),
    trigger: 'BOOKING_CANCELLED',
    uid: `${username}-2`,
    cancellationReason: 'Zofia jest chora',
  });
  await deliverHers({ uid: `${username}-unlinked` });
  await database.query(
    `update public.calendar_events
     set client_id = null, link_source = null, salon_note = 'Dzwonić do Zofii: 501220314'
     where cal_com_event_id = $1`,
    [`${username}-unlinked`],
  );
  // A deferred delivery, and one that could not be parsed.
  await deliverHers({ trigger: 'MEETING_ENDED', uid: `${username}-never-came` });
  await database.query(
    `insert into public.webhook_logs (salon_id, webhook_type, payload, status, action)
     values ($1, 'unknown', '{"raw": "tel. (501) 220 314 <zofia@poczta.example>"}', 'error',
       'invalid')`,
    [salon.id],
  );
  // An appointment of Jan's that she attends as a guest.
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
     from unnest(array['sent', 'pending']::sms_message_status[]) as s`,
    [salon.id, clientId],
  );
  await database.query(
    `insert into public.sms_inbox (salon_id, client_id, phone, body)
     values ($1, $2, '+48501220314', 'Zofia tu, spóźnię się')`,
    [salon.id, clientId],
  );
  await database.query(
    `insert into public.sms_opt_outs (salon_id, phone) values ($1, '+48501220314')`,
    [salon.id],
  );
}

/** What an erasure of Zofia counts when she has all of {@link addZofiasData}. */
export const ZOFIAS_COUNTS = {
  clients: 1,
  pets: 1,
  client_pets: 2,
  calendar_events: 3,
  webhook_logs: 7,
  sms_messages: 2,
  sms_inbox: 1,
  sms_opt_outs: 1,
};

/**
 * Deletes clients by a statement that has already lasted two seconds, so that their deliveries are
 * left to the job.
 */
export async function deleteLate(database: TestDatabase, clientIds: string[]): Promise<void> {
  await database.query(
    `do $$begin
       perform pg_sleep(2);
       delete from public.clients where id = any ('{${clientIds.join()}}');
     end$$`,
  );
}

/** Erases or exports a client as an owner, or as service_role without one. */
export async function callForClient<T = Record<string, number>>(
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
