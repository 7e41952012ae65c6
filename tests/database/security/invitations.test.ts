import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';

let database: TestDatabase;
let ours: Tenant;
let theirs: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createTenant(database, 'psi-styl');
  theirs = await createTenant(database, 'inny-salon');
});
beforeEach(() => database.query('delete from salon_invitations'));
afterAll(() => database.drop());

async function createUser(email: string, { confirmed = true } = {}): Promise<string> {
  const id = randomUUID();
  await database.query(
    `insert into auth.users (id, email, email_confirmed_at)
     values ($1, $2, case when $3 then now() end)`,
    [id, email, confirmed],
  );
  return id;
}

async function call<Row>(userId: string, text: string, ...values: unknown[]): Promise<Row[]> {
  return await database.as('authenticated', userId, async (client) => {
    const { rows } = await client.query(`select * from public.${text}`, values);
    return rows;
  });
}
const invite = async (email: string, role = 'staff', { ownerId, salonId } = ours) => {
  const [row] = await call<{ invite_member: string }>(
    ownerId,
    'invite_member($1, $2, $3)',
    salonId,
    email,
    role,
  );
  return row?.invite_member ?? '';
};
const accept = (userId: string, id: string) => call(userId, 'accept_invitation($1)', id);
const roleOf = async (userId: string) =>
  (await database.query<{ role: string }>(
    'select role from salon_members where user_id = $1 and salon_id = $2',
    [userId, ours.salonId],
  ))[0]?.role ?? null;

it('an owner cannot add a user id as member', async () => {
  const add = database.as(
    'authenticated',
    ours.ownerId,
    (client) =>
      client.query('insert into salon_members (salon_id, user_id) values ($1, $2)', [
        ours.salonId,
        theirs.ownerId,
      ]),
  );
  await expect(add).rejects.toMatchObject({ code: '42501' });
});

it('the answer is the same whether the address has an account or not', async () => {
  await createUser('istnieje@poczta.example');
  for (const email of ['istnieje@poczta.example', 'nie.istnieje@poczta.example']) {
    expect(await invite(email)).toMatch(/^[0-9a-f-]{36}$/);
  }
  const rows = await database.as(
    'authenticated',
    ours.ownerId,
    (client) => client.query('select role, expires_at > now() as open from salon_invitations'),
  );
  expect(rows.rows).toEqual([{ role: 'staff', open: true }, { role: 'staff', open: true }]);
});

it('who was invited sees the invitation and becomes a member by accepting it', async () => {
  const id = await invite(' Nowa@Poczta.example ', 'owner');
  const userId = await createUser('nowa@poczta.example');
  expect(await call(userId, 'my_invitations()')).toEqual([
    { id, salon_name: 'Salon', role: 'owner', expires_at: expect.any(Date) },
  ]);
  expect(await accept(userId, id)).toEqual([{ accept_invitation: ours.salonId }]);
  expect(await roleOf(userId)).toBe('owner');
  expect(await call(userId, 'my_invitations()')).toEqual([]);
  await expect(accept(userId, id)).rejects.toMatchObject({ code: 'PT404' });
});

describe('an invitation does not exist', () => {
  const email = 'ktos@poczta.example';

  it('for another address, or for that address before it is confirmed', async () => {
    const id = await invite(email);
    const unconfirmed = await createUser(email, { confirmed: false });
    const unknown = accept(unconfirmed, randomUUID());
    const failure = await unknown.catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'PT404' });
    for (const userId of [unconfirmed, theirs.ownerId, ours.staffId]) {
      expect(await call(userId, 'my_invitations()')).toEqual([]);
      await expect(accept(userId, id)).rejects.toEqual(failure);
    }
    expect(await database.query('select id from salon_invitations')).toEqual([{ id }]);
  });

  it('for a token that names the address of an account that has another now', async () => {
    const id = await invite('dawna@poczta.example');
    const userId = await createUser('obecna@poczta.example');
    const claimed = database.as('authenticated', userId, async (client) => {
      await client.query(`select set_config('request.jwt.claims', $1, true)`, [
        JSON.stringify({ sub: userId, role: 'authenticated', email: 'dawna@poczta.example' }),
      ]);
      await client.query('select public.accept_invitation($1)', [id]);
    });
    await expect(claimed).rejects.toMatchObject({ code: 'PT404' });
  });

  it('after fourteen days, and a new one renews it', async () => {
    const userId = await createUser('spozniona@poczta.example');
    const id = await invite('spozniona@poczta.example');
    await database.query(`update salon_invitations set expires_at = now()`);
    await expect(accept(userId, id)).rejects.toMatchObject({ code: 'PT404' });
    await accept(userId, await invite('spozniona@poczta.example'));
    expect(await roleOf(userId)).toBe('staff');
  });

  it('once an owner withdrew it', async () => {
    const userId = await createUser('odwolana@poczta.example');
    const id = await invite('odwolana@poczta.example');
    await database.as(
      'authenticated',
      ours.ownerId,
      (client) => client.query('delete from salon_invitations where id = $1', [id]),
    );
    await expect(accept(userId, id)).rejects.toMatchObject({ code: 'PT404' });
  });
});

it('accepting neither raises nor lowers the role of a member', async () => {
  await database.query(
    `update auth.users set email = 'zespol@poczta.example',
    email_confirmed_at = now() where id = $1`,
    [ours.staffId],
  );
  await accept(ours.staffId, await invite('zespol@poczta.example', 'owner'));
  expect(await roleOf(ours.staffId)).toBe('staff');
});

it.each([
  ['staff', () => ours.staffId],
  ['the owner of another salon', () => theirs.ownerId],
])('%s cannot invite: the salon does not exist for them', async (_who, caller) => {
  const invited = call(caller(), `invite_member($1, 'a@b.example')`, ours.salonId);
  await expect(invited).rejects.toMatchObject({ code: 'PT404' });
});

it.each(['', 'bez-malpy', 'dwie@malpy@poczta.example', `${'a'.repeat(250)}@b.pl`])(
  'an address that cannot be one is refused: %j',
  async (email) => {
    await expect(invite(email)).rejects.toMatchObject({
      code: '23514',
      constraint: 'salon_invitations_email_is_valid',
    });
  },
);

it('a salon has at most fifty open invitations, and others are not affected', async () => {
  for (let number = 0; number < 50; number++) await invite(`osoba-${number}@poczta.example`);
  await expect(invite('za-duzo@poczta.example')).rejects.toMatchObject({ code: 'PT409' });
  expect(await invite('osoba-1@poczta.example')).not.toBe('');
  expect(await invite('ktos@poczta.example', 'staff', theirs)).not.toBe('');
});
