import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { bootstrapDatabase } from '../../local/postgres/bootstrap.ts';
import { withClient } from '../../local/postgres/client.ts';
import { databaseUrl, SUPERUSER } from '../../local/postgres/logins.ts';
import { clusterInfo, PG_CRON_DATABASE, TEMPLATES } from './cluster.ts';
import { applyMigrationsTo } from './migrations.ts';
import { inTest, refuseAfterEnd } from './running-test.ts';

export { type MigrationFile, migrationFiles } from './migrations.ts';

/** The roles that the Data API acts as. */
export type ApiRole = 'anon' | 'authenticated' | 'service_role';

/** A database of its own for one test file. It refuses what a test that was given up goes on doing. */
export interface TestDatabase {
  name: string;
  /** As role postgres, which owns everything the migrations create. */
  url: string;
  /** As the superuser. */
  adminUrl: string;
  /** Runs one statement as role postgres on a pooled connection. */
  query<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>;
  /** Runs work in one transaction as PostgREST would; commits, or rolls back when it throws. */
  as<T>(
    role: ApiRole,
    userId: string | null,
    run: (client: pg.ClientBase) => Promise<T>,
  ): Promise<T>;
  drop(): Promise<void>;
}

/** How a test database starts out. */
export interface TestDatabaseOptions {
  /** `migrated` has our schema; `bare` is a new hosted project before the first migration. */
  template?: keyof typeof TEMPLATES;
}

const POOL_SIZE = 10;

/** Clones a template database. Needs the cluster that the global setup starts. */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = TEMPLATES[options.template ?? 'migrated'];
  await asAdmin(`create database ${name} owner postgres template ${template}`);
  return open(name);
}

/**
 * A bare database with the real pg_cron, or null where the server has none.
 *
 * There can be one such database at a time, so only one test file of a run may use it.
 */
export async function createPgCronDatabase(): Promise<TestDatabase | null> {
  if (!clusterInfo().hasPgCron) return null;
  await asAdmin(`create database ${PG_CRON_DATABASE} owner postgres`);
  const database = open(PG_CRON_DATABASE);
  await withClient(database.adminUrl, (client) => bootstrapDatabase(client, 'pg_cron'));
  return database;
}

/** Applies the migrations as role postgres, as a deployment would. */
export async function applyMigrations(database: TestDatabase): Promise<void> {
  await withClient(database.url, applyMigrationsTo);
}

async function asAdmin(statement: string): Promise<void> {
  const { port } = clusterInfo();
  await withClient(databaseUrl(port, SUPERUSER), (client) => client.query(statement));
}

function open(name: string): TestDatabase {
  const { port } = clusterInfo();
  const url = databaseUrl(port, 'postgres', name);
  const pool = new pg.Pool({ connectionString: url, max: POOL_SIZE, allowExitOnIdle: true });
  // Idle connections that a test or the end of the run cuts off are no failure of their own.
  pool.on('error', () => {});
  return {
    name,
    url,
    adminUrl: databaseUrl(port, SUPERUSER, name),
    query: async (text, values) => (await inTest(() => pool.query(text, values))).rows,
    as: (role, userId, run) => inTest(() => inTransaction(pool, role, userId, run)),
    drop: async () => {
      await pool.end();
      await asAdmin(`drop database ${name} with (force)`);
    },
  };
}

async function inTransaction<T>(
  pool: pg.Pool,
  role: ApiRole,
  userId: string | null,
  run: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const claims = { role, ...(userId === null ? {} : { sub: userId }) };
  try {
    // One message, since most of what tests do begins with it.
    await client.query(
      `begin; set local role ${role};
       set local request.jwt.claims = ${pg.escapeLiteral(JSON.stringify(claims))}`,
    );
    const result = await run(client);
    refuseAfterEnd();
    await client.query('commit');
    return result;
  } catch (failure) {
    await client.query('rollback');
    throw failure;
  } finally {
    client.release();
  }
}
