import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

let database: TestDatabase;
let ours: TestSalon;
let theirs: TestSalon;
let userId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createSalon(database, { username: null });
  theirs = await createSalon(database, { username: null });
  userId = randomUUID();
  await database.query(
    `insert into auth.users (id, email, email_confirmed_at) values ($1, 'Nowa@Poczta.example', now())`,
    [userId],
  );
});
beforeEach(() => database.query('delete from salon_invitations'));
afterEach(closeSessions);
afterAll(() => database.drop());

/** An open invitation to a salon; its id. */
async function invitation(
  { id: salonId }: TestSalon,
  { email = 'nowa@poczta.example', created = '0', expires = '1 day', role = 'staff' } = {},
): Promise<string> {
  const [row] = await database.query<{ id: string }>(
    `insert into salon_invitations (salon_id, email, role, created_at, expires_at)
     values ($1, $2, $3, now() + $4::interval, now() + $5::interval) returning id`,
    [salonId, email, role, created, expires],
  );
  return row?.id ?? '';
}
const INVITE = 'select public.invite_member($1, $2, $3)';
const invite = (email: string, role = 'staff') =>
  database.as(
    'authenticated',
    ours.ownerId,
    (client) => client.query(INVITE, [ours.id, email, role]),
  );
const mine = () =>
  database.as('authenticated', userId, async (client) => {
    const { rows } = await client.query('select id from public.my_invitations()');
    return rows.map(({ id }) => id);
  });
const fill = (count: number) =>
  database.query(
    `insert into salon_invitations (salon_id, email, role)
     select $1, 'osoba-' || n || '@poczta.example', 'staff' from generate_series(1, $2::integer) n`,
    [ours.id, count],
  );

describe('who was invited sees', () => {
  it('the oldest invitation first', async () => {
    const later = await invitation(ours, { created: '-1 hour' });
    const first = await invitation(theirs, { created: '-1 day' });
    expect(await mine()).toEqual([first, later]);
  });

  it('none that is no longer open, or was for somebody else', async () => {
    await invitation(ours, { expires: '0' });
    await invitation(theirs, { email: 'inna@poczta.example' });
    expect(await mine()).toEqual([]);
  });
});

it('an invitation is open for fourteen days from now, also when it is renewed', async () => {
  await invitation(ours, { created: '-13 days', expires: '1 day', role: 'owner' });
  const read = () =>
    database.query(
      `select role, created_at > now() - interval '9 seconds' as new, invited_by,
         round(extract(epoch from expires_at - now()) / 3600)::integer as hours
       from salon_invitations`,
    );
  await invite('nowa@poczta.example');
  const renewed = [{ role: 'staff', new: true, hours: 336, invited_by: ours.ownerId }];
  expect(await read()).toEqual(renewed);
});

it('an invitation that is over makes room, and those of other salons stay', async () => {
  await fill(49);
  await invitation(ours, { email: 'dawna@poczta.example', expires: '0' });
  await invitation(theirs, { email: 'dawna@poczta.example', expires: '0' });
  await invite('nowa@poczta.example');
  expect(
    await database.query(
      `select salon_id from salon_invitations where email = 'dawna@poczta.example'`,
    ),
  ).toEqual([{ salon_id: theirs.id }]);
});

it('two owners who invite at the same time cannot exceed the limit', async () => {
  await fill(49);
  const [one, other] = [
    await openSession(database, 'service_role'),
    await openSession(database, 'service_role'),
  ];
  await one.query(INVITE, [ours.id, 'jedna@poczta.example', 'staff']);
  const refused = expect(other.query(INVITE, [ours.id, 'druga@poczta.example', 'staff']))
    .rejects.toMatchObject({ code: 'PT409' });
  await other.isBlocked();
  await one.commit();
  await refused;
});

it('a member who accepts an invitation again stays one member', async () => {
  const accept = async () => {
    const id = await invitation(theirs);
    await database.as(
      'authenticated',
      userId,
      (client) => client.query('select public.accept_invitation($1)', [id]),
    );
  };
  await accept();
  await accept();
  expect(
    await database.query('select role from salon_members where user_id = $1', [userId]),
  ).toEqual([{ role: 'staff' }]);
  expect(await mine()).toEqual([]);
});

it('only the invitation that is named is accepted', async () => {
  await invitation(ours);
  const named = await invitation(theirs);
  const accept = (id: string) =>
    database.as(
      'authenticated',
      userId,
      (client) => client.query('select public.accept_invitation($1)', [id]),
    );
  await expect(accept(randomUUID())).rejects.toMatchObject({ code: 'PT404' });
  await accept(named);
  expect(
    await database.query('select salon_id from salon_members where user_id = $1', [userId]),
  ).toEqual([{ salon_id: theirs.id }]);
});

describe('an invitation does not wait', () => {
  const inviteTo = async (salonId: string, inviterId: string) => {
    const session = await openSession(database, 'authenticated');
    await session.query("select set_config('request.jwt.claims', $1, true)", [
      JSON.stringify({ sub: inviterId, role: 'authenticated' }),
    ]);
    await session.query(`set local lock_timeout = '3s'`);
    return await session.query(INVITE, [salonId, 'ktos@poczta.example', 'staff']);
  };
  const hold = async ({ id }: TestSalon) => {
    const holder = await openSession(database);
    await holder.query('select from salons where id = $1 for update', [id]);
  };

  it('for another salon of the owner', async () => {
    await database.query(
      `insert into salon_members (salon_id, user_id, role) values ($1, $2, 'owner')`,
      [theirs.id, ours.ownerId],
    );
    await hold(theirs);
    await expect(inviteTo(ours.id, ours.ownerId)).resolves.toMatchObject({ rowCount: 1 });
  });

  it('for a salon that is not the inviter’s, which it does not lock', async () => {
    await hold(ours);
    await expect(inviteTo(ours.id, theirs.ownerId)).rejects.toMatchObject({ code: 'PT404' });
  });
});

describe('at the moment at which an invitation ends', () => {
  const endNow = async (inviterId: string) => {
    const session = await openSession(database);
    await session.query('update salon_invitations set expires_at = now()');
    await session.query("select set_config('request.jwt.claims', $1, true)", [
      JSON.stringify({ sub: inviterId, role: 'authenticated' }),
    ]);
    await session.query('set local role authenticated');
    return session;
  };

  it('it is neither shown nor accepted', async () => {
    const id = await invitation(ours);
    const session = await endNow(userId);
    expect((await session.query('select id from public.my_invitations()')).rows).toEqual([]);
    await expect(session.query('select public.accept_invitation($1)', [id]))
      .rejects.toMatchObject({ code: 'PT404' });
  });

  it('it makes room', async () => {
    await fill(50);
    const session = await endNow(ours.ownerId);
    await expect(session.query(INVITE, [ours.id, 'ktos@poczta.example', 'staff']))
      .resolves.toMatchObject({ rowCount: 1 });
  });
});
