import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { attempt, signedIn } from '../support/attempt.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';
import { booking, UPSERT, upsertArguments } from '../support/deliveries.ts';

let database: TestDatabase;
let ours: Tenant;
let theirs: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createTenant(database, 'psi-styl');
  theirs = await createTenant(database, 'inny-salon');
});
afterAll(() => database.drop());

const asOwner = (statement: string) => attempt(database, signedIn(ours.ownerId), statement);

describe('an owner cannot read the column of a delivery:', () => {
  it.each(['payload', 'booking', 'delivery_key', '*'])('%s', async (column) => {
    expect(await asOwner(`select ${column} from webhook_logs`)).toBe('denied');
  });
});

describe('an owner of a salon cannot change', () => {
  it.each([
    ['the Cal.com username', `cal_com_username = 'inny-salon'`],
    ['the user who signed it up', 'user_id = null'],
    ['its id', 'id = gen_random_uuid()'],
  ])('%s', async (_what, change) => {
    expect(await asOwner(`update salons set ${change} where id = '${ours.salonId}'`))
      .toBe('denied');
  });

  it('the Cal.com username, not even when signing up another salon', async () => {
    expect(
      await asOwner(
        `insert into salons (user_id, name, cal_com_username)
         values ('${ours.ownerId}', 'Filia', 'filia')`,
      ),
    ).toBe('denied');
  });
});

describe('an owner cannot change an appointment to', () => {
  it.each([
    "start_time = start_time + interval '1 hour'",
    `status = 'completed'`,
    `cal_com_event_id = 'other-uid'`,
    'salon_id = null',
    'link_source = null',
  ])('%s', async (change) => {
    expect(await asOwner(`update calendar_events set ${change} where id = '${ours.eventId}'`))
      .toBe('denied');
  });
});

describe('an opt-out', () => {
  const optOut = (source: string) =>
    `insert into sms_opt_outs (salon_id, phone, source)
     values ('${ours.salonId}', '+48600100299', '${source}')`;
  const remove = `delete from sms_opt_outs where phone = '+48600100299'`;
  const removedBy = async (userId: string, source: string) => {
    await database.query(remove);
    await database.query(optOut(source));
    return await attempt(database, signedIn(userId), remove);
  };

  it.each(['smsapi', 'twilio'])(
    'that a person told %s is not withdrawn by members',
    async (source) => {
      expect(await removedBy(ours.ownerId, source)).toBe('none');
      expect(await removedBy(ours.staffId, source)).toBe('none');
    },
  );

  it('that the salon recorded is withdrawn by its members, and nobody else', async () => {
    expect(await removedBy(ours.ownerId, 'salon')).toBe('yes');
    expect(await removedBy(ours.staffId, 'salon')).toBe('yes');
    expect(await removedBy(theirs.ownerId, 'salon')).toBe('none');
  });
});

it('staff cannot move clients or pets to a salon of their own', async () => {
  const asStaff = (statement: string) => attempt(database, signedIn(ours.staffId), statement);
  const own = randomUUID();
  await database.query(`insert into salons (id, user_id, name) values ($1, $2, 'Filia')`, [
    own,
    ours.staffId,
  ]);
  expect(await asStaff(`update clients set salon_id = '${own}'`)).toBe('denied');
  expect(await asStaff(`update pets set salon_id = '${own}'`)).toBe('denied');
});

describe('an owner cannot move into another salon', () => {
  it.each([
    ['a client', (to: Tenant) => `update clients set salon_id = '${to.salonId}'`],
    ['a pet', (to: Tenant) => `update pets set salon_id = '${to.salonId}'`],
    ['a member', (to: Tenant) => `update salon_members set salon_id = '${to.salonId}'`],
    [
      'a pet, by assigning it to a client there',
      (to: Tenant) =>
        `insert into client_pets (client_id, pet_id) values ('${to.clientId}', '${ours.petId}')`,
    ],
    [
      'a client, by assigning a pet from there',
      (to: Tenant) =>
        `insert into client_pets (client_id, pet_id) values ('${ours.clientId}', '${to.petId}')`,
    ],
  ])('%s', async (_what, statement) => {
    expect(await asOwner(statement(theirs))).toBe('denied');
  });

  it.each(
    [
      ['client_id', 'clientId', 'calendar_events_client_id_fkey'],
      ['pet_id', 'petId', 'calendar_events_pet_id_fkey'],
    ] as const,
  )('an appointment, through its %s', async (column, key, constraint) => {
    const link = `update calendar_events set ${column} = '${theirs[key]}'
      where id = '${ours.eventId}'`;
    await expect(asOwner(link)).rejects.toMatchObject({ code: '23503', constraint });
  });
});

it('a user can sign up a salon and read it back', async () => {
  const inserted = await database.as(
    'authenticated',
    ours.newcomerId,
    (client) =>
      client.query(
        'insert into salons (id, user_id, name) values ($1, $2, $3) returning name, timezone',
        [randomUUID(), ours.newcomerId, 'Nowy Salon'],
      ),
  );
  expect(inserted.rows).toEqual([{ name: 'Nowy Salon', timezone: 'Europe/Warsaw' }]);
});

it.each(['anon', 'authenticated'] as const)(
  '%s cannot call upsert_calendar_event',
  async (role) => {
    const userId = role === 'anon' ? null : ours.ownerId;
    const call = database.as(
      role,
      userId,
      (client) => client.query(UPSERT, upsertArguments(booking())),
    );
    await expect(call).rejects.toMatchObject({
      code: '42501',
      message: 'permission denied for function upsert_calendar_event',
    });
  },
);
