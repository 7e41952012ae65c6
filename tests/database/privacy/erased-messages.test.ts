import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';

// Which messages an erasure empties, and what becomes of each.
let database: TestDatabase;
let salon: TestSalon;
let clientId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  clientId = (await createClient(database, salon.id)).id;
});
beforeEach(() => database.query('delete from public.sms_messages'));
afterAll(() => database.drop());

const PHONE = '+48501220314';
const OTHER_PHONE = '+48600700800';

const message = (columns: Record<string, unknown>) => {
  const row = {
    salon_id: salon.id,
    local_date: '2026-11-24',
    next_attempt_at: '2026-11-23 16:00Z',
    not_after: '2026-11-24 10:00Z',
    phone: PHONE,
    phone_number: '501 220 314',
    body: 'Do jutra!',
    ...columns,
  };
  return database.query(
    `insert into public.sms_messages (${Object.keys(row).join(', ')})
     values (${Object.keys(row).map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(row),
  );
};
const erase = async (phone: string | null = PHONE) =>
  (await database.query<{ emptied: number }>(
    `select private.erase_messages(c, $2) as emptied from public.clients c where c.id = $1`,
    [clientId, phone],
  ))[0]?.emptied;
const messages = () =>
  database.query(
    `select client_id, phone, phone_number, body, lease_token, lease_until, status::text,
       reason::text, final_at is not null as is_final from public.sms_messages`,
  );

const EMPTY = {
  client_id: null,
  phone: null,
  phone_number: null,
  body: null,
  lease_token: null,
  lease_until: null,
};
const LEASE = { lease_token: '00000000-0000-4000-8000-000000000001', lease_until: '2026-11-23' };
const POSTED = { dispatch_started_at: '2026-11-23 16:00Z' };

describe('of a client', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['that waits', { status: 'pending' }, 'cancelled'],
    ['that is claimed', { status: 'leased', ...LEASE }, 'cancelled'],
    ['that is being posted', { status: 'leased', ...LEASE, ...POSTED }, 'dead'],
    ['whose result is unknown', {
      status: 'unknown',
      maybe_sent_since: '2026-11-23 16:00Z',
    }, 'dead'],
  ])('a message %s ends as erased', async (_what, columns, status) => {
    await message({ client_id: clientId, ...columns });
    expect(await erase()).toBe(1);
    expect(await messages()).toEqual([{ ...EMPTY, status, reason: 'erased', is_final: true }]);
  });

  it.each(['sent', 'delivered', 'failed'])('a message that is %s stays so', async (status) => {
    await message({ client_id: clientId, status, reason: 'not_mobile' });
    expect(await erase()).toBe(1);
    expect(await messages()).toEqual([{ ...EMPTY, status, reason: 'not_mobile', is_final: false }]);
  });
});

it('a message to her number that belongs to no client is emptied', async () => {
  await message({ status: 'sent' });
  expect(await erase()).toBe(1);
  expect(await messages()).toMatchObject([EMPTY]);
});

it('a message to a former number of hers is emptied', async () => {
  await message({ client_id: clientId, phone: OTHER_PHONE, status: 'sent' });
  expect(await erase()).toBe(1);
  expect(await messages()).toMatchObject([EMPTY]);
});

describe('what is not hers stays:', () => {
  it.each<[string, string | null, () => Promise<Record<string, unknown>>]>([
    [
      'a message to another number that belongs to no client',
      PHONE,
      () => Promise.resolve({ phone: OTHER_PHONE }),
    ],
    ['a message to her number of another client', PHONE, async () => ({
      client_id: (await createClient(database, salon.id)).id,
    })],
    ['a message to a number that others have as well', null, () => Promise.resolve({})],
    ['a message of another salon', PHONE, async () => ({
      salon_id: (await createSalon(database, { username: null })).id,
    })],
  ])('%s', async (_what, phone, prepare) => {
    await message({ status: 'sent', ...await prepare() });
    expect(await erase(phone)).toBe(0);
    expect(await messages()).toMatchObject([{ body: 'Do jutra!' }]);
  });
});
