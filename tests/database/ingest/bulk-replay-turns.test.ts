import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries } from '../support/calendar-rows.ts';
import { booking, deliver, UPSERT, upsertArguments } from '../support/deliveries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

const REPLAY = `select applied + stale + deferred + refused as replayed, next_from,
  next_from > $2 as advances from public.replay_deliveries($1, $2, '2100-01-01')`;
const FROM = '2026-09-01 10:00Z';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
  await createSalon(database, { username: 'inny-salon' });
});
beforeEach(() => forgetDeliveries(database));
afterEach(closeSessions);
afterAll(() => database.drop());

const unassigned = (uid: string) => booking({ uid, organizerUsername: 'nieznany' });

/** A session in which a delivery is being applied. */
async function delivering(delivered = booking()) {
  const session = await openSession(database, 'service_role');
  await session.query(UPSERT, upsertArguments(delivered));
  return session;
}

describe('a replay of many deliveries waits for one that is being applied', () => {
  it.each<[string, string | null, ReturnType<typeof booking>]>([
    ['in its salon', 'ours', booking({ uid: 'new' })],
    ['about one of its bookings without a salon', null, { ...unassigned('a'), title: 'Kąpiel' }],
  ])('%s', async (_where, whose, delivered) => {
    await deliver(database, unassigned('a'));
    const webhook = await delivering(delivered);
    const replaying = await openSession(database, 'service_role');
    const replayed = replaying.query(REPLAY, [whose === null ? null : salon.id, FROM]);
    await replaying.isBlocked();
    await webhook.commit();
    await replayed;
  });
});

it.each<[string, string | null, ReturnType<typeof booking>]>([
  ['a salon', 'ours', booking({ uid: 'new', organizerUsername: 'inny-salon' })],
  ['deliveries without a salon', null, unassigned('b')],
])('a replay of %s does not wait for other deliveries', async (_what, whose, delivered) => {
  await deliver(database, unassigned('a'));
  await delivering(delivered);
  const replaying = await openSession(database, 'service_role');
  await replaying.query(`set local lock_timeout = '2s'`);
  await replaying.query(REPLAY, [whose === null ? null : salon.id, FROM]);
});

it('a call handles 50 deliveries without a salon, and the next one advances', async () => {
  await database.query(
    `insert into webhook_logs (webhook_type, payload, booking, booking_uid, seat_id, occurred_at,
       created_at, status, action)
     select 'BOOKING_CREATED', '{}', $1::jsonb || jsonb_build_object('uid', 'uid-' || n),
       'uid-' || n, '', now(), $2, 'error', 'dead'
     from generate_series(1, 51) as n`,
    [JSON.stringify(unassigned('a')), FROM],
  );
  expect(await database.query(REPLAY, [null, FROM])).toMatchObject([
    { replayed: 50, advances: true },
  ]);
});
