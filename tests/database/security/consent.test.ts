import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';

let database: TestDatabase;
let salon: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createTenant(database, 'psi-styl');
});
afterAll(() => database.drop());

/** Changes the client as a member or as the operator; returns the consent, which is undone. */
async function after(changes: string[], userId: string | null = salon.staffId) {
  return await database.as(userId ? 'authenticated' : 'service_role', userId, async (client) => {
    await client.query('savepoint before');
    for (const change of changes) {
      await client.query(`update clients set ${change} where id = $1`, [salon.clientId]);
    }
    const { rows: [row] } = await client.query(
      `select has_gdpr_consent as given, gdpr_consent_date = now() as now,
         to_char(gdpr_consent_date at time zone 'UTC', 'YYYY-MM-DD') as day,
         gdpr_consent_source as source, gdpr_consent_recorded_by as by
       from clients where id = $1`,
      [salon.clientId],
    );
    await client.query('rollback to savepoint before');
    return row;
  });
}

const GIVEN = 'has_gdpr_consent = true';

it('a consent that a member records has its time, source and who recorded it', async () => {
  expect(await after([GIVEN])).toMatchObject({
    given: true,
    now: true,
    source: 'salon',
    by: salon.staffId,
  });
});

it('a consent that the operator records says so', async () => {
  expect(await after([GIVEN], null)).toMatchObject({ now: true, source: 'operator', by: null });
});

it('a consent may have been given earlier, but not later than now', async () => {
  expect(await after([`${GIVEN}, gdpr_consent_date = '2026-01-02'`]))
    .toMatchObject({ day: '2026-01-02', source: 'salon' });
  expect(await after([`${GIVEN}, gdpr_consent_date = now() + interval '1 day'`]))
    .toMatchObject({ now: true });
});

it('what was recorded of a consent cannot be changed', async () => {
  expect(
    await after([
      `${GIVEN}, gdpr_consent_date = '2026-01-02'`,
      `${GIVEN}, gdpr_consent_date = '2025-01-01', gdpr_consent_source = 'operator',
         gdpr_consent_recorded_by = null`,
    ]),
  ).toMatchObject({ day: '2026-01-02', source: 'salon', by: salon.staffId });
});

it('a consent that is withdrawn leaves nothing, and a new one is recorded anew', async () => {
  const withdrawn = [`${GIVEN}, gdpr_consent_date = '2026-01-02'`, 'has_gdpr_consent = false'];
  expect(await after(withdrawn)).toEqual({
    given: false,
    now: null,
    day: null,
    source: null,
    by: null,
  });
  expect(await after([...withdrawn, GIVEN])).toMatchObject({ now: true });
});
