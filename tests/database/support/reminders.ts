import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../../support/database.ts';
import { createSalon, type TestSalon } from './salons.ts';

/** Columns of sms_settings. */
export type Settings = Record<string, string | number | boolean | null>;

/** A client with consent, and the ids of their pets by name. */
export type RemindedClient = { id: string; salonId: string; pets: Record<string, string> };

/** An appointment; times are what Postgres reads as timestamptz, such as `2026-11-24 10:00+01`. */
export type Appointment = {
  client?: RemindedClient | null;
  pet?: string;
  start: string;
  created?: string;
  /** The time of its last delivery; the time of booking unless told. */
  lastEvent?: string;
  status?: string | null;
};

/** A message in a readable form, with local times. */
export type MessageRow = {
  id: string;
  salon: string;
  client: string | null;
  status: string;
  reason: string | null;
  /** Such as `11-24 10:00 Reksio`, ascending. */
  appointments: string[];
  sendAt: string;
  notAfter: string;
};

/** What `sms_plan` answers. */
export type PlanAnswer = { planned: number; skipped: number; broken: number };

const LONG_AGO = '2026-01-01 12:00Z';

/** Creates a salon in Warsaw with reminders at 17:00 the day before, unless the settings differ. */
export async function createRemindingSalon(
  database: TestDatabase,
  { name = 'Psia Łapa', timezone = 'Europe/Warsaw', username = null, ...settings }:
    & Settings
    & { name?: string; timezone?: string; username?: string | null } = {},
): Promise<TestSalon> {
  const salon = await createSalon(database, { username, timezone });
  await database.query('update public.salons set name = $2 where id = $1', [salon.id, name]);
  const columns = { salon_id: salon.id, enabled: true, ...settings };
  const values = Object.values(columns);
  await database.query(
    `insert into public.sms_settings (${Object.keys(columns).join(', ')})
     values (${values.map((_, index) => `$${index + 1}`).join(', ')})`,
    values,
  );
  return salon;
}

/** Changes the settings of a salon. */
export async function changeSettings(
  database: TestDatabase,
  salonId: string,
  settings: Settings,
): Promise<void> {
  const columns = Object.keys(settings).map((name, index) => `${name} = $${index + 2}`);
  await database.query(
    `update public.sms_settings set ${columns.join(', ')} where salon_id = $1`,
    [salonId, ...Object.values(settings)],
  );
}

/** Creates a client with consent and a mobile number, unless told. */
export async function createRemindedClient(
  database: TestDatabase,
  salonId: string,
  { name = 'Anna', phone = '600 100 200', consent = true, pets = ['Reksio'] } = {},
): Promise<RemindedClient> {
  const client: RemindedClient = { id: randomUUID(), salonId, pets: {} };
  await database.query(
    `insert into public.clients (id, salon_id, name, surname, phone_number, has_gdpr_consent)
     values ($1, $2, $3, 'Nowak', $4, $5)`,
    [client.id, salonId, name, phone, consent],
  );
  for (const pet of pets) {
    const [row] = await database.query<{ id: string }>(
      'insert into public.pets (salon_id, name) values ($1, $2) returning id',
      [salonId, pet],
    );
    client.pets[pet] = row?.id ?? '';
  }
  return client;
}

/** Inserts an appointment of one hour, as a delivery would; returns its id. */
export async function createAppointment(
  database: TestDatabase,
  salonId: string,
  { client = null, pet, start, created = LONG_AGO, lastEvent = created, status = 'scheduled' }:
    Appointment,
): Promise<string> {
  const id = randomUUID();
  await at(
    database,
    created,
    `insert into public.calendar_events
       (id, cal_com_event_id, salon_id, client_id, pet_id, title, start_time, end_time, status,
        created_at, last_event_at)
     values ($1::uuid, $1::text, $2, $3, $4, 'Strzyżenie', $5, $5::timestamptz + interval '1 hour',
       $6, $7, $8)`,
    [
      id,
      salonId,
      client?.id ?? null,
      pet === undefined ? null : client?.pets[pet] ?? null,
      start,
      status,
      created,
      lastEvent,
    ],
  );
  return id;
}

/** Moves an appointment, as a reschedule at `movedAt` would. */
export async function moveAppointment(
  database: TestDatabase,
  appointmentId: string,
  start: string,
  movedAt: string,
): Promise<void> {
  await at(
    database,
    movedAt,
    `update public.calendar_events
     set start_time = $2, end_time = $2::timestamptz + interval '1 hour', last_event_at = $3
     where id = $1`,
    [appointmentId, start, movedAt],
  );
}

/** Cancels an appointment, as a delivery would: its client did, or the host in Cal.com. */
export async function cancelAppointment(
  database: TestDatabase,
  appointmentId: string,
  { bySalon = false, cancelledAt = LONG_AGO } = {},
): Promise<void> {
  await at(
    database,
    cancelledAt,
    `update public.calendar_events
     set status = 'cancelled', fold_state = jsonb_build_object(
       'claims', '[]'::jsonb, 'status', 'cancelled', 'cancelledBySalon', $2::boolean)
     where id = $1`,
    [appointmentId, bySalon],
  );
}

/** Runs a statement as if it were that time, as a delivery would that arrives then. */
export async function at(
  database: TestDatabase,
  now: string,
  statement: string,
  values: unknown[],
): Promise<void> {
  await database.as('service_role', null, async (client) => {
    await client.query("select set_config('barkbook.app_now', $1, true)", [now]);
    await client.query(statement, values);
  });
}

/** Plans due reminders at a moment, as the job does. */
export async function plan(
  database: TestDatabase,
  now: string,
  after: string | null = null,
): Promise<PlanAnswer> {
  return await database.as('service_role', null, async (client) => {
    const { rows: [answer] } = await client.query<PlanAnswer>(
      'select planned, skipped, broken from public.sms_plan($1, $2)',
      [after, now],
    );
    if (answer === undefined) throw new Error('sms_plan gave no row');
    return answer;
  });
}

/** All messages, ordered by their first appointment, then by client. */
export async function messages(database: TestDatabase): Promise<MessageRow[]> {
  return await database.query<MessageRow>(
    `select m.id, s.name as salon, c.name as client, m.status, m.reason, v.appointments,
       to_char(m.next_attempt_at at time zone s.timezone, 'MM-DD HH24:MI') as "sendAt",
       to_char(m.not_after at time zone s.timezone, 'MM-DD HH24:MI') as "notAfter"
     from public.sms_messages m
     join public.salons s on s.id = m.salon_id
     left join public.clients c on c.id = m.client_id
     cross join lateral (
       select min(k.start_time) as first_start, coalesce(array_agg(
         concat_ws(' ', to_char(k.start_time at time zone s.timezone, 'MM-DD HH24:MI'), p.name)
         order by k.start_time, p.name), '{}') as appointments
       from public.sms_message_events k
       join public.calendar_events e on e.id = k.event_id
       left join public.pets p on p.id = e.pet_id
       where k.message_id = m.id
     ) as v
     order by v.first_start, c.name, s.name, m.created_at, m.id`,
  );
}

/** Empties every table that tests of reminders write to. */
export async function forgetReminders(database: TestDatabase): Promise<void> {
  // Faster than truncating a few rows.
  await database.query(
    `delete from public.salons;
     delete from public.webhook_logs;
     delete from public.sms_message_events;
     delete from public.sms_provider_state;
     delete from public.sms_runs`,
  );
}
