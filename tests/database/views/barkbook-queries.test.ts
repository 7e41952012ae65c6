import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { type Dashboard, startDashboard } from '../support/dashboard.ts';
import {
  createAppointment,
  createRemindedClient,
  type RemindedClient,
} from '../support/reminders.ts';

// The queries of the calendar service in BarkBook's app, as they are sent to the Data API.
const DETAILS = '*,client:clients(id,name,surname,phone_number,email),' +
  'pet:pets(id,name,breed,type,allergies,health_issues)';
const AHEAD = 'status=in.(scheduled,confirmed)';

let dashboard: Dashboard;
let salon: TestSalon;
let anna: RemindedClient;

beforeAll(async () => {
  dashboard = await startDashboard();
  salon = await createSalon(dashboard.database, { username: null });
  anna = await createRemindedClient(dashboard.database, salon.id);
  const appointment = (start: string, status: string) =>
    createAppointment(dashboard.database, salon.id, { client: anna, pet: 'Reksio', start, status });
  await appointment('2026-11-20 10:00Z', 'completed');
  await appointment('2026-11-23 10:00Z', 'cancelled');
  await appointment('2026-11-24 08:00Z', 'scheduled');
  await appointment('2026-11-24 13:00Z', 'confirmed');
  await appointment('2026-11-24 14:00Z', 'cancelled');
  await appointment('2026-11-27 10:00Z', 'scheduled');
});
afterAll(() => dashboard.stop());

type Row = { start_time: string; status: string; client: unknown; pet: unknown };

async function ask(query: string, userId = salon.ownerId): Promise<Row[]> {
  const response = await fetch(`${dashboard.api.url}/rest/v1/calendar_events?${query}`, {
    headers: {
      apikey: dashboard.api.publishableKey,
      authorization: `Bearer ${await dashboard.api.userToken(userId)}`,
    },
  });
  const rows = await response.json();
  if (!response.ok) throw new Error(rows.message);
  return rows;
}

/** Rows as `24 13:00 confirmed`, in UTC. */
const summaries = (rows: Row[]) =>
  rows.map(({ start_time, status }) => `${start_time.slice(8, 16).replace('T', ' ')} ${status}`);
const select = () => `select=${DETAILS}&salon_id=eq.${salon.id}`;
const ofPet = () => `select=${DETAILS}&pet_id=eq.${anna.pets['Reksio']}`;

describe('BarkBook’s query', () => {
  it('for today returns today’s appointments with client and pet', async () => {
    const rows = await ask(
      `${select()}&start_time=gte.2026-11-23T23:00:00.000Z&start_time=lt.2026-11-24T23:00:00.000Z` +
        `&${AHEAD}&order=start_time.asc`,
    );
    expect(summaries(rows)).toEqual(['24 08:00 scheduled', '24 13:00 confirmed']);
    expect(rows[0]).toMatchObject({
      client: { id: anna.id, name: 'Anna', surname: 'Nowak', phone_number: '600 100 200' },
      pet: { name: 'Reksio', allergies: null, health_issues: null },
    });
  });

  it('for the week returns the week’s appointments', async () => {
    const rows = await ask(
      `${select()}&start_time=gte.2026-11-22T23:00:00.000Z&start_time=lte.2026-11-29T22:59:59.999Z` +
        `&${AHEAD}&order=start_time.asc`,
    );
    expect(summaries(rows)).toEqual([
      '24 08:00 scheduled',
      '24 13:00 confirmed',
      '27 10:00 scheduled',
    ]);
  });

  it('for a pet’s upcoming appointments returns the next ten', async () => {
    const rows = await ask(
      `${ofPet()}&start_time=gte.2026-11-24T11:00:00.000Z&${AHEAD}&order=start_time.asc&limit=10`,
    );
    expect(summaries(rows)).toEqual(['24 13:00 confirmed', '27 10:00 scheduled']);
  });

  it('for a pet’s past appointments returns all, latest first', async () => {
    const rows = await ask(
      `${ofPet()}&end_time=lt.2026-11-24T11:00:00.000Z&order=start_time.desc&limit=50`,
    );
    expect(summaries(rows)).toEqual([
      '24 08:00 scheduled',
      '23 10:00 cancelled',
      '20 10:00 completed',
    ]);
  });

  it('for a range includes both ends', async () => {
    const rows = await ask(
      `${select()}&start_time=gte.2026-11-24T08:00:00.000Z&start_time=lte.2026-11-24T14:00:00.000Z` +
        `&order=start_time.asc`,
    );
    expect(summaries(rows)).toEqual([
      '24 08:00 scheduled',
      '24 13:00 confirmed',
      '24 14:00 cancelled',
    ]);
  });

  it('returns the same rows as our own client', async () => {
    const calendar = dashboard.calendarOf(salon.ownerId);
    const [past] = await ask(
      `${ofPet()}&end_time=lt.2026-11-24T11:00:00.000Z&order=start_time.desc&limit=50`,
    );
    const [ours] = await calendar.getPastAppointmentsForPet(anna.pets['Reksio'] ?? '');
    const shown = Object.entries(past ?? {}).filter(([column]) => column !== 'fold_state');
    expect(ours).toMatchObject(Object.fromEntries(shown));
  });

  it('returns nothing to an outsider', async () => {
    const outsider = await createSalon(dashboard.database, { username: null });
    expect(await ask(select(), outsider.ownerId)).toEqual([]);
  });
});
