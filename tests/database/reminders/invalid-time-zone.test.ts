import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import type { TestSalon } from '../support/salons.ts';
import {
  createAppointment,
  createRemindedClient,
  createRemindingSalon,
  messages,
  plan,
} from '../support/reminders.ts';

const MONDAY_17 = '2026-11-23 17:00+01';

let database: TestDatabase;
let broken: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  broken = await salonWithAppointment('Popsuty', 'Adam');
  await salonWithAppointment('Psia Łapa', 'Anna');
  await salonWithAppointment('Psi Raj', 'Jan');
});
afterAll(() => database.drop());

async function salonWithAppointment(name: string, clientName: string): Promise<TestSalon> {
  const salon = await createRemindingSalon(database, { name });
  const client = await createRemindedClient(database, salon.id, { name: clientName });
  await createAppointment(database, salon.id, { client, start: '2026-11-24 10:00+01' });
  return salon;
}

const setZone = (zone: string) =>
  database.query('update salons set timezone = $2 where id = $1', [broken.id, zone]);
const problem = async () => {
  const [settings] = await database.query<{ problem: string | null }>(
    'select problem from sms_settings where salon_id = $1',
    [broken.id],
  );
  return settings?.problem;
};

it('a salon cannot choose a time zone that does not exist', async () => {
  await expect(setZone('Europe/Warszawa')).rejects.toMatchObject({
    constraint: 'salons_timezone_is_valid',
  });
});

it('a zone that was removed from Postgres stops the reminders of its salon only', async () => {
  // As when an update of Postgres drops a zone that was valid when it was chosen.
  await database.query('alter table salons drop constraint salons_timezone_is_valid');
  await setZone('Europe/Warszawa');
  expect(await plan(database, MONDAY_17)).toEqual({ planned: 2, skipped: 0, broken: 1 });
  const planned = await database.query<{ client: string }>(
    `select c.name as client from sms_messages m join clients c on c.id = m.client_id order by 1`,
  );
  expect(planned).toEqual([{ client: 'Anna' }, { client: 'Jan' }]);
  expect(await problem()).toBe('22023');
});

it('the preview reports the salon and shows the reminders of the others', async () => {
  const rows = await database.as('service_role', null, async (client) => {
    await client.query('delete from sms_messages');
    const { rows } = await client.query(
      `select salon_name, client_name, skip_reason from sms_preview(p_now => $1)
       order by client_name`,
      [MONDAY_17],
    );
    return rows;
  });
  expect(rows).toEqual([
    { salon_name: 'Psia Łapa', client_name: 'Anna', skip_reason: null },
    { salon_name: 'Psi Raj', client_name: 'Jan', skip_reason: null },
    { salon_name: 'Popsuty', client_name: null, skip_reason: 'broken_settings' },
  ]);
});

it('a salon with a corrected zone reminds again without a problem', async () => {
  await setZone('Europe/Warsaw');
  await plan(database, MONDAY_17);
  expect(await messages(database)).toMatchObject([
    { client: 'Adam' },
    { client: 'Anna' },
    { client: 'Jan' },
  ]);
  expect(await problem()).toBeNull();
});
