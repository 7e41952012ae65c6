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
