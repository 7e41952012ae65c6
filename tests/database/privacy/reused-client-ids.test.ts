import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  addZofiasData,
  callForClient,
  createZofiasSalon,
  type ZofiasSalon,
} from '../support/erasure.ts';
import { columnsWithTraces } from '../support/traces.ts';

let database: TestDatabase;
let ours: ZofiasSalon;
let theirs: ZofiasSalon;

beforeEach(async () => {
  database = await createTestDatabase();
  ours = await createZofiasSalon(database, 'psi-styl');
  await addZofiasData(database, ours, 'psi-styl');
  theirs = await createZofiasSalon(database, 'inny-salon');
  await database.query('delete from clients where id = $1', [theirs.clientId]);
});
afterEach(() => database.drop());

/** The other salon inserts a client with the id of ours. */
const takeId = () =>
  database.as('authenticated', theirs.salon.ownerId, (client) =>
    client.query(
      `insert into clients (id, salon_id, name, surname, phone_number)
       values ($1, $2, 'Ktoś', 'Inny', '600 500 400')`,
      [ours.clientId, theirs.salon.id],
    ));
const deleteAs = (userId: string) =>
  database.as(
    'authenticated',
    userId,
    (client) => client.query('delete from clients where id = $1', [ours.clientId]),
  );
const erasures = async () =>
  (await database.query<{ salon_id: string; erased_by: string }>(
    'select salon_id, erased_by from client_erasures where client_id = $1',
    [ours.clientId],
  )).map(({ salon_id, erased_by }) => [salon_id, erased_by]).sort();
const erase = (ownerId: string | null) =>
  callForClient(database, 'erase_client', ours.clientId, ownerId);

it('another salon that reuses the id of an erased client does not replace its record', async () => {
  await deleteAs(ours.salon.ownerId);
  await takeId();
  await deleteAs(theirs.salon.ownerId);
  expect(await erasures()).toEqual(
    [ours, theirs].map(({ salon }) => [salon.id, salon.ownerId]).sort(),
  );
});

it('another salon that reuses the id of an erased client does not end its search', async () => {
  await database.query(
    `do $$begin perform pg_sleep(2);
     delete from public.clients where id = '${ours.clientId}'; end$$`,
  );
  await takeId();
  await deleteAs(theirs.salon.ownerId);
  await database.query(
    `do $$begin while private.continue_erasures() is not null loop end loop; end$$`,
  );
  expect(await columnsWithTraces(database)).toEqual([]);
});

it('each owner is answered about the client of their own salon', async () => {
  expect((await erase(ours.salon.ownerId))['clients']).toBe(1);
  await takeId();
  expect((await erase(ours.salon.ownerId))['clients']).toBe(0);
  expect(await database.query('select from clients where id = $1', [ours.clientId]))
    .toHaveLength(1);
  expect((await erase(theirs.salon.ownerId))['clients']).toBe(1);
  expect((await erase(null))['clients']).toBe(0);
});
