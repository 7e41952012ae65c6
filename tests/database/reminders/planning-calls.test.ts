import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  forgetReminders,
} from '../support/reminders.ts';
import { monday, tuesday } from '../support/scene.ts';

const NOW = monday('17:00');

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => forgetReminders(database));
afterAll(() => database.drop());

type Answer = { planned: number; next_after: string | null };

/** Calls `sms_plan` once; where the next call resumes is told apart from the end by a null. */
async function callPlan(after: string | null): Promise<Answer> {
  return await database.as('service_role', null, async (client) => {
    const { rows: [row] } = await client.query<Answer>(
      'select planned, next_after from public.sms_plan($1, $2)',
      [after, NOW],
    );
    if (row === undefined) throw new Error('no answer');
    return row;
  });
}

/** Salons with one reminder that is due, in the order in which they are planned. */
async function dueSalons(count: number): Promise<string[]> {
  for (let number = 0; number < count; number++) {
    const salon = await createRemindingSalon(database, { name: `Salon ${number}` });
    const client = await createRemindedClient(database, salon.id);
    await createAppointment(database, salon.id, { client, start: tuesday('10:00') });
  }
  const salons = await database.query<{ id: string }>('select id from public.salons order by id');
  return salons.map(({ id }) => id);
}

it('a call plans the salons after the given one', async () => {
  const [first = ''] = await dueSalons(3);
  expect(await callPlan(first)).toEqual({ planned: 2, next_after: null });
  expect(await callPlan(null)).toEqual({ planned: 1, next_after: null });
});

it('a call takes at most 200 salons, and the next one resumes after them', async () => {
  await dueSalons(1);
  // Salons without appointments, which are looked at because of an earlier problem.
  await database.query(
    `with salon as (
       insert into public.salons (name) select 'Salon ' || n from generate_series(1, 201) n
       returning id
     )
     insert into public.sms_settings (salon_id, enabled, problem, problem_since)
     select id, true, '54000', now() from salon`,
  );
  const left = async () =>
    (await database.query('select from public.sms_settings where problem is not null')).length;
  const { next_after } = await callPlan(null);
  expect(next_after).not.toBeNull();
  expect(await left()).toBeGreaterThan(0);
  for (let after = next_after; after !== null;) after = (await callPlan(after)).next_after;
  expect(await left()).toBe(0);
});

it('a call that took two seconds ends with the salon that it was planning', async () => {
  const [first = '', ...others] = await dueSalons(3);
  await database.query(
    `create function pg_temp_wait() returns trigger language plpgsql as $$
     begin
       if new.salon_id = '${first}' then perform pg_sleep(2.1); end if;
       return new;
     end $$;
     create trigger wait before insert on public.sms_messages
       for each row execute function pg_temp_wait()`,
  );
  try {
    expect(await callPlan(null)).toEqual({ planned: 1, next_after: first });
    expect(await callPlan(first)).toEqual({ planned: others.length, next_after: null });
  } finally {
    await database.query('drop trigger wait on public.sms_messages; drop function pg_temp_wait()');
  }
});
