import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTenant, type Tenant } from '../support/tenant.ts';

let database: TestDatabase;
let salon: Tenant;

beforeAll(async () => {
  database = await createTestDatabase();
  salon = await createTenant(database, 'psi-styl');
});
afterAll(() => database.drop());

/** Writes a text of so many characters as an owner would. */
const write = (table: string, column: string, characters: number) =>
  database.as('authenticated', salon.ownerId, (client) => {
    const id = {
      calendar_events: salon.eventId,
      clients: salon.clientId,
      pets: salon.petId,
      salons: salon.salonId,
    }[table];
    return client.query(`update ${table} set ${column} = repeat('ż', $1) where id = $2`, [
      characters,
      id,
    ]);
  });

it.each([
  ['calendar_events', 'salon_note', 2000],
  ['clients', 'name', 200],
  ['clients', 'surname', 200],
  ['clients', 'phone_number', 100],
  ['clients', 'email', 320],
  ['clients', 'address', 500],
  ['pets', 'name', 200],
  ['pets', 'type', 200],
  ['pets', 'breed', 200],
  ['pets', 'health_issues', 10_000],
  ['pets', 'allergies', 10_000],
  ['pets', 'preferences', 10_000],
  ['pets', 'notes', 10_000],
  ['salons', 'name', 200],
  ['salons', 'address', 500],
  ['salons', 'nip', 50],
  ['salons', 'phone_number', 100],
])('%s.%s has at most %i characters', async (table, column, characters) => {
  await write(table, column, characters);
  await expect(write(table, column, characters + 1)).rejects.toMatchObject({
    code: '23514',
    constraint: `${table}_${column}_is_short`,
    message: `${table}.${column} has more than ${characters} characters`,
    hint: 'Shorten it.',
  });
});

it('a new row is checked as well', async () => {
  const insert = database.query(
    `insert into pets (salon_id, name) values ($1, repeat('x', 201))`,
    [salon.salonId],
  );
  await expect(insert).rejects.toMatchObject({ constraint: 'pets_name_is_short' });
});

it('a pet’s name of 68 MB is refused', async () => {
  await expect(write('pets', 'name', 34_000_000)).rejects.toMatchObject({
    constraint: 'pets_name_is_short',
  });
});

it('a row that BarkBook wrote longer can be changed and keeps its text', async () => {
  await database.query(
    `alter table pets disable trigger check_text_lengths;
     update pets set notes = repeat('x', 20000) where id = '${salon.petId}';
     alter table pets enable trigger check_text_lengths`,
  );
  // As BarkBook's form does, which sends every column.
  await database.query(`update pets set age = 7, notes = notes where id = $1`, [salon.petId]);
  const [pet] = await database.query(
    'select age, length(notes) as length from pets where id = $1',
    [salon.petId],
  );
  expect(pet).toEqual({ age: 7, length: 20_000 });
});
