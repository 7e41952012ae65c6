import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../../../local/postgres/client.ts';
import { databaseUrl } from '../../../local/postgres/logins.ts';
import { clusterInfo } from '../../support/cluster.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const asAuth = <T>(work: (client: pg.Client) => Promise<T>) =>
  withClient(databaseUrl(clusterInfo().port, 'supabase_auth_admin', database.name), work);

// From the migrations of supabase/postgres up to October 2026.
describe('a test project is like a hosted one:', () => {
  it.each([
    'create table auth.of_ours (id integer)',
    'alter table auth.users add column of_ours integer',
    'set role authenticator',
    'set role supabase_auth_admin',
    `alter system set work_mem = '8MB'`,
    `insert into cron.job (schedule, command) values ('* * * * *', 'select 1')`,
    `insert into vault.secrets (secret) values ('x')`,
  ])('role postgres cannot %s', async (statement) => {
    await expect(database.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it.each(['anon', 'authenticated', 'service_role'])(
    'role postgres can become %s',
    async (role) => {
      await database.query(`begin; set local role ${role}; rollback`);
    },
  );

  it('every role that runs SQL can read what pg_net has queued', async () => {
    await database.query(
      `select net.http_post('http://127.0.0.1:1', headers => '{"secret": "in clear"}')`,
    );
    for (const role of ['anon', 'authenticated', 'service_role'] as const) {
      const { rows } = await database.as(
        role,
        null,
        (client) =>
          client.query(`select headers ->> 'secret' as secret from net.http_request_queue`),
      );
      expect(rows).toEqual([{ secret: 'in clear' }]);
    }
  });

  it('Supabase Auth owns its tables and sees none of ours', async () => {
    await asAuth(async (client) => {
      expect((await client.query('select count(*) from users')).rows).toEqual([{ count: '0' }]);
      await expect(client.query('select from public.salons')).rejects.toMatchObject({
        code: '42501',
      });
    });
  });
});
