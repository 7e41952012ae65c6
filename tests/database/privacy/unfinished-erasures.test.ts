import { afterAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  addZofiasData,
  createZofiasSalon,
  deleteLate,
  ZOFIAS_COUNTS,
  type ZofiasSalon,
} from '../support/erasure.ts';
import { closeSessions, openSession } from '../support/sessions.ts';
import { columnsWithTraces } from '../support/traces.ts';

const databases: TestDatabase[] = [];

afterAll(async () => {
  await closeSessions();
  for (const database of databases) await database.drop();
});

/** A database of its own for a test, with a salon that has every kind of data about Zofia. */
async function createScene(): Promise<{ database: TestDatabase; ours: ZofiasSalon }> {
  const database = await createTestDatabase();
  databases.push(database);
  const ours = await createZofiasSalon(database, 'psi-styl');
  await addZofiasData(database, ours, 'psi-styl');
  return { database, ours };
}

const run = async (database: TestDatabase, batch = 500) =>
  (await database.query('select private.continue_erasures(batch => $1) as continued', [batch]))[0]
    ?.['continued'];
const finished = async (database: TestDatabase) =>
  (await database.query('select finished_at is not null as finished from client_erasures')).map(
    (row) => row['finished'],
  );

// At once, since each waits for two seconds.
describe.concurrent('a search that is not finished after two seconds', () => {
  it('has erased all that is linked to the client', async () => {
    const { database, ours } = await createScene();
    await deleteLate(database, [ours.clientId]);
    expect(await columnsWithTraces(database)).toEqual([
      'public.webhook_logs.booking',
      'public.webhook_logs.payload',
    ]);
    expect(await finished(database)).toEqual([false]);
  });

  it('is continued by the job until nothing is left', async () => {
    const { database, ours } = await createScene();
    await deleteLate(database, [ours.clientId]);
    expect(await run(database, 5)).toBe(ours.salon.id);
    expect(await finished(database)).toEqual([false]);
    await database.query(
      'do $$begin while private.continue_erasures() is not null loop end loop; end$$',
    );
    expect(await finished(database)).toEqual([true]);
    expect(await columnsWithTraces(database)).toEqual([]);
    expect(await database.query('select counts from public.client_erasures')).toEqual([
      { counts: ZOFIAS_COUNTS },
    ]);
    expect(await run(database)).toBeNull();
  });

  it('does not wait for a salon that is busy, nor stop the others', async () => {
    const { database, ours } = await createScene();
    const theirs = await createZofiasSalon(database, 'inny-salon');
    await deleteLate(database, [ours.clientId, theirs.clientId]);
    const busy = await openSession(database);
    await busy.query('select private.lock_salon($1)', [ours.salon.id]);
    expect([await run(database), await run(database)]).toEqual([theirs.salon.id, null]);
    await busy.commit();
    expect(await run(database)).toBe(ours.salon.id);
    expect(await finished(database)).toEqual([true, true]);
  });

  it('does not stop the others if it fails', async () => {
    const { database, ours } = await createScene();
    const theirs = await createZofiasSalon(database, 'inny-salon');
    await deleteLate(database, [ours.clientId, theirs.clientId]);
    await database.query(
      `update private.unfinished_erasures set own.hint = '(' where client_id = $1`,
      [ours.clientId],
    );
    expect([await run(database), await run(database)]).toEqual([theirs.salon.id, null]);
    expect(
      await database.query('select client_id from client_erasures where finished_at is null'),
    ).toEqual([{ client_id: ours.clientId }]);
  });
});
