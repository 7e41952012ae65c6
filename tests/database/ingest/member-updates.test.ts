import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { forgetDeliveries } from '../support/calendar-rows.ts';
import { at, booking, deliver, UPSERT, upsertArguments } from '../support/deliveries.ts';
import { createClient, createSalon, type TestSalon } from '../support/salons.ts';
import { closeSessions, openSession } from '../support/sessions.ts';

let database: TestDatabase;
let salon: TestSalon;
let petId: string;
let clientId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
beforeEach(async () => {
  await forgetDeliveries(database);
  const client = await createClient(database, salon.id);
  clientId = client.id;
  petId = client.petIds[0] ?? '';
});
afterEach(async () => {
  await closeSessions();
  await database.query('delete from clients');
  await database.query('delete from pets');
});
afterAll(() => database.drop());

const moved = (uid: string) =>
  upsertArguments(
    booking({ trigger: 'BOOKING_LOCATION_UPDATED', uid, location: 'Sopot', ...at(12) }),
  );

describe('a page of the sync that changes the rows in another order than a member', () => {
  it.each([
    [
      'assigns a pet',
      () => `update calendar_events set pet_id = '${petId}'`,
      () => ({ location: 'Sopot', pet_id: petId, is_erased: false }),
    ],
    [
      'deletes the client',
      () => `delete from clients where id = '${clientId}'`,
      () => ({ location: null, pet_id: null, is_erased: true }),
    ],
  ])('makes a member who %s wait, and neither fails', async (_what, statement, row) => {
    for (const uid of ['a', 'b']) await deliver(database, booking({ uid, clientId }));
    const sync = await openSession(database, 'service_role');
    const member = await openSession(database, 'authenticated');
    await member.query(`select set_config('request.jwt.claims', $1, true)`, [
      JSON.stringify({ sub: salon.ownerId, role: 'authenticated' }),
    ]);
    // The member's statement reaches the row of a first, which was written first.
    await sync.query(UPSERT, moved('b'));
    const change = member.query(statement());
    await member.isBlocked();
    await sync.query(UPSERT, moved('a'));
    await sync.commit();
    await change;
    await member.commit();
    expect(
      await database.query(
        'select location, pet_id, erased_at is not null as is_erased from calendar_events',
      ),
    ).toEqual([row(), row()]);
  });

  it('does not make the member of another salon wait', async () => {
    const other = await createSalon(database, { username: 'inny-salon' });
    const { id } = await createClient(database, other.id);
    await deliver(database, booking({ uid: 'a' }));
    const sync = await openSession(database, 'service_role');
    await sync.query(UPSERT, moved('a'));
    const result = await database.as('authenticated', other.ownerId, async (client) => {
      await client.query(`set local lock_timeout = '2s'`);
      return await client.query(`update clients set name = 'Jan' where id = $1`, [id]);
    });
    expect(result.rowCount).toBe(1);
    await sync.commit();
  });
});
