import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { withClient } from './client.ts';

const LOCAL = new URL('../', import.meta.url);
const ROLES = 'postgres/bootstrap/roles.sql';
const DATABASE_SCRIPTS = [
  'postgres/bootstrap/public.sql',
  'postgres/bootstrap/extensions.sql',
  'stand-ins/auth/schema.sql',
  'stand-ins/vault/schema.sql',
  'stand-ins/net/schema.sql',
];
const CRON_SCRIPTS = {
  'stand-in': 'stand-ins/cron/schema.sql',
  'pg_cron': 'postgres/bootstrap/pg-cron.sql',
};

/** Where a database's `cron` schema comes from. */
export type CronSource = keyof typeof CRON_SCRIPTS;

async function run(script: string, client: pg.ClientBase): Promise<void> {
  await client.query(await readFile(new URL(script, LOCAL), 'utf8'));
}

/** Gives a new cluster the roles of hosted Supabase. */
export async function createRoles(client: pg.ClientBase): Promise<void> {
  await run(ROLES, client);
}

/** Gives the connected database the schemas and grants of a new hosted project. */
export async function bootstrapDatabase(client: pg.ClientBase, cron: CronSource): Promise<void> {
  for (const script of [...DATABASE_SCRIPTS, CRON_SCRIPTS[cron]]) await run(script, client);
}

/** Adds the schema of Realtime, which the local stack goes without. */
export async function createRealtime(client: pg.ClientBase): Promise<void> {
  await run('stand-ins/realtime/schema.sql', client);
}

/**
 * Sets up a new server like an empty hosted project; does nothing if that has been done.
 *
 * This is one transaction, so after an interrupted first start the next start repeats it.
 */
export async function bootstrapServer(adminUrl: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const { rows } = await client.query("select to_regrole('authenticator') is not null as done");
    if (rows[0]?.done) return;
    await client.query('begin');
    await createRoles(client);
    await client.query('alter database postgres owner to postgres');
    await bootstrapDatabase(client, 'stand-in');
    await client.query('commit');
  });
}
