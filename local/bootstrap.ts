import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { projectRoot } from './paths.ts';

const SCRIPTS_DIR = join(projectRoot, 'local', 'bootstrap');
const DATABASE_SCRIPTS = ['public', 'extensions', 'auth', 'vault', 'net'];

/** Where a database's `cron` schema comes from. */
export type CronSource = 'stand-in' | 'pg_cron';

async function script(name: string): Promise<string> {
  return await readFile(join(SCRIPTS_DIR, `${name}.sql`), 'utf8');
}

/** Runs work on one connection, which is closed whatever happens. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Gives a new cluster the roles of hosted Supabase. */
export async function createRoles(client: pg.ClientBase): Promise<void> {
  await client.query(await script('roles'));
}

/** Gives the connected database the schemas and grants of a new hosted project. */
export async function bootstrapDatabase(client: pg.ClientBase, cron: CronSource): Promise<void> {
  const names = [...DATABASE_SCRIPTS, cron === 'pg_cron' ? 'pg-cron' : 'cron'];
  for (const name of names) await client.query(await script(name));
}

/**
 * Turns a new server into an empty hosted project, and leaves one that already is alone.
 *
 * All or nothing: an interrupted first start is repeated by the next one.
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
