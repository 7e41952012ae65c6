import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { callFunction } from '../support/rpc.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

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

const call = (text: string, ...values: unknown[]) =>
  callFunction<unknown>(database, `public.${text}`, values);
const stage = (secret: string | null, { id } = salon) =>
  call('stage_webhook_secret($1, $2)', id, secret);
const confirm = () => call('confirm_webhook_secret($1)', salon.id);
const retire = () => call('retire_webhook_secret($1)', salon.id);
const secrets = (id = salon.id) => call('webhook_secrets($1)', id);
/** For how many more seconds each previous secret is accepted; null: until a confirmation. */
const remainingSeconds = async () =>
  (await database.query<{ seconds: number | null }>(
    `select case when valid_until < 'infinity'
       then extract(epoch from valid_until - now())::float8 end as seconds
     from private.previous_webhook_secrets($1) order by 1`,
    [salon.id],
  )).map(({ seconds }) => seconds);
/** Lets time pass for the previous secrets. */
const wait = (interval: string) =>
  database.query(
    `select private.set_salon_secret('previous_webhook_secret', $1, string_agg(
       concat_ws(' ', to_jsonb(valid_until - $2::interval) #>> '{}', secret), E'\n'))
     from private.previous_webhook_secrets($1)`,
    [salon.id, interval],
  );

it('a salon without a webhook and an unknown salon have no secret', async () => {
  expect([await secrets(), await secrets(randomUUID())]).toEqual([[], []]);
});

it('the first secret is staged for one salon', async () => {
  expect(await stage(ONE)).toBe(ONE);
  expect([await secrets(), await secrets(other.id)]).toEqual([[ONE], []]);
});

it('the first secret is accepted until the second one is confirmed', async () => {
  await stage(ONE);
  expect(await stage(TWO)).toBe(TWO);
  expect(await secrets()).toEqual([TWO, ONE]);
  expect(await remainingSeconds()).toEqual([null]);
  await wait('1000 days');
  expect(await secrets()).toEqual([TWO, ONE]);
});

it('the first secret is accepted for a day after the confirmation', async () => {
  await stage(ONE);
  await stage(TWO);
  await confirm();
  const [seconds] = await remainingSeconds();
  expect(seconds).toBeGreaterThan(HOURS_24 - 60);
  expect(seconds).toBeLessThanOrEqual(HOURS_24);
  await wait('23 hours');
  expect(await secrets()).toEqual([TWO, ONE]);
  await wait('2 hours');
  expect(await secrets()).toEqual([TWO]);
});

it('an unconfirmed change is resumed with the staged secret', async () => {
  await stage(ONE);
  await stage(TWO);
  expect(await stage(THREE)).toBe(TWO);
  expect(await secrets()).toEqual([TWO, ONE]);
});

it('after two changes within a day each previous secret is accepted for its own day', async () => {
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

it('the secrets of a retired webhook are accepted for another day', async () => {
  await stage(ONE);
  await stage(TWO);
  await retire();
  expect(await secrets()).toEqual(expect.arrayContaining([ONE, TWO]));
  expect(await stage(THREE)).toBe(THREE);
  await wait('25 hours');
  expect(await secrets()).toEqual([THREE]);
});

it('a second confirmation changes nothing', async () => {
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

it('a secret for an unknown salon is refused', async () => {
  await expect(stage(ONE, { id: randomUUID(), ownerId: '' })).rejects.toMatchObject({
    code: 'P0002',
  });
});

it('two concurrent registrations get the same secret', async () => {
  await stage(ONE);
  const staged = await Promise.all([stage(TWO), stage(THREE)]);
  expect(new Set(staged).size).toBe(1);
  expect(await secrets()).toEqual([staged[0], ONE]);
});

it('deleting a salon deletes its secrets', async () => {
  await stage(ONE);
  await stage(TWO);
  await database.query('delete from public.salons where id = $1', [salon.id]);
  expect(await secrets()).toEqual([]);
  expect(await database.query('select from vault.secrets where name like $1', [`%:${salon.id}`]))
    .toEqual([]);
});

it.each(['anon', 'authenticated'] as const)(
  '%s cannot read or change webhook secrets',
  async (role) => {
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
  },
);

it.each(['confirm_webhook_secret', 'retire_webhook_secret'])(
  '%s keeps a secret that is staged at the same moment',
  async (name) => {
    await stage(ONE);
    const [staging, other] = [
      await openSession(database, 'service_role'),
      await openSession(database, 'service_role'),
    ];
    await staging.query('select public.stage_webhook_secret($1, $2)', [salon.id, TWO]);
    const done = other.query(`select public.${name}($1)`, [salon.id]);
    await other.isBlocked();
    await staging.commit();
    await done;
    await other.commit();
    expect((await secrets() as string[]).toSorted()).toEqual([ONE, TWO]);
  },
);

describe('a revocation', () => {
  const ACCEPTS =
    `select private.accepts_webhook_secret($1, encode(sha256($2::bytea), 'hex')) as ok`;
  const REVOKE = 'select public.revoke_webhook_secrets($1)';

  it('waits for a delivery that is being applied', async () => {
    await stage(ONE);
    const delivery = await openSession(database, 'service_role');
    expect((await delivery.query(ACCEPTS, [salon.id, ONE])).rows).toEqual([{ ok: true }]);
    const revocation = await openSession(database, 'service_role');
    const revoking = revocation.query(REVOKE, [salon.id]);
    await revocation.isBlocked();
    await delivery.commit();
    await revoking;
    await revocation.commit();
    expect(await secrets()).toEqual([]);
  });

  it('ends the secret for a delivery that waited for it', async () => {
    await stage(ONE);
    const revocation = await openSession(database, 'service_role');
    await revocation.query(REVOKE, [salon.id]);
    const delivery = await openSession(database, 'service_role');
    const accepting = delivery.query(ACCEPTS, [salon.id, ONE]);
    await delivery.isBlocked();
    await revocation.commit();
    expect((await accepting).rows).toEqual([{ ok: false }]);
  });

  it('does not wait for the deliveries of another salon', async () => {
    await stage(ONE);
    await stage(TWO, other);
    const delivery = await openSession(database, 'service_role');
    await delivery.query(ACCEPTS, [other.id, TWO]);
    await call('revoke_webhook_secrets($1)', salon.id);
    expect([await secrets(), await secrets(other.id)]).toEqual([[], [TWO]]);
  });

  it('does not let two deliveries of a salon wait for each other', async () => {
    await stage(ONE);
    for (let number = 0; number < 2; number++) {
      const delivery = await openSession(database, 'service_role');
      await delivery.query(`set local lock_timeout = '2s'`);
      expect((await delivery.query(ACCEPTS, [salon.id, ONE])).rows).toEqual([{ ok: true }]);
    }
  });
});
