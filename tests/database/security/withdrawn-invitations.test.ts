import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { closeSessions, openSession, type Session } from '../support/sessions.ts';

const INVITE = `select public.invite_member($1, $2, 'owner') as id`;
const EMAIL = 'drugi.adres@poczta.example';

let database: TestDatabase;
let salon: TestSalon;
let owner: string;

beforeEach(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  owner = await createUser('wspolwlascicielka@poczta.example');
  await database.query(
    `insert into salon_members (salon_id, user_id, role) values ($1, $2, 'owner')`,
    [salon.id, owner],
  );
});
afterEach(async () => {
  await closeSessions();
  await database.drop();
});

async function createUser(email: string): Promise<string> {
  const id = randomUUID();
  await database.query(
    'insert into auth.users (id, email, email_confirmed_at) values ($1, $2, now())',
    [id, email],
  );
  return id;
}
const as = (userId: string, text: string, ...values: unknown[]) =>
  database.as('authenticated', userId, async (client) => (await client.query(text, values)).rows);
const invite = async (userId: string, email = EMAIL) =>
  (await as(userId, INVITE, salon.id, email))[0].id;
const remove = (userId: string) =>
  as(salon.ownerId, 'delete from salon_members where user_id = $1', userId);
const invited = async () =>
  (await database.query<{ email: string }>('select email from salon_invitations order by 1'))
    .map(({ email }) => email);

describe('the invitations that an owner made are withdrawn when the owner', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['is removed', () => remove(owner)],
    ['leaves', () => as(owner, 'delete from salon_members where user_id = $1', owner)],
    [
      'becomes staff',
      () => as(salon.ownerId, `update salon_members set role = 'staff' where user_id = $1`, owner),
    ],
    [
      'loses the account',
      () => database.query('delete from auth.users where id = $1', [owner]),
    ],
  ])('%s', async (_how, dismiss) => {
    await invite(owner);
    await invite(salon.ownerId, 'nowa@poczta.example');
    await dismiss();
    expect(await invited()).toEqual(['nowa@poczta.example']);
  });

  it('founded the salon and loses the account', async () => {
    await invite(salon.ownerId);
    await database.query('delete from auth.users where id = $1', [salon.ownerId]);
    expect(await invited()).toEqual([]);
    expect(await database.query('select user_id from salons')).toEqual([{ user_id: owner }]);
  });
});

it('an owner who was removed cannot return by an invitation of their own', async () => {
  const id = await invite(owner);
  await remove(owner);
  const other = await createUser(EMAIL);
  await expect(as(other, 'select public.accept_invitation($1)', id))
    .rejects.toMatchObject({ code: 'PT404' });
});

it('an invitation that another owner renewed is theirs and stays', async () => {
  await invite(owner);
  await invite(salon.ownerId);
  await remove(owner);
  expect(await invited()).toEqual([EMAIL]);
});

it('an invitation in another salon stays', async () => {
  const other = await createSalon(database, { username: null });
  await database.query(
    `insert into salon_members (salon_id, user_id, role) values ($1, $2, 'owner')`,
    [other.id, owner],
  );
  await as(owner, INVITE, other.id, EMAIL);
  await remove(owner);
  expect(await invited()).toEqual([EMAIL]);
});

describe('an invitation that is made while its owner is being removed', () => {
  async function signIn(userId: string): Promise<Session> {
    const session = await openSession(database, 'authenticated');
    await session.query(`select set_config('request.jwt.claims', $1, true)`, [
      JSON.stringify({ sub: userId }),
    ]);
    return session;
  }

  it('is withdrawn if it was first', async () => {
    const inviting = await signIn(owner);
    await inviting.query(INVITE, [salon.id, EMAIL]);
    const removing = remove(owner);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await inviting.commit();
    await removing;
    expect(await invited()).toEqual([]);
  });

  it('is refused if it was second', async () => {
    const removing = await signIn(salon.ownerId);
    await removing.query('delete from salon_members where user_id = $1', [owner]);
    const inviting = await signIn(owner);
    const refused = expect(inviting.query(INVITE, [salon.id, EMAIL]))
      .rejects.toMatchObject({ code: 'PT404' });
    await inviting.isBlocked();
    await removing.commit();
    await refused;
    expect(await invited()).toEqual([]);
  });
});
