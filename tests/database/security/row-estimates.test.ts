import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgrestServer, startPostgrest } from '../../../local/postgrest/server.ts';
import { withClient } from '../../../local/postgres/client.ts';
import { databaseUrl } from '../../../local/postgres/logins.ts';
import { generateKeys, signUserToken } from '../../../local/stack/keys.ts';
import { clusterInfo } from '../../support/cluster.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTenant } from '../support/tenant.ts';

let database: TestDatabase;
let postgrest: PostgrestServer;
let token: string;
let readable: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  const tenant = await createTenant(database, 'psi-styl');
  await createTenant(database, 'inny-salon');
  const { jwtSecret } = await generateKeys();
  const { port, dir } = clusterInfo();
  postgrest = await startPostgrest({
    databaseUrl: databaseUrl(port, 'authenticator', database.name),
    jwtSecret,
    logFile: `${dir}/postgrest-estimates.log`,
  });
  token = await signUserToken(jwtSecret, tenant.ownerId);
  const relations = await database.query<{ name: string }>(
    `select c.relname as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v')
       and has_any_column_privilege('authenticated', c.oid, 'select')`,
  );
  readable = relations.map(({ name }) => name);
});
afterAll(async () => {
  await postgrest.process.stop();
  await database.drop();
});

/** Asks PostgREST itself, because a gateway may join repeated headers. */
async function ask(path: string, ...preferences: string[]): Promise<string> {
  const { port, hostname } = new URL(postgrest.url);
  const socket = connect(Number(port), hostname);
  const lines = [
    `GET /${path} HTTP/1.1`,
    `Host: ${hostname}`,
    `Authorization: Bearer ${token}`,
    'Connection: close',
    ...preferences.map((preference) => `Prefer: ${preference}`),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return await text(socket);
}

/** A column that members may read: some tables hide others. */
async function columnOf(relation: string): Promise<string> {
  const [column] = await database.query<{ name: string }>(
    `select a.attname as name from pg_attribute a
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
       and has_column_privilege('authenticated', a.attrelid, a.attnum, 'select')
     limit 1`,
    [`public.${relation}`],
  );
  return column?.name ?? '';
}

describe('a member is refused an estimate of how many rows there are', () => {
  it('in every table and view that members can read', async () => {
    expect(readable.length).toBeGreaterThan(20);
    for (const relation of readable) {
      const answer = await ask(`${relation}?select=${await columnOf(relation)}`, 'count=planned');
      expect([relation, answer.split('\r\n')[0], answer]).toEqual([
        relation,
        expect.stringMatching(/^HTTP\/1\.1 400 /),
        expect.stringContaining('Send Prefer: count=exact'),
      ]);
    }
  });

  it.each([
    ['beside another preference', ['count=planned, return=representation']],
    ['in a header that another one hides', ['count=planned', 'return=representation']],
    ['in upper-case parts of several headers', ['x=y', 'count=planned', 'z=a']],
  ])('%s', async (_where, preferences) => {
    expect(await ask('clients?select=id', ...preferences)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('estimated from a threshold on', async () => {
    await withClient(database.adminUrl, (client) =>
      client.query(
        `alter role authenticator in database ${database.name} set pgrst.db_max_rows = '1'`,
      ));
    await database.query(`notify pgrst, 'reload config'`);
    await expect.poll(() => ask('clients?select=id', 'count=estimated'))
      .toMatch(/^HTTP\/1\.1 400 /);
  });
});

it('a member gets the exact count of their own rows', async () => {
  expect(await ask('webhook_logs?select=id', 'count=exact')).toMatch(/Content-Range: 0-0\/1\r/);
});

it('reads without a count are unaffected, also of EXPLAIN in a direct connection', async () => {
  expect(await ask('clients?select=id')).toMatch(/^HTTP\/1\.1 200 /);
  await database.as('authenticated', null, (client) => client.query('explain select from clients'));
});
