import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { claim } from '../support/outbox.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
  messages,
  plan,
} from '../support/reminders.ts';
import { monday, tuesday } from '../support/scene.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

const NOW = monday('17:00');

let database: TestDatabase;
let broken: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  broken = await salonWithAppointment('Popsuty', 'Adam');
  await salonWithAppointment('Psia Łapa', 'Anna');
  await salonWithAppointment('Psi Raj', 'Jan');
});
afterEach(async () => {
  await database.query('drop trigger if exists fail on sms_messages');
  await closeSessions();
});
afterAll(() => database.drop());

async function salonWithAppointment(name: string, clientName: string): Promise<string> {
  const salon = await createRemindingSalon(database, { name });
  const client = await createRemindedClient(database, salon.id, { name: clientName });
  await createAppointment(database, salon.id, { client, start: tuesday('10:00') });
  return salon.id;
}

/** Makes every write of the broken salon's messages fail. */
async function failWith(statement: string, operation: 'insert' | 'update'): Promise<void> {
  await database.query(
    `create or replace function pg_temp_fail() returns trigger language plpgsql as $$
     begin
       if new.salon_id = '${broken}' then ${statement}; end if;
       return new;
     end $$;
     create trigger fail before ${operation} on sms_messages
       for each row execute function pg_temp_fail()`,
  );
}

const raise = (code: string) => `raise exception 'planted' using errcode = '${code}'`;

async function problems() {
  return await database.query(
    `select salon_id = $1 as broken, problem, problem_since is not null as since
     from sms_settings where problem is not null`,
    [broken],
  );
}

async function planned(): Promise<(string | null)[]> {
  return (await messages(database)).map(({ client }) => client);
}

it.each(['54000', '22001', '23514', '42883', '53200', '57014', 'P0001', 'XX000'])(
  'a salon whose planning raises %s is passed over, and says so',
  async (code) => {
    await failWith(raise(code), 'insert');
    let after: string | null = null;
    do {
      after = await database.as('service_role', null, async (client) => {
        const { rows: [row] } = await client.query('select * from sms_plan($1, $2)', [after, NOW]);
        return row.next_after;
      });
    } while (after !== null);
    expect(await planned()).toEqual(['Anna', 'Jan']);
    expect(await problems()).toEqual([{ broken: true, problem: code, since: true }]);
  },
);

it('a salon that is too slow for the statement timeout ends the call, not the planning', async () => {
  await failWith('perform pg_sleep(30)', 'insert');
  const call = (after: string | null) =>
    database.as('service_role', null, async (client) => {
      await client.query(`set local statement_timeout = '1s'`);
      const { rows: [row] } = await client.query('select * from sms_plan($1, $2)', [after, NOW]);
      return row.next_after;
    });
  for (let after = await call(null); after !== null;) after = await call(after);
  expect(await planned()).toEqual(['Anna', 'Jan']);
  expect(await problems()).toEqual([{ broken: true, problem: '57014', since: true }]);
});

it('the problem keeps the time when it began, and goes when the salon can be planned', async () => {
  await failWith(raise('54000'), 'insert');
  await plan(database, NOW);
  await plan(database, monday('17:05'));
  const [settings] = await database.query<{ since: string }>(
    `select to_char(problem_since at time zone 'Europe/Warsaw', 'HH24:MI') as since
     from sms_settings where salon_id = $1`,
    [broken],
  );
  expect(settings?.since).toBe('17:00');
  await database.query('drop trigger fail on sms_messages');
  expect(await plan(database, monday('17:10'))).toMatchObject({ planned: 1, broken: 0 });
  expect(await problems()).toEqual([]);
});

it('a problem does not count as a change of the settings', async () => {
  const changed = () =>
    database.query('select updated_at from sms_settings where salon_id = $1', [broken]);
  const before = await changed();
  await failWith(raise('54000'), 'insert');
  await plan(database, NOW);
  expect(await changed()).toEqual(before);
});

it.each(['54000', '57014'])(
  'a salon whose messages raise %s when they are claimed waits, the others are claimed',
  async (code) => {
    await plan(database, NOW);
    await failWith(`if new.status = 'leased' then ${raise(code)}; end if`, 'update');
    const claimed = [...await claim(database, NOW), ...await claim(database, NOW)];
    expect(claimed).toHaveLength(2);
    expect(await problems()).toEqual([{ broken: true, problem: code, since: true }]);
    expect(
      await database.query(
        `select status, reason, error_code, attempts,
           to_char(next_attempt_at at time zone 'Europe/Warsaw', 'HH24:MI') as next
         from sms_messages where salon_id = $1`,
        [broken],
      ),
    ).toEqual([
      { status: 'pending', reason: 'passed_over', error_code: code, attempts: 0, next: '17:15' },
    ]);
  },
);

it('many messages of a salon that was passed over do not end a run', async () => {
  const client = { id: '', salonId: broken, pets: {} };
  for (let more = 0; more < 3; more++) {
    client.id = (await createRemindedClient(database, broken)).id;
    await createAppointment(database, broken, { client, start: tuesday('09:00') });
  }
  await plan(database, NOW);
  await failWith(`if new.status = 'leased' then ${raise('54000')}; end if`, 'update');
  const claimed: unknown[] = [];
  let before: number;
  do {
    before = claimed.length;
    claimed.push(...await claim(database, NOW, { limit: 1 }));
  } while (claimed.length > before);
  expect(claimed).toHaveLength(2);
});

it('a message that was passed over is claimed once its salon is well again', async () => {
  await plan(database, NOW);
  await failWith(`if new.status = 'leased' then ${raise('54000')}; end if`, 'update');
  await claim(database, NOW);
  await plan(database, monday('17:05'));
  expect(await problems()).toHaveLength(1);
  await database.query('drop trigger fail on sms_messages');
  expect(await claim(database, monday('17:15'))).toHaveLength(1);
  await plan(database, monday('17:20'));
  expect(await problems()).toEqual([]);
});

it('a client whom somebody holds locked delays only the reminders of their salon', async () => {
  const holder = await openSession(database);
  await holder.query('select from clients where salon_id = $1 for update', [broken]);
  await holder.query('select from sms_settings where salon_id = $1 for update', [broken]);
  expect(await plan(database, NOW)).toEqual({ planned: 2, skipped: 0, broken: 1 });
  await holder.commit();
  expect(await plan(database, NOW)).toEqual({ planned: 1, skipped: 0, broken: 0 });
});

it('the erasure of a client delays only the reminders of their salon', async () => {
  const [client] = await database.query<{ id: string }>(
    'select id from clients where salon_id = $1',
    [broken],
  );
  const eraser = await openSession(database, 'service_role');
  await eraser.query('select erase_client($1)', [client?.id]);
  expect(await plan(database, NOW)).toEqual({ planned: 2, skipped: 0, broken: 1 });
  expect(await problems()).toEqual([{ broken: true, problem: '55P03', since: true }]);
  await eraser.commit();
  expect(await plan(database, NOW)).toEqual({ planned: 0, skipped: 1, broken: 0 });
});

it('while an erasure searches, its salon is planned', async () => {
  const eraser = await openSession(database, 'service_role');
  // What erase_client holds during its search.
  await eraser.query('select private.lock_salon($1)', [broken]);
  expect(await plan(database, NOW)).toEqual({ planned: 3, skipped: 0, broken: 0 });
});
