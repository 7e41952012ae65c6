import type { Check } from '../check.ts';
import { committedDatabaseTypes, generateDatabaseTypes } from '../database-types.ts';
import { runCommand } from '../run-command.ts';
import {
  createScratchDatabase,
  installExtension,
  type ScratchDatabase,
} from '../scratch-database.ts';
import { remote, supabaseCommand, supabaseEnv } from '../supabase-cli.ts';

/** Checks that share one throw-away database, and what takes it down afterwards. */
export async function databaseChecks(): Promise<{ checks: Check[]; end(): Promise<void> }> {
  const database = await createScratchDatabase();
  // The linter of PL/pgSQL; hosted Supabase has it, the Postgres from npm does not.
  const hasLinter = await installExtension(database, 'plpgsql_check');
  return {
    checks: [
      {
        name: 'shared/database.types.ts is that of the migrations (mend with: npm run types)',
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
