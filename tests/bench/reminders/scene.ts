import { readFile } from 'node:fs/promises';
import { withClient } from '../../../local/postgres/client.ts';
import { SUPERUSER } from '../../../local/postgres/logins.ts';
import type { BenchDatabase } from '../database/server.ts';

const DUE = new URL('due.sql', import.meta.url);

/** Ten appointments of each client, in the order that is fastest for the indexes. */
const PAST = `
  create unlogged table past as
  select n, c.salon_id, c.client_id, c.phone, t.start_time,
    t.start_time - interval '1 day' as sent_at,
    (lpad(to_hex(n * 4294), 8, '0') || right(md5('appointment ' || n), 24))::uuid as id
  from (
    select c.salon_id, c.id as client_id, c.phone_number as phone, appointment,
      row_number() over (order by c.id, appointment) as n
    from public.clients c cross join generate_series(1, 10) appointment
  ) c
  cross join lateral (
    select now() - (11 - c.appointment) * interval '30 days'
      + n % 1000 * interval '6 minutes' as start_time
  ) t`;

/** A reminder has the id of its appointment. */
const INSERTS = [
  `insert into public.calendar_events (id, cal_com_event_id, salon_id, client_id, pet_id,
     link_source, title, start_time, end_time, duration_minutes, status, created_at, last_event_at)
   select id, id::text, salon_id, client_id, client_id, 'metadata', 'Strzyżenie', start_time,
     start_time + interval '1 hour', 60, 'completed', start_time - interval '20 days', start_time
   from past`,
  `insert into public.sms_messages (id, salon_id, client_id, local_date, phone_number, phone, body,
     encoding, segments, provider, status, attempts, next_attempt_at, not_after,
     dispatch_started_at, provider_message_id, sent_at, final_at, created_at, updated_at)
   select id, salon_id, client_id, start_time::date, phone, phone,
     'Przypomnienie: wizyta jutro, wtorek 24.11 o 14:00 (Fiona). Psia Lapa', 'GSM-7', 1, 'smsapi',
     'delivered', 1, sent_at, start_time - interval '2 hours', sent_at, 70742940810000000 + n,
     sent_at, sent_at, sent_at, sent_at
   from past`,
  `insert into public.sms_message_events (event_id, start_time, kind, message_id, salon_id)
   select id, start_time, 'reminder', id, salon_id from past`,
];

/** Fills an empty database with a thousand salons, each with a hundred due reminders. */
export async function createDueAppointments(database: BenchDatabase): Promise<void> {
  await load(database, await readFile(DUE, 'utf8'));
}

/** Adds a million past appointments and their messages. */
export async function createRemindedPast(database: BenchDatabase): Promise<void> {
  await load(database, PAST);
  await Promise.all(INSERTS.map((statement) => load(database, statement)));
  await load(database, 'drop table past');
  await load(database, 'vacuum analyze');
}

/** The rows are consistent, so triggers and foreign keys are not needed. */
async function load(database: BenchDatabase, statements: string): Promise<void> {
  await withClient(database.url(SUPERUSER), async (client) => {
    await client.query('set session_replication_role = replica');
    await client.query(statements);
  });
}
