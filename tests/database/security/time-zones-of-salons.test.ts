import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';

let database: TestDatabase;
let salon: TestSalon;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createSalon(database);
});
afterAll(() => database.drop());

const choose = (zone: string) =>
  database.as(
    'authenticated',
    salon.ownerId,
    (client) => client.query('update salons set timezone = $2 where id = $1', [salon.id, zone]),
  );

/** Whether JavaScript, which writes reminders and the feed, knows the zone. */
function isKnownToIntl(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

it.each([
  'a/b5',
  'Europe/Warsaw5',
  'Europe/Warsaw-1CEST',
  '<a/b>100',
  '<Europe/Warsaw>1',
  'Etc/GMT+99',
  'posix/Europe/Warsaw',
  'right/Europe/Warsaw',
  'europe/warsaw',
  'CET',
  '+02',
  ' Europe/Warsaw',
  'Europe/Warsaw\n',
  'Europe/',
  '',
])('a salon cannot choose %j as its time zone', async (zone) => {
  await expect(choose(zone)).rejects.toMatchObject({
    code: '23514',
    constraint: 'salons_timezone_is_valid',
  });
});

it('a salon can choose every time zone of a place that Intl lists', async () => {
  const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'));
  const known = await database.query<{ name: string; accepted: boolean }>(
    `select n.name, private.is_time_zone(n.name) as accepted
     from pg_timezone_names n where n.name = any ($1) and n.name !~ '^Etc/'`,
    [zones],
  );
  expect(known.length).toBeGreaterThan(350);
  expect(known.filter(({ accepted }) => !accepted)).toEqual([]);
});

it('Intl knows every time zone that a salon can choose', async () => {
  const accepted = await database.query<{ name: string }>(
    'select n.name from pg_timezone_names n where private.is_time_zone(n.name)',
  );
  expect(accepted.length).toBeGreaterThan(400);
  expect(accepted.filter(({ name }) => !isKnownToIntl(name))).toEqual([]);
});

it('choosing a time zone does not read the list of all', async () => {
  const before = performance.now();
  await database.query(
    `select private.is_time_zone('Europe/Warsaw') from generate_series(1, 1000)`,
  );
  expect(performance.now() - before).toBeLessThan(2_000);
});
