import { randomUUID } from 'node:crypto';
import { cancelled } from '../../../cli/simulator/deliveries/events.ts';
import { bookToday, deliver } from './cal-com.ts';
import { createSalon, sql, type TestSalon } from './salon.ts';

const CLIENTS = [
  ['Zofia', 'Kaczmarek', '+48 501 220 314', 'Fiona', 'maltańczyk', 'szampon z owsem', null],
  ['Tomasz', 'Gołąb', '602 118 540', 'Borys', 'sznaucer', null, 'padaczka'],
  ['Halina', 'Ćwik', '884 002 917', 'Reksio', 'kundelek', null, null],
  ['Jan', 'Wójcik', '512 300 118', 'Mila', 'pudel', null, 'chora trzustka, bez smakołyków'],
  ['Ewa', 'Lis', '691 440 205', 'Tofik', 'york', 'lawenda', null],
] as const;

const OWNER_EMAIL = 'katarzyna@psi-styl.example';
const SERVICES = ['Strzyżenie', 'Trymowanie', 'Kąpiel i pazurki'] as const;

/**
 * Today's appointments: time, client, service, minutes and status. It is between twelve and one, and
 * what is over is folded.
 */
const TODAY = [
  ['08:00', 4, 2, 60, 'completed'],
  ['09:15', 1, 1, 90, 'completed'],
  ['12:00', 0, 0, 60, 'confirmed'],
  ['13:00', 2, 2, 60, 'cancelled'],
  ['14:00', 3, 0, 90, 'confirmed'],
  ['16:00', 2, 0, 60, 'scheduled'],
] as const;

/** A salon in the middle of a usual day, with a history, for pictures of the dashboard. */
export async function createDemoSalon(): Promise<TestSalon> {
  const salon = await createSalon();
  salon.owner.email = OWNER_EMAIL;
  await sql('update auth.users set email = $2 where id = $1', [salon.owner.id, OWNER_EMAIL]);
  await sql('delete from pets where salon_id = $1', [salon.id]);
  await sql('delete from clients where salon_id = $1', [salon.id]);
  const dogs = [];
  for (const client of CLIENTS) dogs.push(await addDog(salon.id, client));
  await addAppointments(salon, dogs, [...todaysAppointments(), ...otherAppointments()]);
  await addReminders(salon, dogs);
  await addDeliveries(salon.id);
  // A cancellation of an unknown booking is deferred and can be replayed.
  await deliver(cancelled, bookToday(salon, '18:00'));
  return salon;
}

type Dog = { clientId: string; petId: string };

async function addDog(salonId: string, client: typeof CLIENTS[number]): Promise<Dog> {
  const [name, surname, phone, dog, breed, allergies, health] = client;
  const [clientId, petId] = [randomUUID(), randomUUID()];
  await sql(
    `insert into clients (id, salon_id, name, surname, phone_number, has_gdpr_consent)
     values ($1, $2, $3, $4, $5, true)`,
    [clientId, salonId, name, surname, phone],
  );
  await sql(
    `insert into pets (id, salon_id, name, type, breed, allergies, health_issues)
     values ($1, $2, $3, 'dog', $4, $5, $6)`,
    [petId, salonId, dog, breed, allergies, health],
  );
  await sql('insert into client_pets (client_id, pet_id) values ($1, $2)', [clientId, petId]);
  return { clientId, petId };
}

type DemoAppointment = {
  /** Days from today. */
  day: number;
  time: string;
  who: number;
  service: number;
  minutes: number;
  status: string;
};

function todaysAppointments(): DemoAppointment[] {
  return TODAY.map(([time, who, service, minutes, status]) => ({
    day: 0,
    ...{ time, who, service, minutes, status },
  }));
}

/** Some appointments on each day of the last two months and the next week. */
function otherAppointments(): DemoAppointment[] {
  return Array.from({ length: 67 }, (_, index) => index - 60)
    .filter((day) => day !== 0)
    .flatMap((day) =>
      Array.from({ length: 2 + Math.abs(day * 5) % 4 }, (_, turn) => ({ day, turn }))
    )
    .map(({ day, turn }) => {
      const seed = Math.abs(day * 7 + turn * 3);
      const past = seed % 13 === 0 ? 'cancelled' : seed % 19 === 0 ? 'no_show' : 'completed';
      return {
        day,
        time: `${String(9 + turn * 2).padStart(2, '0')}:00`,
        who: seed % CLIENTS.length,
        service: seed % SERVICES.length,
        minutes: 75,
        status: day < 0 ? past : 'scheduled',
      };
    });
}

async function addAppointments(
  { id, timeZone }: TestSalon,
  dogs: Dog[],
  appointments: DemoAppointment[],
): Promise<void> {
  const rows = appointments.map(({ who, service, ...appointment }) => ({
    ...appointment,
    ...dogs[who],
    title: SERVICES[service],
  }));
  await sql(
    `insert into calendar_events (cal_com_event_id, salon_id, client_id, pet_id, title, start_time,
       end_time, status, cancellation_reason, created_at, synced_at)
     select gen_random_uuid(), $1, "clientId", "petId", title, starts_at,
       starts_at + make_interval(mins => minutes), status,
       case status when 'cancelled' then 'Pies jest chory' end, booked_at,
       booked_at + make_interval(secs => 0.4 + abs(day * 7 + minutes) % 11 / 10.0)
     from jsonb_to_recordset($2) as v (day integer, time time, title text, minutes integer,
       status text, "clientId" uuid, "petId" uuid)
     cross join lateral (
       select ((now() at time zone $3)::date + day + time) at time zone $3 as starts_at
     ) s
     cross join lateral (select least(starts_at - interval '9 days', now()) as booked_at) b`,
    [id, JSON.stringify(rows), timeZone],
  );
}

/** The deliveries of the last day. */
async function addDeliveries(salonId: string): Promise<void> {
  await sql(
    `insert into webhook_logs (salon_id, webhook_type, payload, status, action, created_at,
       processed_at, duration_ms)
     select $1, 'BOOKING_CREATED', '{}', 'success', 'applied', at, at, 4 + n % 7
     from generate_series(1, 38) n
     cross join lateral (select now() - make_interval(mins => 25 * n + n * n % 90) as at) t`,
    [salonId],
  );
}

async function addReminders({ id, timeZone }: TestSalon, dogs: Dog[]): Promise<void> {
  await sql('insert into sms_settings (salon_id, enabled) values ($1, true)', [id]);
  const outcomes = [
    ['delivered', null],
    ['skipped', 'no_consent'],
    ['delivered', null],
    ['failed', null],
    ['sent', null],
  ] as const;
  for (const [index, [status, reason]] of outcomes.entries()) {
    const phone = CLIENTS[index]?.[2] ?? '';
    await sql(
      `insert into sms_messages (salon_id, client_id, local_date, phone_number, body, segments,
         provider, status, reason, error_code, next_attempt_at, not_after, sent_at)
       values ($1, $2, (now() at time zone $3)::date, $4, $5, 1, 'smsapi', $6, $7, $8,
         now() - interval '19 hours', now(), now() - interval '19 hours')`,
      [
        id,
        dogs[index]?.clientId,
        timeZone,
        phone,
        reason ? null : 'Przypomnienie: wizyta jutro o 11:30 (Fiona). Psi Styl',
        status,
        reason,
        status === 'failed' ? '13' : null,
      ],
    );
  }
  await sql(
    `insert into sms_message_events (event_id, start_time, kind, message_id, salon_id)
     select e.id, e.start_time, 'reminder', m.id, m.salon_id
     from sms_messages m
     join calendar_events e on e.salon_id = m.salon_id and e.client_id = m.client_id
       and (e.start_time at time zone $2)::date = m.local_date
     where m.salon_id = $1
     on conflict do nothing`,
    [id, timeZone],
  );
}
