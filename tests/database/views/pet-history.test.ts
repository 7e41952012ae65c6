import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon } from '../support/salons.ts';
import { createAppointment, createRemindedClient } from '../support/reminders.ts';
import { readAt } from '../support/app-clock.ts';

const NOW = '2026-11-24 12:00Z';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it('the history of a pet contains past appointments, whether or not Cal.com closed them', async () => {
  const salon = await createSalon(database);
  const client = await createRemindedClient(database, salon.id);
  const appointment = (start: string, status: string) =>
    createAppointment(database, salon.id, { client, pet: 'Reksio', start, status });
  await appointment('2026-09-01 08:00Z', 'completed');
  await appointment('2026-09-02 08:00Z', 'scheduled');
  await appointment('2026-09-03 08:00Z', 'confirmed');
  await appointment('2026-09-04 08:00Z', 'pending');
  await appointment('2026-09-05 08:00Z', 'cancelled');
  await appointment('2026-09-06 08:00Z', 'no_show');
  await appointment('2026-11-24 11:30Z', 'scheduled');
  await appointment('2026-11-25 08:00Z', 'scheduled');
  await createAppointment(database, salon.id, {
    client,
    start: '2026-09-07 08:00Z',
    status: 'completed',
  });

  expect(
    await readAt(
      database,
      salon,
      NOW,
      `select local_date::text, status, effective_status from public.pet_history
       order by start_time`,
    ),
  ).toEqual([
    { local_date: '2026-09-01', status: 'completed', effective_status: 'completed' },
    { local_date: '2026-09-02', status: 'scheduled', effective_status: 'completed' },
    { local_date: '2026-09-03', status: 'confirmed', effective_status: 'completed' },
  ]);
});
