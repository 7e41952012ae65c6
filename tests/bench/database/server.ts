import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapDatabase, createRoles } from '../../../local/postgres/bootstrap.ts';
import { withClient } from '../../../local/postgres/client.ts';
import { SUPERUSER } from '../../../local/postgres/logins.ts';
import { type PostgresServer, startPostgres } from '../../../local/postgres/server.ts';
import { guardFolder } from '../../../local/processes/process-guard.ts';
import { freePort } from '../../../local/setup/ports.ts';
import { applyMigrationsTo } from '../../support/migrations.ts';

/** A temporary Postgres for benchmarks. */
export type BenchServer = {
  /** A folder for logs and caches, deleted at the end. */
  dir: string;
  /** Creates a database with the migrations applied. */
  createDatabase(name: string): Promise<BenchDatabase>;
  /** Registers something to stop before the server. */
  stopFirst(stop: () => Promise<void>): void;
  stop(): Promise<void>;
};

/** A database with its address for each role. */
export type BenchDatabase = { name: string; url(role: string): string };

/**
 * Unlike the tests' server, this one waits for the disk at every commit, as hosted ones do, since
 * that is part of the cost of each call. There are no checkpoints during the rounds.
 */
const SETTINGS = { checkpoint_timeout: '1h', max_wal_size: '16GB' };

/** Starts the server. */
export async function startBenchServer(): Promise<BenchServer> {
  const dir = await mkdtemp(join(tmpdir(), 'barkbook-bench-'));
  guardFolder(dir);
  // The server may run as another user.
  await chmod(dir, 0o755);
  const server = await startPostgres({
    dataDir: join(dir, 'data'),
    port: freePort,
    logFile: join(dir, 'postgres.log'),
    settings: SETTINGS,
  });
  await withClient(server.url(SUPERUSER), createRoles);
  const dependents: (() => Promise<void>)[] = [];
  return {
    dir,
    createDatabase: (name) => createDatabase(server, name),
    stopFirst: (stop) => dependents.push(stop),
    stop: async () => {
      await Promise.all(dependents.map((stop) => stop()));
      await server.process.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function createDatabase(server: PostgresServer, name: string): Promise<BenchDatabase> {
  await withClient(
    server.url(SUPERUSER),
    (client) => client.query(`create database ${name} owner postgres`),
  );
  await withClient(server.url(SUPERUSER, name), (client) => bootstrapDatabase(client, 'stand-in'));
  await withClient(server.url('postgres', name), applyMigrationsTo);
  return { name, url: (role) => server.url(role, name) };
}
