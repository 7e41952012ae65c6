import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withClient } from '../../../local/postgres/client.ts';
import { databaseUrl } from '../../../local/postgres/logins.ts';
import { clusterInfo } from '../../support/cluster.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, booking, UPSERT, upsertArguments } from '../support/deliveries.ts';
import { forgetReminders } from '../support/reminders.ts';
import { closeSessions, openSession } from '../support/sessions.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';

let database: TestDatabase;
let ours: Tenant;
let theirs: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await forgetReminders(database);
  await database.query('delete from auth.users');
  ours = await createTenant(database, 'psi-styl');
  theirs = await createTenant(database, 'inny-salon');
  await database.query('delete from salons where id in ($1, $2)', [
    ours.bareSalonId,
    theirs.bareSalonId,
  ]);
});
afterEach(closeSessions);
afterAll(() => database.drop());

/** Deletes accounts as Supabase Auth does, which has a login and a search path of its own. */
const deleteAccounts = (...ids: string[]) =>
  withClient(
    databaseUrl(clusterInfo().port, 'supabase_auth_admin', database.name),
    (client) => client.query('delete from users where id = any ($1)', [ids]),
  );

async function addMember(role: 'owner' | 'staff', since: string): Promise<string> {
  const id = randomUUID();
  await database.query('insert into auth.users (id, email) values ($1, $2)', [
    id,
    `${id}@barkbook.example`,
  ]);
  await database.query(
    `insert into salon_members (salon_id, user_id, role, created_at) values ($1, $2, $3, $4)`,
    [ours.salonId, id, role, since],
  );
  return id;
}

const ownerOf = async ({ salonId }: Tenant) =>
  (await database.query<{ user_id: string }>('select user_id from salons where id = $1', [
    salonId,
  ]))[0]?.user_id ?? null;
const members = async () =>
  (await database.query<{ user_id: string }>(
    'select user_id from salon_members where salon_id = $1',
    [ours.salonId],
  )).map(({ user_id }) => user_id);
const feeds = () => database.query('select salon_id from calendar_feeds');

describe('when the founder’s account is deleted', () => {
  it('the salon goes to the longest-serving other owner, with everything in it', async () => {
    const second = await addMember('owner', '2026-02-01');
    const first = await addMember('owner', '2026-01-01');
    await deleteAccounts(ours.ownerId);
    expect(await ownerOf(ours)).toBe(first);
    expect((await members()).sort()).toEqual([second, ours.staffId].sort());
    expect(
      await database.query('select id from calendar_events where salon_id = $1', [ours.salonId]),
    ).toEqual([{ id: ours.eventId }]);
    const { rows } = await database.as(
      'authenticated',
      first,
      (client) => client.query('select role from my_salons'),
    );
    expect(rows).toEqual([{ role: 'owner' }]);
  });

  it('together with a co-owner’s, the salon goes to the owner who is left', async () => {
    const first = await addMember('owner', '2026-01-01');
    const second = await addMember('owner', '2026-02-01');
    await deleteAccounts(ours.ownerId, first);
    expect(await ownerOf(ours)).toBe(second);
  });

  it('and nobody else owns the salon, it is deleted with its messages and secrets', async () => {
    await database.query(`select public.set_calcom_api_key($1, 'cal_key')`, [ours.salonId]);
    await deleteAccounts(ours.ownerId);
    expect(await ownerOf(ours)).toBeNull();
    expect(await database.query('select salon_id from sms_message_events'))
      .toEqual([{ salon_id: theirs.salonId }]);
    expect(
      await database.query('select from vault.secrets where name like $1', [`%${ours.salonId}`]),
    ).toEqual([]);
  });
});

it('deleting an account waits for a delivery to its salon, and does not deadlock with it', async () => {
  const delivered = booking({
    ...at(12),
    trigger: 'BOOKING_CANCELLED',
    uid: ours.uid,
    organizerUsername: 'psi-styl',
  });
  const webhook = await openSession(database, 'service_role');
  await webhook.query('select private.lock_for_delivery($1, null, false)', [delivered]);
  await webhook.query('select from calendar_events where id = $1 for update', [ours.eventId]);
  const deletion = await openSession(database);
  const deleting = deletion.query('delete from auth.users where id = $1', [ours.ownerId]);
  await deletion.isBlocked();
  expect((await webhook.query(UPSERT, upsertArguments(delivered))).rows)
    .toMatchObject([{ action: 'applied' }]);
  await webhook.commit();
  await deleting;
  await deletion.commit();
  expect(await ownerOf(ours)).toBeNull();
});

it('the account of a member can be deleted, and the salon stays', async () => {
  await deleteAccounts(ours.staffId);
  expect([await ownerOf(ours), await members()]).toEqual([ours.ownerId, []]);
});

describe('the address of the feed ends', () => {
  it.each<[string, (owner: string) => Promise<unknown>]>([
    [
      'is removed',
      (owner) =>
        database.as(
          'authenticated',
          ours.ownerId,
          (client) => client.query('delete from salon_members where user_id = $1', [owner]),
        ),
    ],
    [
      'leaves',
      (owner) =>
        database.as(
          'authenticated',
          owner,
          (client) => client.query('delete from salon_members where user_id = $1', [owner]),
        ),
    ],
    [
      'becomes staff',
      (owner) =>
        database.as(
          'authenticated',
          ours.ownerId,
          (client) =>
            client.query(`update salon_members set role = 'staff' where user_id = $1`, [owner]),
        ),
    ],
    ['loses the account', (owner) => deleteAccounts(owner)],
  ])('when an owner %s', async (_how, dismiss) => {
    await dismiss(await addMember('owner', '2026-01-01'));
    expect(await feeds()).toEqual([{ salon_id: theirs.salonId }]);
  });

  it('when the founder’s account is deleted', async () => {
    await addMember('owner', '2026-01-01');
    await deleteAccounts(ours.ownerId);
    expect(await feeds()).toEqual([{ salon_id: theirs.salonId }]);
  });

  it.each(['owner', 'staff'] as const)(
    'not when the role of a member who is %s stays as it is',
    async (role) => {
      await addMember(role, '2026-01-01');
      await database.query('update salon_members set role = role');
      expect(await feeds()).toHaveLength(2);
    },
  );

  it('not when staff leave', async () => {
    await deleteAccounts(ours.staffId);
    expect(await feeds()).toHaveLength(2);
  });
});
