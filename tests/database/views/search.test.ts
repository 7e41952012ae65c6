import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Calendar } from '../../../shared/calendar/calendar.ts';
import { type Dashboard, startDashboard } from '../support/dashboard.ts';
import { createRemindedClient } from '../support/reminders.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

let dashboard: Dashboard;
let salon: TestSalon;
let other: TestSalon;
let calendar: Calendar;

beforeAll(async () => {
  dashboard = await startDashboard();
  salon = await createSalon(dashboard.database, { username: null });
  other = await createSalon(dashboard.database, { username: 'inny-salon' });
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
  await dashboard.database.query(
    `with people as (
       insert into public.clients (salon_id, name, surname, phone_number)
       values ($1, 'Igora', 'Gżegżółka', '555 123-456'), ($1, 'Ewa', 'Bezpsia', '700800900')
       returning id, surname
     ), dog as (
       insert into public.pets (salon_id, name) values ($1, 'Igor') returning id
     )
     insert into public.client_pets (client_id, pet_id)
     select people.id, dog.id from people, dog where surname = 'Gżegżółka'`,
    [salon.id],
  );
});
afterAll(() => dashboard.stop());

describe('pets', () => {
  it.each([
    ['reks', ['Reksio']],
    ['ŻÓŁW', ['Żółwik']],
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
    ['zolw', ['Żółwik']],
    ['lata', ['[Kot] "Łata" \\ *\\']],
    ['unknown', []],
    [' ', []],
  ])('are found by %j', async (text, names) => {
    const found = await calendar.searchPets(text);
    expect(found.map(({ name }) => name)).toEqual(names);
  });

  it.each([
    ['nowak żółw', ['Żółwik']],
    ['żółwik Halina nowák', ['Żółwik']],
    ['Halina Reksio', []],
  ])('are found by %j, the name of an owner beside theirs', async (text, names) => {
    expect((await calendar.searchPets(text)).map(({ name }) => name)).toEqual(names);
  });

  it.each([
    ['555 123 456'],
    ['555-123-456'],
    ['(555) 123'],
    ['+48555123456'],
    ['0048 555 123 456'],
    ['+48 555'],
    ['48555123456'],
    ['23456'],
  ])('are found by %j in the number of an owner', async (text) => {
    expect((await calendar.searchPets(text)).map(({ name }) => name)).toEqual(['Igor']);
  });

  it.each(['55', '+48 5', '555 123 457', '555123456 x'])('are not found by %j', async (text) => {
    expect(await calendar.searchPets(text)).toEqual([]);
  });

  it('are found with their clients', async () => {
    expect(await calendar.searchPets('żółw')).toMatchObject([
      { name: 'Żółwik', salon_id: salon.id, clients: [{ name: 'Halina', surname: 'Nowak' }] },
    ]);
  });
});

describe('clients', () => {
  const surnames = async (text: string) =>
    (await calendar.searchClients(text)).map(({ surname }) => surname);

  it.each(['gzegzolka', 'Igora GŻEGŻÓŁKA', 'igor', '555 123 456'])(
    'are found by %j: their name, a pet or their number',
    async (text) => {
      expect(await calendar.searchClients(text)).toMatchObject([
        { surname: 'Gżegżółka', salon_id: salon.id, pets: [{ name: 'Igor' }] },
      ]);
    },
  );

  it('are found without a pet', async () => {
    expect(await surnames('bezpsi')).toEqual(['Bezpsia']);
  });

  it('are sorted by surname, as many as asked for', async () => {
    expect(await surnames('a')).toEqual(['Bezpsia', 'Gżegżółka', 'Nowak', 'Nowak']);
    const found = await calendar.searchClients('a', { salonId: salon.id, limit: 2 });
    expect(found.map(({ surname }) => surname)).toEqual(['Bezpsia', 'Gżegżółka']);
  });
});

it('a search finds nothing for members of another salon', async () => {
  const outsider = dashboard.calendarOf(other.ownerId);
  for (const text of ['Igor', 'Gżegżółka', '555123456']) {
    expect(await outsider.searchPets(text, { salonId: salon.id })).toEqual([]);
    expect(await outsider.searchClients(text)).toEqual([]);
  }
});
