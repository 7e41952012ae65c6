import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { attempt, type Caller, signedIn } from '../support/attempt.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';

let database: TestDatabase;
let ours: Tenant;
let service: Caller;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createTenant(database, 'psi-styl');
  service = { role: 'service_role', userId: null };
  await database.query('update salon_members set role = $1 where user_id = $2', [
    'owner',
    ours.staffId,
  ]);
});
afterAll(() => database.drop());

it('a co-owner of two salons cannot take the reminder settings, and the sender name, along', async () => {
  await database.query(`update sms_settings set sender = 'PsiStyl'`);
  expect(
    await attempt(
      database,
      signedIn(ours.staffId),
      `update sms_settings set salon_id = '${ours.bareSalonId}'
       where salon_id = '${ours.salonId}'`,
    ),
  ).toBe('denied');
});

it('an upsert that sets the salon to its own value still works', async () => {
  expect(
    await attempt(
      database,
      signedIn(ours.ownerId),
      `insert into sms_settings (salon_id, enabled) values ('${ours.salonId}', true)
       on conflict (salon_id) do update
       set salon_id = excluded.salon_id, enabled = excluded.enabled`,
    ),
  ).toBe('yes');
});

describe('nobody can change whose the row is, not even service_role:', () => {
  it.each([
    ['salons', 'id = gen_random_uuid()'],
    ['salon_members', 'user_id = gen_random_uuid()'],
    ['salon_members', 'salon_id = $bare'],
    ['clients', 'salon_id = $bare'],
    ['pets', 'salon_id = $bare'],
    ['sms_settings', 'salon_id = $bare'],
    ['sms_opt_outs', 'salon_id = $bare'],
    ['calendar_feeds', 'salon_id = $bare'],
    ['calcom_sync_state', 'salon_id = $bare'],
  ])('%s, %s', async (table, change) => {
    const key = table === 'salons' ? 'id' : 'salon_id';
    const assignment = change.replace('$bare', `'${ours.bareSalonId}'`);
    expect(
      await attempt(
        database,
        service,
        `update ${table} set ${assignment} where ${key} = '${ours.salonId}'`,
      ),
    ).toBe('denied');
  });
});

it('every table whose salon members may write keeps it', async () => {
  const open = await database.query(
    `select c.relname as table from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'salon_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and has_column_privilege('authenticated', c.oid, a.attnum, 'update')
       and not exists (
         select from pg_trigger t
         where t.tgrelid = c.oid and t.tgfoid = 'private.refuse_new_key()'::regprocedure)`,
  );
  expect(open).toEqual([]);
});
