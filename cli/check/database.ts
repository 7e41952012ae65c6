import { createRealtime } from '../../local/postgres/bootstrap.ts';
import { withClient } from '../../local/postgres/client.ts';
import { runCommand } from '../../local/processes/run-command.ts';
import { remote, supabaseCommand, supabaseEnv } from '../../local/setup/supabase-cli.ts';
import {
  createScratchDatabase,
  installExtension,
  type ScratchDatabase,
} from '../project/scratch-database.ts';
import { committedDatabaseTypes, generateDatabaseTypes } from '../types/database-types.ts';
import { schemaChecks } from '../schema/check.ts';
import type { Check } from './check.ts';

/** Checks that share one temporary database, and the function that drops it. */
export async function databaseChecks(): Promise<{ checks: Check[]; end(): Promise<void> }> {
  const database = await createScratchDatabase();
  // The linter of PL/pgSQL; hosted Supabase has it, the Postgres from npm does not.
  const hasLinter = await installExtension(database, 'plpgsql_check');
  // It reads functions that call Realtime where the project has it.
  if (hasLinter) await withClient(database.adminUrl, createRealtime);
  return {
    checks: [
      ...schemaChecks(database),
      {
        name: 'shared/database.types.ts matches the migrations (fix with: npm run types)',
        problem: () => typesDrift(database),
      },
      cli(database, 'supabase db advisors', 'db', 'advisors', '--fail-on', 'warn'),
      ...(hasLinter
        ? [cli(database, 'supabase db lint', 'db', 'lint', '--fail-on', 'warning')]
        : []),
    ],
    end: database.drop,
  };
}

async function typesDrift(database: ScratchDatabase): Promise<string | null> {
  const same = await generateDatabaseTypes(database) === await committedDatabaseTypes();
  return same ? null : 'The migrations have changed since the file was generated.';
}

function cli(database: ScratchDatabase, name: string, ...args: string[]): Check {
  return {
    name,
    problem: async () => {
      const { ok, output } = await runCommand(
        supabaseCommand(...args, remote(database.url)),
        { env: supabaseEnv(database.homeDir) },
      );
      return ok ? null : output;
    },
  };
}
