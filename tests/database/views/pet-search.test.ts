import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Calendar } from '../../../shared/calendar/calendar.ts';
import { type Dashboard, startDashboard } from '../support/dashboard.ts';
import { createRemindedClient } from '../support/reminders.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

let dashboard: Dashboard;
let salon: TestSalon;
let calendar: Calendar;

beforeAll(async () => {
  dashboard = await startDashboard();
  salon = await createSalon(dashboard.database, { username: null });
  calendar = dashboard.calendarOf(salon.ownerId);
  await createRemindedClient(dashboard.database, salon.id);
  const client = await createRemindedClient(dashboard.database, salon.id, {
    name: 'Halina',
    pets: [...['Żółwik', 'Rex_2', '100%', 'p. Max (duży)'], ...[
      'Burek, syn',
      '[Kot] "Łata" \\ *\\',
    ]],
  });
  await dashboard.database.query(
    'insert into public.client_pets (client_id, pet_id) values ($1, $2)',
    [client.id, client.pets['Żółwik']],
  );
});
afterAll(() => dashboard.stop());

describe('pets', () => {
  it.each([
    ['reks', ['Reksio']],
    ['ŻÓŁ', ['Żółwik']],
    ['  ks ', ['Reksio']],
    ['wik', ['Żółwik']],
    ['_', ['Rex_2']],
    ['%', ['100%']],
    ['*', ['[Kot] "Łata" \\ *\\']],
    ['r*x', []],
    ['r.x', []],
    ['.', ['p. Max (duży)']],
    ['(', ['p. Max (duży)']],
    [',', ['Burek, syn']],
    ['"', ['[Kot] "Łata" \\ *\\']],
    ['] "ł', ['[Kot] "Łata" \\ *\\']],
    ['\\', ['[Kot] "Łata" \\ *\\']],
    ['unknown', []],
    [' ', []],
  ])('are found by %j', async (text, names) => {
    const found = await calendar.searchPets(text);
    expect(found.map(({ name }) => name)).toEqual(names);
  });

  it('are found with their clients', async () => {
    expect(await calendar.searchPets('żółw')).toMatchObject([
      { name: 'Żółwik', salon_id: salon.id, clients: [{ name: 'Halina', surname: 'Nowak' }] },
    ]);
  });
});
