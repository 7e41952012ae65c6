import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const record = (version: string, functionsHash: string | null) =>
  database.query('insert into private.deployments (version, functions_hash) values ($1, $2)', [
    version,
    functionsHash,
  ]);

it('the newest row is the last deployment', async () => {
  await record('0.1.0', null);
  await record('0.2.0-rc.1', 'a'.repeat(64));
  expect(
    await database.query(
      'select version, functions_hash from private.deployments order by id desc limit 1',
    ),
  ).toEqual([{ version: '0.2.0-rc.1', functions_hash: 'a'.repeat(64) }]);
});

it.each(['', '1.2', 'v1.2.3', '1.2.3.4'])('"%s" is no version', async (version) => {
  await expect(record(version, null)).rejects.toThrow(/deployments_version_is_semantic/);
});

it.each(['anon', 'authenticated', 'service_role'] as const)(
  '%s cannot read the deployments',
  async (role) => {
    const read = database.as(role, null, (c) => c.query('select from private.deployments'));
    await expect(read).rejects.toThrow(/permission denied/);
  },
);
