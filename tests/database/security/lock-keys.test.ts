import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries } from '../support/calendar-rows.ts';
import { booking, deliver, UPSERT, upsertArguments } from '../support/deliveries.ts';
import { functionsWhere } from '../support/inventory.ts';
import { makeRetriesDue, runRetryJob } from '../support/retries.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { closeSessions, openSession, type Session } from '../support/sessions.ts';

const THEIR_ID = '11111111-2222-4333-8444-555555555555';
/**
 * Uids whose `hashtextextended('booking ' || uid, 0)` is that of `retry` and of `salon <THEIR_ID>`.
 * The hash can be computed backwards, which finds such a uid in a second.
 */
const LIKE_RETRY = "0123attackerUid1|SF`2lB%'3Zh";
const LIKE_THEIR_SALON = '0123attackerUid1M.[C<>+eifSr';

/** `ours` has nothing but the secret of its own webhook. */
let database: TestDatabase;
let ours: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  ours = await createSalon(database, { username: 'ours' });
  await database.query(
    `insert into public.salons (id, name, cal_com_username) values ($1, 'Salon', 'psi-styl')`,
    [THEIR_ID],
  );
});
beforeEach(() => forgetDeliveries(database));
afterEach(closeSessions);
afterAll(() => database.drop());

/** A delivery that is being applied, as one that waits for a batch of its own salon. */
async function forge(uid: string): Promise<Session> {
  const session = await openSession(database, 'service_role');
  await session.query(UPSERT, upsertArguments(booking({ uid }), { salonId: ours.id }));
  return session;
}

it('a salon cannot choose a uid that stops the retry job', async () => {
  await deliver(database, booking(), { rateLimit: 0 });
  await makeRetriesDue(database);
  const forged = await forge(LIKE_RETRY);
  expect(await runRetryJob(database)).toBe(1);
  await forged.commit();
});

it('a salon cannot choose a uid that makes the deliveries of another salon wait', async () => {
  const forged = await forge(LIKE_THEIR_SALON);
  const session = await openSession(database, 'service_role');
  await session.query(`set local lock_timeout = '2s'`);
  expect((await session.query(UPSERT, upsertArguments(booking()))).rows)
    .toMatchObject([{ action: 'applied' }]);
  await session.commit();
  await forged.commit();
});

it('no lock has a key that can be computed backwards', async () => {
  expect(
    await functionsWhere(
      database,
      String.raw`p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
        and p.prosrc ~ 'advisory\w*\((?!\s*private\.lock_key\()'`,
    ),
  ).toEqual([]);
});
