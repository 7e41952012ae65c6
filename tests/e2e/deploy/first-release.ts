import { createHash, randomUUID } from 'node:crypto';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../../local/processes/run-command.ts';
import { projectRoot } from '../../../local/setup/paths.ts';
import { remote, supabaseCommand, supabaseEnv } from '../../../local/setup/supabase-cli.ts';
import type { TestDatabase } from '../../support/database.ts';

/** The last migration of the first release. */
const LAST_VERSION = '20261128090200';

/** Two salons with data, as the first release left them. */
export type ReleasedData = {
  salonId: string;
  ownerId: string;
  /** The uid of an appointment that takes place in thirty hours. */
  comingUid: string;
};

/** Applies the migrations of the first release with the Supabase CLI, as its deployment did. */
export async function applyFirstRelease(database: TestDatabase): Promise<void> {
  const workdir = await mkdtemp(join(tmpdir(), 'barkbook-release-'));
  try {
    await cp(join(projectRoot, 'supabase'), join(workdir, 'supabase'), { recursive: true });
    const migrations = join(workdir, 'supabase', 'migrations');
    const later = (await readdir(migrations)).filter((name) => name > `${LAST_VERSION}_z`);
    for (const name of later) await rm(join(migrations, name));
    const [program = '', cli = '', , , ...rest] = supabaseCommand(
      'db',
      'push',
      remote(database.url),
    );
    const command = [program, cli, '--workdir', workdir, ...rest, '--yes'];
    const { ok, output } = await runCommand(command, { env: supabaseEnv(join(workdir, 'home')) });
    if (!ok) throw new Error(output);
  } finally {
    await rm(workdir, { recursive: true, force: true });
  }
}

/**
 * Fills the database in the words of the first release: its columns, and what its functions took.
 * Nothing here may change with the schema.
 */
export async function fillFirstRelease(database: TestDatabase): Promise<ReleasedData> {
  const data = { salonId: randomUUID(), ownerId: randomUUID(), comingUid: 'uid-coming' };
  await createPeople(database, data);
  await createSettings(database, data.salonId);
  await deliver(database, booked('uid-past', -50));
  await deliver(database, { ...booked('uid-past', -50), trigger: 'MEETING_ENDED' });
  await deliver(database, booked('uid-cancelled', 60));
  await deliver(database, {
    ...booked('uid-cancelled', 60),
    trigger: 'BOOKING_CANCELLED',
    cancellationReason: 'Choroba',
  });
  await deliver(database, booked(data.comingUid, 30));
  await deliver(database, booked('uid-told', 28, '600 100 300'));
  await deliver(database, { ...booked('uid-unknown', 40), trigger: 'BOOKING_CANCELLED' });
  await tell(database, data.salonId);
  return data;
}

async function createPeople(
  database: TestDatabase,
  { salonId, ownerId }: ReleasedData,
): Promise<void> {
  await database.query(`insert into auth.users (id, email) values ($1, 'hania@salon.example')`, [
    ownerId,
  ]);
  await database.query(
    `insert into public.salons (id, user_id, name, cal_com_username, timezone)
     values ($1, $2, 'Psi Styl', 'psi-styl', 'Europe/Warsaw')`,
    [salonId, ownerId],
  );
  await database.query(
    `with client as (
       insert into public.clients (salon_id, name, surname, phone_number, has_gdpr_consent)
       values ($1, 'Anna', 'Nowak', '600 100 200', true), ($1, 'Jan', 'Lis', '600 100 300', true)
       returning id
     ), pet as (
       insert into public.pets (salon_id, name, allergies)
       values ($1, 'Reksio', 'owies'), ($1, 'Burek', null) returning id
     )
     insert into public.client_pets (client_id, pet_id)
     select c.id, p.id
     from (select id, row_number() over () from client) c
     join (select id, row_number() over () from pet) p using (row_number)`,
    [salonId],
  );
}

async function createSettings(database: TestDatabase, salonId: string): Promise<void> {
  await database.query(
    `insert into public.sms_settings
       (salon_id, enabled, mode, hours_before, quiet_from, quiet_to, delay_after_booking, template)
     values ($1, true, 'hours_before', 36, '00:00', '00:00', '0', 'Do zobaczenia {{when}}, {{pets}}')`,
    [salonId],
  );
  await database.query(
    `insert into public.sms_opt_outs (salon_id, phone, source)
    values ($1, '+48600100400', 'salon')`,
    [salonId],
  );
}

/** One message that was delivered, about the appointment uid-told. */
async function tell(database: TestDatabase, salonId: string): Promise<void> {
  await database.query(
    `with message as (
       insert into public.sms_messages
         (salon_id, client_id, local_date, phone_number, phone, body, encoding, segments, provider,
          status, next_attempt_at, not_after, dispatch_started_at, maybe_sent_since,
          provider_message_id, sent_at, final_at)
       select $1, e.client_id, current_date + 1, '600 100 300', '+48600100300', 'Do zobaczenia', 'GSM-7',
         1, 'smsapi', 'delivered', now(), now() + interval '1 day', now(), now(), 'm-1', now(), now()
       from public.calendar_events e where e.cal_com_event_id = 'uid-told'
       returning id
     )
     insert into public.sms_message_events (event_id, start_time, kind, message_id, salon_id)
     select e.id, e.start_time, 'reminder', m.id, $1
     from message m, public.calendar_events e where e.cal_com_event_id = 'uid-told'`,
    [salonId],
  );
}

/** A booking so many hours from now, as the function of the first release passed it on. */
export function booked(uid: string, hours: number, phone = '600 100 200') {
  const start = new Date((Math.floor(Date.now() / 3_600_000) + hours) * 3_600_000);
  return {
    trigger: 'BOOKING_CREATED',
    uid,
    rescheduleUid: null as string | null,
    seated: false,
    seatId: null,
    wholeSlot: false,
    occurredAt: new Date(Date.now() - 3 * 86_400_000).toISOString(),
    organizerUsername: 'psi-styl',
    hostUsername: 'psi-styl',
    hostName: 'Hania',
    clientId: null,
    petId: null,
    startTime: start.toISOString(),
    endTime: new Date(start.getTime() + 3_600_000).toISOString(),
    title: 'Strzyżenie',
    description: 'Proszę krótko',
    location: null,
    meetingUrl: null,
    attendeeName: 'Anna Nowak',
    attendeeEmail: null,
    attendeePhone: phone,
    icalUid: `${uid}@Cal.com`,
    cancellationReason: null as string | null,
    awaitingConfirmation: false,
    recurring: false,
    attendees: [],
  };
}

/** Delivers it; returns what became of it. */
export async function deliver(
  database: TestDatabase,
  booking: ReturnType<typeof booked>,
): Promise<string | undefined> {
  const text = JSON.stringify(booking);
  const key = createHash('sha256').update(text).digest('hex');
  return await database.as('service_role', null, async (client) => {
    const { rows } = await client.query<{ action: string }>(
      'select action from public.upsert_calendar_event($1, $2, $3, $4)',
      [key, booking.trigger, JSON.stringify({ triggerEvent: booking.trigger }), text],
    );
    return rows[0]?.action;
  });
}
