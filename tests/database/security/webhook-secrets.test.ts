import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon, type TestSalon } from '../support/booking.ts';
import { closeSessions, openSession } from '../support/retries.ts';

const [ONE = '', TWO = '', THREE = ''] = ['one', 'two', 'three'].map((word) =>
  word.padEnd(32, '-')
);
const HOURS_24 = 24 * 3600;

let database: TestDatabase;
let salon: TestSalon;
let other: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  salon = await createSalon(database, { username: null });
  other = await createSalon(database, { username: null });
});
afterEach(closeSessions);
afterAll(() => database.drop());

async function call(text: string, ...values: unknown[]): Promise<unknown> {
  return await database.as('service_role', null, async (client) => {
    const { rows } = await client.query(`select public.${text} as answer`, values);
    return rows[0]?.answer;
  });
}
const stage = (secret: string | null, { id } = salon) =>
  call('stage_webhook_secret($1, $2)', id, secret);
const confirm = () => call('confirm_webhook_secret($1)', salon.id);
const retire = () => call('retire_webhook_secret($1)', salon.id);
const secrets = (id = salon.id) => call('webhook_secrets($1)', id);
/** For how many seconds each of the previous secrets is honoured; null: until told. */
const honoured = async () =>
  (await database.query<{ seconds: number | null }>(
    `select case when valid_until < 'infinity'
       then extract(epoch from valid_until - now())::float8 end as seconds
     from private.previous_webhook_secrets($1) order by 1`,
    [salon.id],
  )).map(({ seconds }) => seconds);
/** Lets time pass for the secrets that were before. */
const wait = (interval: string) =>
  database.query(
    `select private.set_salon_secret('previous_webhook_secret', $1, string_agg(
       concat_ws(' ', to_jsonb(valid_until - $2::interval) #>> '{}', secret), E'\n'))
     from private.previous_webhook_secrets($1)`,
    [salon.id, interval],
  );

it('a salon without a webhook has no secret, and neither has what is no salon', async () => {
  expect([await secrets(), await secrets(randomUUID())]).toEqual([[], []]);
});

it('the first secret is staged and is of one salon', async () => {
  expect(await stage(ONE)).toBe(ONE);
  expect([await secrets(), await secrets(other.id)]).toEqual([[ONE], []]);
});

it('a second secret is honoured beside the first until Cal.com has it', async () => {
  await stage(ONE);
  expect(await stage(TWO)).toBe(TWO);
  expect(await secrets()).toEqual([TWO, ONE]);
  expect(await honoured()).toEqual([null]);
  await wait('1000 days');
  expect(await secrets()).toEqual([TWO, ONE]);
});

it('the first is honoured for a day after that', async () => {
  await stage(ONE);
  await stage(TWO);
  await confirm();
  const [seconds] = await honoured();
  expect(seconds).toBeGreaterThan(HOURS_24 - 60);
  expect(seconds).toBeLessThanOrEqual(HOURS_24);
  await wait('23 hours');
  expect(await secrets()).toEqual([TWO, ONE]);
  await wait('2 hours');
  expect(await secrets()).toEqual([TWO]);
});

it('a change that was never confirmed is gone on with, not begun anew', async () => {
  await stage(ONE);
  await stage(TWO);
  expect(await stage(THREE)).toBe(TWO);
  expect(await secrets()).toEqual([TWO, ONE]);
});

it('two changes within a day honour all three secrets, each for its own day', async () => {
  await stage(ONE);
  await stage(TWO);
  await confirm();
  await wait('10 hours');
  await stage(THREE);
  await confirm();
  expect(await secrets()).toEqual([THREE, TWO, ONE]);
  await wait('15 hours');
  expect(await secrets()).toEqual([THREE, TWO]);
});

it('secrets of a webhook that is gone are honoured for a day more', async () => {
  await stage(ONE);
  await stage(TWO);
  await retire();
  expect(await secrets()).toEqual(expect.arrayContaining([ONE, TWO]));
  expect(await stage(THREE)).toBe(THREE);
  await wait('25 hours');
  expect(await secrets()).toEqual([THREE]);
});

it('a confirmation too many changes nothing', async () => {
  await stage(ONE);
  await confirm();
  await confirm();
  expect(await secrets()).toEqual([ONE]);
});

it.each([null, '', 'short', 'with a space'.padEnd(40, '-'), `line\n${ONE}`, 'x'.repeat(201)])(
  'the secret %j is refused',
  async (secret) => {
    await expect(stage(secret)).rejects.toMatchObject({ code: '22023' });
    expect(await secrets()).toEqual([]);
  },
);

it('a secret for a salon that does not exist is refused', async () => {
  await expect(stage(ONE, { id: randomUUID(), ownerId: '' })).rejects.toMatchObject({
    code: 'P0002',
  });
});

it('two who register at once agree on what Cal.com is to have', async () => {
  await stage(ONE);
  const staged = await Promise.all([stage(TWO), stage(THREE)]);
  expect(new Set(staged).size).toBe(1);
  expect(await secrets()).toEqual([staged[0], ONE]);
});

it('a salon that leaves takes its secrets with it', async () => {
  await stage(ONE);
  await stage(TWO);
  await database.query('delete from public.salons where id = $1', [salon.id]);
  expect(await secrets()).toEqual([]);
  expect(await database.query('select from vault.secrets where name like $1', [`%:${salon.id}`]))
    .toEqual([]);
});

it.each(['anon', 'authenticated'] as const)('%s can do nothing of this', async (role) => {
  for (
    const text of [
      'webhook_secrets($1)',
      `stage_webhook_secret($1, '${ONE}')`,
      'confirm_webhook_secret($1)',
      'retire_webhook_secret($1)',
    ]
  ) {
    const attempt = database.as(
      role,
      role === 'anon' ? null : salon.ownerId,
      (client) => client.query(`select public.${text}`, [salon.id]),
    );
    await expect(attempt).rejects.toMatchObject({ code: '42501' });
  }
});

it.each(['confirm_webhook_secret', 'retire_webhook_secret'])(
  '%s does not forget a secret that is put aside at the same moment',
  async (name) => {
    await stage(ONE);
    const [staging, other] = [
      await openSession(database, 'service_role'),
      await openSession(database, 'service_role'),
    ];
    await staging.query('select public.stage_webhook_secret($1, $2)', [salon.id, TWO]);
    const done = other.query(`select public.${name}($1)`, [salon.id]);
    await other.waits();
    await staging.commit();
    await done;
    await other.commit();
    expect((await secrets() as string[]).toSorted()).toEqual([ONE, TWO]);
  },
);
