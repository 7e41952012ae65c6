import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { claim, claimWithin, SMSAPI } from '../support/outbox.ts';
import {
  changeSettings,
  createRemindingSalon,
  forgetReminders,
  plan,
  type Settings,
} from '../support/reminders.ts';
import { monday, tuesday } from '../support/scene.ts';
import { sendDue } from '../support/send-due.ts';

const NOW = monday('17:00');

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => forgetReminders(database));
afterAll(() => database.drop());

/** A salon with an appointment of as many clients on Tuesday, each with a phone of their own. */
async function busySalon(clients: number, settings: Settings = {}): Promise<string> {
  const { id } = await createRemindingSalon(database, settings);
  await database.query(
    `with client as (
       insert into public.clients (salon_id, name, surname, phone_number, has_gdpr_consent)
       select $1, 'Anna', 'Nowak', (600100000 + n)::text, true from generate_series(1, $2) as n
       returning id
     )
     insert into public.calendar_events
       (cal_com_event_id, salon_id, client_id, title, start_time, end_time, created_at)
     select id::text, $1, id, 'Strzyżenie', $3, $3::timestamptz + interval '1 hour', '2026-01-01'
     from client`,
    [id, clients, tuesday('11:00')],
  );
  return id;
}

/** Makes the messages of a salon due before all others. */
async function makeOverdue(salonId: string): Promise<void> {
  await database.query(
    `update sms_messages set next_attempt_at = next_attempt_at - interval '1 hour'
     where salon_id = $1`,
    [salonId],
  );
}

async function claimedOf(salonId: string, now = NOW): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::integer from sms_messages
     where salon_id = $1 and status = 'leased' and lease_until > $2`,
    [salonId, now],
  );
  return row?.count ?? 0;
}

/** Plans all salons, in as many calls as that takes on a busy machine. */
async function planAll(): Promise<void> {
  let after: string | null = null;
  do {
    const answers: { next_after: string | null }[] = await database.query(
      'select next_after from public.sms_plan($1, $2)',
      [after, NOW],
    );
    after = answers[0]?.next_after ?? null;
  } while (after !== null);
}

describe('a claim takes', () => {
  it('from each salon first, whatever another has had due for longer', async () => {
    const crowded = await busySalon(100, { daily_cap: 0 });
    const quiet = [await busySalon(2), await busySalon(1)];
    await planAll();
    await makeOverdue(crowded);
    expect(await claim(database, NOW)).toHaveLength(25);
    expect(await Promise.all([crowded, ...quiet].map((id) => claimedOf(id)))).toEqual([22, 2, 1]);
  });

  it('one message of a salon when there are as many salons as it has room for', async () => {
    const salons = [await busySalon(50)];
    for (let more = 0; more < 4; more++) salons.push(await busySalon(3));
    await planAll();
    await makeOverdue(salons[0] ?? '');
    expect(await claim(database, NOW, { limit: 5 })).toHaveLength(5);
    expect(await Promise.all(salons.map((id) => claimedOf(id)))).toEqual([1, 1, 1, 1, 1]);
  });

  it('all that is due of one salon while the messages of others wait', async () => {
    const due = await busySalon(30);
    for (let more = 0; more < 30; more++) await busySalon(1, { send_at_local: '16:30' });
    await planAll();
    await database.query(
      `update sms_messages set next_attempt_at = 'infinity' where salon_id <> $1`,
      [due],
    );
    expect(await claim(database, NOW)).toHaveLength(25);
    expect(await claim(database, NOW)).toHaveLength(5);
  });

  it('what another run has not locked', async () => {
    await busySalon(20);
    await busySalon(20);
    await planAll();
    await database.as('service_role', null, async (client) => {
      await claimWithin(client, NOW, SMSAPI, 25);
      expect(await claim(database, NOW)).toHaveLength(15);
    });
  });

  it('one of each small salon in the end, though as many are crowded', async () => {
    for (let n = 0; n < 20; n++) await makeOverdue(await busySalon(20));
    const small: string[] = [];
    for (let n = 0; n < 20; n++) small.push(await busySalon(1));
    await planAll();
    for (let n = 0; n < 8; n++) await claim(database, NOW, { limit: 30 });
    expect(await Promise.all(small.map((id) => claimedOf(id)))).toEqual(small.map(() => 1));
  });
});

describe('what a setting cannot correct is not planned again', () => {
  const save = (salonId: string) =>
    database.query(
      `update sms_settings set template = template || '!', updated_at = '${monday('17:30')}'
       where salon_id = $1`,
      [salonId],
    );

  it.each([
    ['daily_cap', { daily_cap: 1 }],
    ['cap', { monthly_cap: 1 }],
  ])('when the settings are saved: %s', async (reason, limit) => {
    const salon = await busySalon(3, limit);
    await plan(database, NOW);
    expect((await sendDue(database, NOW)).toSorted()).toEqual([reason, reason, 'go']);
    await save(salon);
    expect(await plan(database, monday('17:40'))).toMatchObject({ planned: 0, skipped: 0 });
  });

  it('when the settings are saved after three SMS to a phone', async () => {
    const salon = await busySalon(4);
    await database.query(`update clients set phone_number = '600 100 200'`);
    await plan(database, NOW);
    expect((await sendDue(database, NOW)).toSorted()).toEqual(['client_limit', 'go', 'go', 'go']);
    await save(salon);
    expect(await plan(database, monday('17:40'))).toMatchObject({ planned: 0, skipped: 0 });
  });

  it('when the other limit is raised', async () => {
    const salon = await busySalon(3, { daily_cap: 1, monthly_cap: 2 });
    await plan(database, NOW);
    await sendDue(database, NOW);
    await changeSettings(database, salon, { monthly_cap: null, updated_at: monday('17:30') });
    expect(await plan(database, monday('17:40'))).toMatchObject({ planned: 0 });
    await changeSettings(database, salon, { daily_cap: 2, monthly_cap: 2 });
    expect(await plan(database, monday('17:45'))).toMatchObject({ planned: 2 });
  });

  it.each(['no_phone', 'not_mobile', 'country_blocked'])(
    'when the settings are saved after a number could not be used: %s',
    async (problem) => {
      const salon = await busySalon(1);
      await plan(database, NOW);
      expect(await sendDue(database, NOW, { problem })).toEqual([problem]);
      await save(salon);
      expect(await plan(database, monday('17:40'))).toMatchObject({ planned: 0, skipped: 0 });
    },
  );
});
