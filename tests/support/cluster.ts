import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapDatabase, createRoles } from '../../local/postgres/bootstrap.ts';
import { withClient } from '../../local/postgres/client.ts';
import { SUPERUSER } from '../../local/postgres/logins.ts';
import { type PostgresServer, startPostgres } from '../../local/postgres/server.ts';
import { guardFolder } from '../../local/processes/process-guard.ts';
import { freePort } from '../../local/setup/ports.ts';
import { applyMigrationsTo } from './migrations.ts';

/** Databases that tests clone, and the one that alone may hold the real pg_cron. */
export const TEMPLATES = { bare: 'template_bare', migrated: 'template_migrated' } as const;
export const PG_CRON_DATABASE = 'with_pg_cron';

const CLUSTER_ENV = 'BARKBOOK_TEST_CLUSTER';

/** What test files know of the server that one run shares. */
export interface ClusterInfo {
  port: number;
  /** Scratch space for logs and caches, deleted after the run. */
  dir: string;
  hasPgCron: boolean;
}

/** The shared server's data as the environment brings it into the test processes. */
export function clusterInfo(): ClusterInfo {
  const info = process.env[CLUSTER_ENV];
  if (!info) throw new Error('no test cluster: start one with startTestCluster()');
  return JSON.parse(info);
}

/**
 * Starts a throw-away Postgres with the template databases and announces it in the environment, so
 * that processes started later find it.
 *
 * TEST_PG_BIN names another Postgres' `bin` folder. Returns what stops and deletes it.
 */
export async function startTestCluster(): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'barkbook-test-'));
  guardFolder(dir);
  // The server may run as another user than we do.
  await chmod(dir, 0o755);
  const binDir = process.env.TEST_PG_BIN;
  const hasPgCron = binDir !== undefined && existsSync(join(binDir, '../lib/pg_cron.so'));
  const server = await startServer(dir, binDir, hasPgCron);
  const stop = async () => {
    delete process.env[CLUSTER_ENV];
    await server.process.stop();
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await createTemplates(server);
  } catch (failure) {
    await stop();
    throw failure;
  }
  const info: ClusterInfo = { port: server.port, dir, hasPgCron };
  process.env[CLUSTER_ENV] = JSON.stringify(info);
  return stop;
}

async function startServer(
  dir: string,
  binDir: string | undefined,
  hasPgCron: boolean,
): Promise<PostgresServer> {
  const pgCron = {
    shared_preload_libraries: 'pg_cron',
    'cron.database_name': PG_CRON_DATABASE,
    // It could not log in as postgres over TCP.
    'cron.use_background_workers': 'on',
    max_worker_processes: '16',
  };
  return await startPostgres({
    dataDir: join(dir, 'data'),
    port: freePort,
    logFile: join(dir, 'postgres.log'),
    ...(binDir ? { binDir } : {}),
    settings: {
      // Autovacuum would connect to the templates now and then and block their cloning.
      autovacuum: 'off',
      fsync: 'off',
      full_page_writes: 'off',
      max_connections: '300',
      synchronous_commit: 'off',
      ...(hasPgCron ? pgCron : {}),
    },
  });
}

async function createTemplates(server: PostgresServer): Promise<void> {
  const admin = (database?: string) => server.url(SUPERUSER, database);
  await withClient(admin(), async (client) => {
    await createRoles(client);
    await client.query(`create database ${TEMPLATES.bare} owner postgres`);
  });
  await withClient(admin(TEMPLATES.bare), (client) => bootstrapDatabase(client, 'stand-in'));
  await withClient(admin(), async (client) => {
    await client.query(
      `create database ${TEMPLATES.migrated} owner postgres template ${TEMPLATES.bare}`,
    );
  });
  await withClient(server.url('postgres', TEMPLATES.migrated), applyMigrationsTo);
}
