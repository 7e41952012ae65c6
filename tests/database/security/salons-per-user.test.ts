import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { booking, deliver } from '../support/deliveries.ts';
import { advisoryLocksOf } from '../support/locks.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { closeSessions, openSession, type Session } from '../support/sessions.ts';

const MOST = 20;
const CREATE = `insert into public.salons (user_id, name) select $1, 'Filia'
  from generate_series(1, $2::int)`;

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.query('delete from salons');
  salon = await createSalon(database);
});
afterEach(closeSessions);
afterAll(() => database.drop());

const create = (count: number, userId = salon.ownerId) =>
  database.as('authenticated', userId, (client) => client.query(CREATE, [userId, count]));
const createAsOperator = (count: number, userId = salon.ownerId) =>
  database.as('service_role', null, (client) => client.query(CREATE, [userId, count]));
const salonsOf = async (userId: string) =>
  (await database.query('select from salons where user_id = $1', [userId])).length;

/** A session of a signed-in user. */
async function signIn(userId: string): Promise<Session> {
  const session = await openSession(database, 'authenticated');
  await session.query(`select set_config('request.jwt.claims', $1, true)`, [
    JSON.stringify({ sub: userId }),
  ]);
  return session;
}

describe('a user', () => {
  it('can create salons up to the limit', async () => {
    await create(MOST - 1);
    await expect(create(1)).rejects.toMatchObject({
      code: 'PT409',
      hint: expect.stringContaining('operator'),
    });
    expect(await salonsOf(salon.ownerId)).toBe(MOST);
  });

  it('cannot create more than the limit by one statement', async () => {
    await expect(create(MOST)).rejects.toMatchObject({ code: 'PT409' });
    expect(await salonsOf(salon.ownerId)).toBe(1);
  });

  it('cannot create more than the limit by two statements at a time', async () => {
    await create(MOST - 2);
    const one = await signIn(salon.ownerId);
    const two = await signIn(salon.ownerId);
    await one.query(CREATE, [salon.ownerId, 1]);
    const second = expect(two.query(CREATE, [salon.ownerId, 1])).rejects.toMatchObject({
      code: 'PT409',
    });
    await two.isBlocked();
    await one.commit();
    await second;
  });

  it('who is at the limit does not keep others from creating salons', async () => {
    await create(MOST - 1);
    const other = await createSalon(database, { username: null });
    await create(1, other.ownerId);
    expect(await salonsOf(other.ownerId)).toBe(2);
  });

  it('can create more once the operator raised the limit', async () => {
    await create(MOST - 1);
    await database.query('update private.salons_per_user set most = $1', [MOST + 1]);
    try {
      await create(1);
    } finally {
      await database.query('update private.salons_per_user set most = $1', [MOST]);
    }
    expect(await salonsOf(salon.ownerId)).toBe(MOST + 1);
  });

  it('keeps the salons beyond the limit that BarkBook or the operator created', async () => {
    await createAsOperator(MOST);
    const { rowCount } = await database.as(
      'authenticated',
      salon.ownerId,
      (client) => client.query(`update salons set address = 'ul. Psia 1'`),
    );
    expect(rowCount).toBe(MOST + 1);
  });

  it('at the limit cannot accept an invitation, which stays open', async () => {
    const inviting = await createSalon(database, { username: null });
    await createAsOperator(MOST - 1);
    await database.query('update auth.users set email_confirmed_at = now() where id = $1', [
      salon.ownerId,
    ]);
    const [invitation] = await database.query<{ id: string }>(
      `insert into salon_invitations (salon_id, email, role) values ($1, $2, 'owner')
       returning id`,
      [inviting.id, `${salon.ownerId}@barkbook.example`],
    );
    const accept = () =>
      database.as(
        'authenticated',
        salon.ownerId,
        (client) => client.query('select public.accept_invitation($1)', [invitation?.id]),
      );
    await expect(accept()).rejects.toMatchObject({ code: 'PT409' });
    await database.query('delete from salons where id <> $1 and user_id = $2', [
      salon.id,
      salon.ownerId,
    ]);
    await accept();
    expect(
      await database.query('select salon_id from salon_members where user_id = $1', [
        salon.ownerId,
      ]),
    ).toEqual([{ salon_id: inviting.id }]);
  });
});

describe('a change by a member of two salons, one of which is busy', () => {
  let busy: Session;
  let petId: string;

  beforeEach(async () => {
    // The lock of the busy salon is the last or the first, so either is waited for.
    const others = await Promise.all(
      ['00000000-0000-4000-8000-000000000000', 'ffffffff-ffff-4fff-bfff-ffffffffffff'].map(
        async (id) => {
          await database.query(
            `insert into salons (id, user_id, name) values ($1, $2, 'Inny')`,
            [id, await newUser()],
          );
          await database.query(
            `insert into salon_members (salon_id, user_id) values ($1, $2)`,
            [id, salon.ownerId],
          );
          return id;
        },
      ),
    );
    petId = (await createClient(database, salon.id)).petIds[0] ?? '';
    busy = await openSession(database);
    for (const id of others) await busy.query('select private.lock_salon($1)', [id]);
  });

  async function newUser(): Promise<string> {
    const id = randomUUID();
    await database.query('insert into auth.users (id) values ($1)', [id]);
    return id;
  }

  it('waits for a second and is then made', async () => {
    const member = await signIn(salon.ownerId);
    const before = Date.now();
    const { rowCount } = await member.query(`update pets set name = 'Borys' where id = $1`, [
      petId,
    ]);
    expect(rowCount).toBe(1);
    expect(Date.now() - before).toBeLessThan(3_000);
  });

  it('leaves no lock behind and no other time limit, so deliveries of the other one go on', async () => {
    const member = await signIn(salon.ownerId);
    await member.query(`update pets set name = 'Borys' where false`);
    expect(await advisoryLocksOf(member)).toBe(0);
    const { rows } = await member.query('show lock_timeout');
    expect(rows).toEqual([{ lock_timeout: '0' }]);
    expect(await deliver(database, booking())).toMatchObject({ action: 'applied' });
  });

  it('waits for the deliveries of all its salons if none is busy for long', async () => {
    const member = await signIn(salon.ownerId);
    const changing = member.query(`update pets set name = 'Borys' where id = $1`, [petId]);
    await member.isBlocked();
    await busy.commit();
    await changing;
    expect(await advisoryLocksOf(member)).toBe(3);
  });
});
