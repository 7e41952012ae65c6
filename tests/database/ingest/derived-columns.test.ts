import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';

let database: TestDatabase;
let salon: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createTenant(database, 'psi-styl');
});
afterAll(() => database.drop());

async function changed(change: string) {
  const [event] = await database.query(
    `update calendar_events set ${change} where id = $1 returning *`,
    [salon.eventId],
  );
  return event;
}

describe('the duration of an appointment', () => {
  it('follows a change of its times', async () => {
    expect(await changed(`end_time = start_time + interval '75 minutes'`))
      .toMatchObject({ duration_minutes: 75 });
  });

  it('is computed from its times, whatever is written', async () => {
    expect(
      await changed(`duration_minutes = 5, end_time = start_time + interval '2 hours'`),
    ).toMatchObject({ duration_minutes: 120 });
  });

  it('is computed on insert', async () => {
    const [inserted] = await database.query(
      `insert into calendar_events (cal_com_event_id, title, start_time, end_time)
       values ('new', 'Wizyta', '2026-10-25 00:30Z', '2026-10-25 02:15Z')
       returning duration_minutes`,
    );
    expect(inserted).toEqual({ duration_minutes: 105 });
  });
});

it.each(['salons', 'calendar_events'])(
  'updated_at of %s is the time of the last update',
  async (table) => {
    const rows = await database.query(
      `update ${table} set updated_at = '2020-01-01' returning updated_at = now() as touched`,
    );
    expect(new Set(rows.map(({ touched }) => touched))).toEqual(new Set([true]));
  },
);

describe('the source of a client link', () => {
  const assign = (role: 'authenticated' | 'service_role') =>
    database.as(role, salon.ownerId, async (client) => {
      await client.query('savepoint before');
      const { rows } = await client.query(
        'update calendar_events set client_id = $1 where id = $2 returning link_source',
        [salon.otherClientId, salon.eventId],
      );
      await client.query('rollback to savepoint before');
      return rows;
    });

  it('is manual after a member assigned the client', async () => {
    expect(await assign('authenticated')).toEqual([{ link_source: 'manual' }]);
  });

  it('is unchanged after service_role assigned the client', async () => {
    expect(await assign('service_role')).toEqual([{ link_source: 'metadata' }]);
  });
});
