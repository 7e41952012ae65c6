import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../../../local/postgres/client.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { functionsWhere } from '../support/inventory.ts';
import {
  type Appointment,
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
} from '../support/reminders.ts';
import { monday, tuesday } from '../support/scene.ts';

const NOW = monday('17:00');

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createRemindingSalon(database);
});
afterAll(() => database.drop());

/** The rows that a statement returns to the role, without a commit. */
async function asWorker(statement: string, now = NOW): Promise<unknown[]> {
  return await withClient(database.url, async (client) => {
    await client.query('begin');
    await client.query('set local role sms_worker');
    await client.query(`set local barkbook.app_now = '${now}'`);
    return (await client.query(statement)).rows;
  });
}

/** Creates a client with one appointment, and counts what the role sees of them. */
async function visible(appointment: Partial<Appointment>, of = salon) {
  const client = await createRemindedClient(database, of.id, { name: 'Ewa', pets: ['Azor'] });
  const eventId = await createAppointment(database, of.id, {
    client,
    pet: 'Azor',
    start: tuesday('11:00'),
    ...appointment,
  });
  const [row] = await asWorker(
    `select (select count(*)::int from public.calendar_events where id = '${eventId}') as appointments,
       (select count(*)::int from public.clients where id = '${client.id}') as clients,
       (select count(*)::int from public.pets where id = '${client.pets['Azor']}') as pets`,
  );
  return row;
}

const everything = { appointments: 1, clients: 1, pets: 1 };
const nothing = { appointments: 0, clients: 0, pets: 0 };

describe('sms_worker sees an appointment with its client and pet', () => {
  it.each<[string, Partial<Appointment>]>([
    ['that is scheduled', { status: 'scheduled' }],
    ['that is confirmed', { status: 'confirmed' }],
    ['that is about to begin', { start: monday('17:01') }],
    ['that is almost nine days ahead', { start: '2026-12-02 16:59+01' }],
  ])('%s', async (_name, appointment) => {
    expect(await visible(appointment)).toEqual(everything);
  });
});

describe('sms_worker sees neither appointment, client nor pet', () => {
  it.each<[string, Partial<Appointment>]>([
    ['when it has begun', { start: monday('17:00') }],
    ['when it is long past', { start: '2026-01-07 11:00+01' }],
    ['when it is nine days ahead', { start: '2026-12-02 17:00+01' }],
    ['when it is not confirmed yet', { status: 'pending' }],
    ['when it is cancelled', { status: 'cancelled' }],
    ['when it is completed', { status: 'completed' }],
    ['when it is a no-show', { status: 'no_show' }],
    ['when it has no status', { status: null }],
  ])('%s', async (_name, appointment) => {
    expect(await visible(appointment)).toEqual(nothing);
  });

  it('when the salon has switched reminders off', async () => {
    const off = await createRemindingSalon(database, { enabled: false });
    expect(await visible({}, off)).toEqual(nothing);
    expect(await asWorker(`select id from public.salons where id = '${off.id}'`)).toEqual([]);
    expect(await asWorker(`select mode from public.sms_settings where salon_id = '${off.id}'`))
      .toEqual([]);
  });

  it('when the salon never set reminders up', async () => {
    const without = await createSalon(database, { username: null });
    expect(await visible({}, without)).toEqual(nothing);
    expect(await asWorker(`select id from public.salons where id = '${without.id}'`)).toEqual([]);
  });
});

describe('sms_worker sees an appointment that a client is told of at once', () => {
  const changed = (event: string, kind: string) =>
    database.query(
      `insert into private.sms_changes (event_id, kind, salon_id, happened_at)
       values ($1, $2, $3, $4)`,
      [event, kind, salon.id, NOW],
    );
  const sees = async (id: string) =>
    (await asWorker(`select from public.calendar_events where id = '${id}'`)).length;

  it.each([
    ['booked weeks ahead', { start: '2026-12-24 11:00+01' }, 'booked', 1],
    ['moved weeks ahead', { start: '2026-12-24 11:00+01' }, 'moved', 1],
    ['cancelled by the salon', { status: 'cancelled' }, 'cancelled', 1],
    ['booked and cancelled by the client: not', { status: 'cancelled' }, 'booked', 0],
    ['completed: not', { status: 'completed' }, 'booked', 0],
    ['past: not', { start: monday('10:00') }, 'moved', 0],
  ])('%s', async (_name, appointment, kind, seen) => {
    const id = await createAppointment(database, salon.id, {
      start: tuesday('11:00'),
      ...appointment,
    });
    await changed(id, kind);
    expect(await sees(id)).toBe(seen);
  });
});

it('sms_worker sees the settings of a salon without reminders while a test is queued', async () => {
  const off = await createRemindingSalon(database, { enabled: false });
  const [test] = await database.query<{ id: string }>(
    `insert into public.sms_messages (salon_id, kind, local_date, next_attempt_at, not_after)
     values ($1, 'test', '2026-11-24', now(), now()) returning id`,
    [off.id],
  );
  const settings = `select mode from public.sms_settings where salon_id = '${off.id}'`;
  expect(await asWorker(settings)).toHaveLength(1);
  await database.query(`update public.sms_messages set status = 'sent' where id = $1`, [test?.id]);
  expect(await asWorker(settings)).toEqual([]);
});

it('sms_worker reads the messages of no salon to find those that test', async () => {
  const off = await createRemindingSalon(database, { enabled: false });
  await database.query(
    `insert into sms_messages (salon_id, local_date, status, next_attempt_at, not_after)
     select $1, '2026-01-01', 'sent', now(), now() from generate_series(1, 5000)`,
    [off.id],
  );
  await database.query('analyze sms_messages');
  const plan = await asWorker('explain select id from salons');
  expect(JSON.stringify(plan)).not.toContain('sms_messages');
});

it('sms_worker sees no client and no pet without a future appointment', async () => {
  const client = await createRemindedClient(database, salon.id, { pets: ['Burek'] });
  expect(await asWorker(`select id from public.clients where id = '${client.id}'`)).toEqual([]);
  expect(await asWorker(`select id from public.pets where id = '${client.pets['Burek']}'`))
    .toEqual([]);
});

it.each([
  ['the payloads of deliveries', 'select payload from public.webhook_logs'],
  ['which deliveries there are', 'select id from public.webhook_logs'],
  ['the uids of appointments', 'select * from public.calendar_event_uids'],
  ['the attendees’ e-mail addresses', 'select attendee_email from public.calendar_events'],
  ['the attendees’ phone numbers', 'select attendee_phone from public.calendar_events'],
  [
    'the description of an appointment',
    'select description from public.calendar_events',
  ],
  ['a client’s e-mail address', 'select email from public.clients'],
  ['a client’s address', 'select address from public.clients'],
  ['a client’s surname', 'select surname from public.clients'],
  ['a pet’s health', 'select health_issues, allergies, notes from public.pets'],
  ['the owner of a salon', 'select user_id from public.salons'],
  ['the members of a salon', 'select * from public.salon_members'],
  ['the clients of a pet', 'select * from public.client_pets'],
  ['the users', 'select id from auth.users'],
  ['the secrets', 'select decrypted_secret from vault.decrypted_secrets'],
])('sms_worker cannot read %s', async (_name, statement) => {
  await expect(asWorker(statement)).rejects.toThrow(/^permission denied/);
});

it.each([
  `update public.calendar_events set status = 'cancelled'`,
  'delete from public.calendar_events',
  `update public.clients set phone_number = '1'`,
  `update public.salons set name = 'x'`,
  'update public.sms_settings set enabled = true',
  'delete from public.sms_messages',
  'delete from public.sms_runs',
  'create table public.mine ()',
  'create table private.mine ()',
])('sms_worker cannot: %s', async (statement) => {
  await expect(asWorker(statement)).rejects.toThrow(/^permission denied/);
});

it('sms_worker cannot sign in, has no special rights, and only postgres can become it', async () => {
  const [role] = await database.query(
    `select rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb
         or rolreplication or rolinherit as can_anything,
       array(select distinct m.member::regrole::text from pg_auth_members m
         where m.roleid = r.oid) as members,
       array(select m.roleid::regrole::text from pg_auth_members m
         where m.member = r.oid) as member_of
     from pg_roles r where rolname = 'sms_worker'`,
  );
  expect(role).toEqual({ can_anything: false, members: ['postgres'], member_of: [] });
});

it('sms_worker owns the functions that the job calls, and nothing else', async () => {
  const owned = await functionsWhere(database, `p.proowner = 'sms_worker'::regrole`);
  expect(owned.map((signature) => signature.replace(/\(.*/, ''))).toEqual([
    'public.sms_apply_receipts',
    'public.sms_begin_dispatch',
    'public.sms_claim',
    'public.sms_finish_run',
    'public.sms_plan',
    'public.sms_preview',
    'public.sms_record_opt_out',
    'public.sms_recover_and_expire',
    'public.sms_settle',
    'public.sms_start_run',
    'public.sms_withdraw_opt_out',
  ]);
  expect(await functionsWhere(database, `p.prosecdef and p.proname like 'sms%'`)).toEqual(owned);
  const [other] = await database.query(
    `select count(*)::int as things from pg_shdepend d
     where d.refobjid = 'sms_worker'::regrole and d.deptype = 'o' and d.dbid = (
         select oid from pg_database where datname = current_database())
       and d.classid <> 'pg_proc'::regclass`,
  );
  expect(other).toEqual({ things: 0 });
});
