import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { at, booking, deliver } from '../support/deliveries.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';

let database: TestDatabase;
let salon: Tenant;

const write = (note: string) =>
  database.as(
    'authenticated',
    salon.ownerId,
    (client) => client.query('update calendar_events set salon_note = $1', [note]),
  );
const notes = () => database.query('select salon_note as note from calendar_events');

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createTenant(database, 'psi-styl');
  await write('Pani Zofia płaci kartą');
  await database.query('delete from clients where id = $1', [salon.clientId]);
});
afterAll(() => database.drop());

it('erasing a client erases the salon’s notes on their appointments', async () => {
  expect(await notes()).toEqual([{ note: null }]);
});

it('a note on an erased appointment is refused, since the next delivery would erase it', async () => {
  await expect(write('Nowa notatka')).rejects.toMatchObject({
    constraint: 'calendar_events_erased_has_no_salon_note',
  });
});

it('a note does not return when an erased appointment is merged with another', async () => {
  const moved = booking({
    uid: 'moved',
    startTime: '2026-09-16T08:00:00.000Z',
    endTime: '2026-09-16T09:00:00.000Z',
    ...at(11),
  });
  await deliver(database, moved);
  await database.query(
    `update calendar_events set salon_note = 'Zofia' where cal_com_event_id = 'moved'`,
  );
  await deliver(database, { ...moved, trigger: 'BOOKING_RESCHEDULED', rescheduleUid: salon.uid });
  expect(await notes()).toEqual([{ note: null }]);
});
