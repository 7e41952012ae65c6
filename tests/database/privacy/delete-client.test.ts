import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { syncedRows } from '../support/calendar-rows.ts';
import { booking, UPSERT, upsertArguments } from '../support/deliveries.ts';
import {
  addZofiasData,
  callForClient,
  createZofiasSalon,
  ZOFIAS_COUNTS,
  type ZofiasSalon,
} from '../support/erasure.ts';
import { closeSessions, openSession } from '../support/sessions.ts';
import { columnsWithTraces } from '../support/traces.ts';

let database: TestDatabase;
let ours: ZofiasSalon;

beforeEach(async () => {
  database = await createTestDatabase();
  ours = await createZofiasSalon(database, 'psi-styl');
  await addZofiasData(database, ours, 'psi-styl');
});
afterEach(async () => {
  await closeSessions();
  await database.drop();
});

const deleteAs = (userId: string | null) =>
  database.as(
    userId === null ? 'service_role' : 'authenticated',
    userId,
    (client) => client.query('delete from public.clients where id = $1', [ours.clientId]),
  );

async function addStaff(): Promise<string> {
  const id = randomUUID();
  await database.query('insert into auth.users (id) values ($1)', [id]);
  await database.query('insert into public.salon_members (salon_id, user_id) values ($1, $2)', [
    ours.salon.id,
    id,
  ]);
  return id;
}

describe('deleting a client erases them, done by', () => {
  it.each<[string, () => Promise<string | null>]>([
    ['an owner', () => Promise.resolve(ours.salon.ownerId)],
    ['staff', addStaff],
    ['service_role', () => Promise.resolve(null)],
  ])('%s', async (_who, member) => {
    const userId = await member();
    await deleteAs(userId);
    expect(await columnsWithTraces(database)).toEqual([]);
    expect(
      await database.query(
        'select client_id, erased_by, counts, finished_at is not null as finished from client_erasures',
      ),
    ).toEqual([{
      client_id: ours.clientId,
      erased_by: userId,
      counts: ZOFIAS_COUNTS,
      finished: true,
    }]);
    expect(await database.query('select from private.unfinished_erasures')).toEqual([]);
  });
});

it('erase_client after a deletion answers as after an erasure', async () => {
  await deleteAs(ours.salon.ownerId);
  const again = await callForClient(
    database,
    'erase_client',
    ours.clientId,
    ours.salon.ownerId,
  );
  expect(again).toEqual(Object.fromEntries(Object.keys(ZOFIAS_COUNTS).map((table) => [table, 0])));
});

describe('a STOP of an erased client', () => {
  const optOuts = () => database.query('select salon_id, phone, source from public.sms_opt_outs');
  const addAgain = () =>
    database.as('authenticated', ours.salon.ownerId, (client) =>
      client.query(
        `insert into public.clients (salon_id, name, surname, phone_number, has_gdpr_consent)
         values ($1, 'Zofia', 'Kaczmarek', '501-220-314', true)`,
        [ours.salon.id],
      ));

  beforeEach(async () => {
    await database.query(`select public.sms_record_opt_out('+48501220314', 'twilio')`);
    await deleteAs(ours.salon.ownerId);
  });

  it('leaves no number behind', async () => {
    expect(await optOuts()).toEqual([]);
    expect(await columnsWithTraces(database)).toEqual([]);
  });

  it('returns with the number', async () => {
    await addAgain();
    expect(await optOuts()).toEqual([
      { salon_id: ours.salon.id, phone: '+48501220314', source: 'twilio' },
    ]);
  });

  it('does not return after START', async () => {
    await database.query(`select public.sms_withdraw_opt_out('+48501220314', 'twilio')`);
    await addAgain();
    expect(await optOuts()).toEqual([]);
  });
});

it('all clients of a salon can be deleted by one statement', async () => {
  await database.as(
    'authenticated',
    ours.salon.ownerId,
    (client) => client.query('delete from public.clients'),
  );
  expect(await columnsWithTraces(database)).toEqual([]);
  expect(await database.query('select from public.client_erasures')).toHaveLength(2);
});

it('a client with the id of an erased one can be deleted', async () => {
  await deleteAs(ours.salon.ownerId);
  await database.query(
    `insert into public.clients (id, salon_id, name, surname, phone_number)
     values ($1, $2, 'Zofia', 'Kaczmarek', '501 220 314')`,
    [ours.clientId, ours.salon.id],
  );
  await deleteAs(ours.salon.ownerId);
  expect(await columnsWithTraces(database)).toEqual([]);
});

it('deleting a salon records no erasures', async () => {
  await database.query('delete from public.salons where id = $1', [ours.salon.id]);
  expect(await database.query('select from public.client_erasures')).toEqual([]);
  expect(await database.query('select from public.clients')).toEqual([]);
});

it('a deletion by a member does not deadlock with a delivery about the client', async () => {
  const deletion = await openSession(database, 'authenticated');
  await deletion.query(`select set_config('request.jwt.claims', $1, true)`, [
    JSON.stringify({ sub: ours.salon.ownerId }),
  ]);
  const webhook = await openSession(database, 'service_role');
  await webhook.query(UPSERT, upsertArguments(booking({ uid: 'other' })));
  const deleting = deletion.query('delete from public.clients where id = $1', [ours.clientId]);
  await deletion.isBlocked();
  await webhook.query(UPSERT, upsertArguments(booking({ uid: 'hers', clientId: ours.clientId })));
  await webhook.commit();
  await deleting;
  await deletion.commit();
  expect(await syncedRows(database, ours.salon.id)).not.toMatchObject([
    { client_id: ours.clientId },
  ]);
  expect(await columnsWithTraces(database)).toEqual([]);
});
