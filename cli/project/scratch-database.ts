import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapServer } from '../../local/postgres/bootstrap.ts';
import { withClient } from '../../local/postgres/client.ts';
import { SUPERUSER } from '../../local/postgres/logins.ts';
import { pushMigrations } from '../../local/postgres/migrations.ts';
import { startPostgres } from '../../local/postgres/server.ts';
import { freePort } from '../../local/setup/ports.ts';

/** A temporary server, set up like an empty hosted project. */
export interface ScratchDatabase {
  /** As role postgres. */
  url: string;
  /** As the superuser. */
  adminUrl: string;
  /** A folder for the state of the Supabase CLI. */
  homeDir: string;
  /** Stops the server and deletes it. */
  drop(): Promise<void>;
}

/**
 * Creates one. By default the Supabase CLI applies the migrations and the seed.
 *
 * TEST_PG_BIN names the `bin` folder of another Postgres.
 */
export async function createScratchDatabase({ migrated = true } = {}): Promise<ScratchDatabase> {
  const dir = await mkdtemp(join(tmpdir(), 'barkbook-scratch-'));
  // The server may run as another user.
  await chmod(dir, 0o755);
  const binDir = process.env.TEST_PG_BIN;
  const server = await startPostgres({
    dataDir: join(dir, 'data'),
    port: freePort,
    logFile: join(dir, 'postgres.log'),
    settings: { fsync: 'off' },
    ...(binDir ? { binDir } : {}),
  });
  const drop = async () => {
    await server.process.stop();
    await rm(dir, { recursive: true, force: true });
  };
  const database = {
    url: server.url('postgres'),
    adminUrl: server.url(SUPERUSER),
    homeDir: join(dir, 'supabase-cli'),
    drop,
  };
  try {
    await bootstrapServer(database.adminUrl);
    if (migrated) {
      const quiet = () => {};
      await pushMigrations({ databaseUrl: database.url, homeDir: database.homeDir, say: quiet });
    }
    return database;
  } catch (failure) {
    await drop();
    throw failure;
  }
}

/** Installs an extension as hosted Supabase would; false where the server does not have it. */
export async function installExtension(database: ScratchDatabase, name: string): Promise<boolean> {
  return await withClient(database.adminUrl, async (client) => {
    const { rowCount } = await client.query(
      'select from pg_available_extensions where name = $1',
      [name],
    );
    if (rowCount === 0) return false;
    await client.query(
      `create extension if not exists ${client.escapeIdentifier(name)} schema extensions`,
    );
    return true;
  });
}
