import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { callFunction } from '../support/rpc.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

const ONE = 'one'.padEnd(32, '-');

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  salon = await createSalon(database, { username: null });
});
afterEach(closeSessions);
afterAll(() => database.drop());

const call = (text: string, ...values: unknown[]) =>
  callFunction<unknown>(database, `public.${text}`, values);

describe.each([
  [`stage_webhook_secret($1, '${'two'.padEnd(32, '-')}')`],
  ['confirm_webhook_secret($1)'],
  ['retire_webhook_secret($1)'],
  ['revoke_webhook_secrets($1)'],
])('%s', (change) => {
  it('waits for a delivery that was accepted by a secret', async () => {
    await call('stage_webhook_secret($1, $2)', salon.id, ONE);
    const delivery = await openSession(database, 'service_role');
    await delivery.query(
      `select private.accepts_webhook_secret($1, encode(sha256($2::bytea), 'hex'))`,
      [salon.id, ONE],
    );
    const changing = await openSession(database, 'service_role');
    const changed = changing.query(`select public.${change}`, [salon.id]);
    await changing.isBlocked();
    await delivery.commit();
    await changed;
  });

  it('does not wait for one of another salon', async () => {
    const other = await createSalon(database, { username: null });
    const delivery = await openSession(database, 'service_role');
    await delivery.query(`select private.accepts_webhook_secret($1, '')`, [other.id]);
    await call(change, salon.id);
  });
});

it.each(['revoke_webhook_secrets($1)', `stage_webhook_secret($1, '${ONE}')`])(
  '%s for a salon that does not exist fails',
  async (change) => {
    await expect(call(change, randomUUID())).rejects.toMatchObject({ code: 'P0002' });
  },
);

it('a key that is set twice at the same time is the one that was set last', async () => {
  const first = await openSession(database, 'service_role');
  const second = await openSession(database, 'service_role');
  const set = 'select public.set_calcom_api_key($1, $2)';
  await first.query(set, [salon.id, 'cal_first']);
  const setting = second.query(set, [salon.id, 'cal_second']);
  await second.isBlocked();
  await first.commit();
  await setting;
  await second.commit();
  expect(
    await database.query(`select private.salon_secret('calcom_api_key', $1) as key`, [salon.id]),
  )
    .toEqual([{ key: 'cal_second' }]);
});
