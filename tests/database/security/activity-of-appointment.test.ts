import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';

let database: TestDatabase;
let ours: Tenant;
let theirs: Tenant;

const KEY = randomUUID();
const start = async (of: Tenant, key: string = KEY) => {
  const { rows } = await database.as('service_role', null, (client) =>
    client.query(
      `select * from start_salon_action(p_salon_id => $1, p_request_key => $2,
         p_action => 'cancel', p_actor_id => $3, p_event_id => $4)`,
      [of.salonId, key, of.staffId, of.eventId],
    ));
  return rows[0];
};
const finish = async (id: string, error: string | null) => {
  const { rows } = await database.as(
    'service_role',
    null,
    (client) => client.query('select finish_salon_action($1, $2) as is_first', [id, error]),
  );
  return rows[0]?.is_first;
};
const seenBy = async (userId: string, of: Tenant) => {
  const { rows } = await database.as('authenticated', userId, (client) =>
    client.query(
      `select action, outcome, error_code, is_client, is_mine, actor_email
       from activity_of_appointment($1)`,
      [of.eventId],
    ));
  return rows;
};

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createTenant(database, 'psi-styl');
  theirs = await createTenant(database, 'inny-salon');
  await database.query('delete from salon_activity');
});
afterAll(() => database.drop());

it('a request key begins one action in each salon, also when it is sent twice at once', async () => {
  const started = await Promise.all([start(ours), start(ours), start(theirs)]);
  expect(started.filter(({ is_new }) => is_new)).toHaveLength(2);
  expect(started[0]?.id).toBe(started[1]?.id);
  expect(started[0]?.id).not.toBe(started[2]?.id);
});

it('the first result of an action stays', async () => {
  const { id } = await start(ours);
  expect([await finish(id, 'slot_taken'), await finish(id, null)]).toEqual([true, false]);
  expect(await start(ours)).toMatchObject({ outcome: 'failed', error_code: 'slot_taken' });
});

it('an action without a result is abandoned once its function cannot live any more', async () => {
  const { id, is_abandoned } = await start(theirs);
  await database.query(
    `update salon_activity set created_at = now() - interval '8 minutes' where id = $1`,
    [id],
  );
  expect([is_abandoned, (await start(theirs)).is_abandoned]).toEqual([false, true]);
});

it('members see who did it, outsiders nothing', async () => {
  const record = {
    action: 'cancel',
    outcome: 'failed',
    error_code: 'slot_taken',
    is_client: false,
    actor_email: `${ours.staffId}@barkbook.example`,
  };
  expect(await seenBy(ours.ownerId, ours)).toEqual([{ ...record, is_mine: false }]);
  expect(await seenBy(ours.staffId, ours)).toEqual([{ ...record, is_mine: true }]);
  expect(await seenBy(theirs.ownerId, ours)).toEqual([]);
});

it('the address of who is no member any more is not shown', async () => {
  await database.query('delete from salon_members where user_id = $1', [ours.staffId]);
  expect(await seenBy(ours.ownerId, ours)).toMatchObject([{ actor_email: null, is_client: false }]);
});
