import { join } from 'node:path';
import { bootstrapServer } from '../postgres/bootstrap.ts';
import { SUPERUSER } from '../postgres/logins.ts';
import { hasUnknownMigrations, pushMigrations } from '../postgres/migrations.ts';
import { type PostgresServer } from '../postgres/server.ts';
import type { LocalPaths } from '../setup/paths.ts';
import { SetupProblem } from '../setup/setup-problem.ts';

/**
 * Applies the migrations of this checkout to the stack's database and, the first time, the seed.
 *
 * Throws a SetupProblem if the database has migrations that this checkout does not have, such as
 * those of another branch, since it cannot be brought to this schema.
 */
export async function prepareDatabase(
  postgres: PostgresServer,
  paths: LocalPaths,
  say: (line: string) => void,
): Promise<void> {
  await bootstrapServer(postgres.url(SUPERUSER));
  const databaseUrl = postgres.url('postgres');
  if (await hasUnknownMigrations(databaseUrl)) {
    throw new SetupProblem(
      `the data in ${paths.dir} was made by another version of the schema: ` +
        'run npm run reset to start over (it deletes the local data)',
    );
  }
  await pushMigrations({ databaseUrl, homeDir: join(paths.dir, 'supabase-cli'), say });
}
