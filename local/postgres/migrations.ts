import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startProcess } from '../processes/managed-process.ts';
import { projectRoot } from '../setup/paths.ts';
import { SetupProblem } from '../setup/setup-problem.ts';
import { remote, supabaseCommand, supabaseEnv } from '../setup/supabase-cli.ts';
import { withClient } from './client.ts';

/** Where migrations are applied. */
export interface PushOptions {
  /** The database, as role postgres. */
  databaseUrl: string;
  /** The folder for the CLI's own state, instead of the user's home. */
  homeDir: string;
  /** Receives one line for each migration and seed. */
  say(line: string): void;
}

const PROGRESS = /^(Applying migration|Seeding data) /;

/**
 * Applies new migrations and the seed with the Supabase CLI, as a deployment does.
 *
 * The CLI records in the database what it applied, so a later start applies only what is new, and
 * never the seed twice. On failure its whole output is shown.
 */
export async function pushMigrations(options: PushOptions): Promise<void> {
  const output: string[] = [];
  const cli = await startProcess({
    command: supabaseCommand('db', 'push', remote(options.databaseUrl), '--include-seed', '--yes'),
    env: supabaseEnv(options.homeDir),
    output: {
      line: (line) => {
        output.push(line);
        if (PROGRESS.test(line)) options.say(line);
      },
    },
  });
  if (await cli.exited === 'exit code 0') return;
  for (const line of output) options.say(line);
  throw new SetupProblem('the migrations could not be applied, for the reason above');
}

/** Whether the database has a migration that this checkout does not have. */
export async function hasUnknownMigrations(databaseUrl: string): Promise<boolean> {
  const known = await localVersions();
  return (await appliedVersions(databaseUrl)).some((version) => !known.has(version));
}

async function localVersions(): Promise<ReadonlySet<string>> {
  const names = await readdir(join(projectRoot, 'supabase', 'migrations'));
  return new Set(names.map((name) => name.split('_', 1)[0] ?? ''));
}

/** The versions in the Supabase CLI's own table, which the first push creates. */
async function appliedVersions(databaseUrl: string): Promise<string[]> {
  return await withClient(databaseUrl, async (client) => {
    const { rows: [table] } = await client.query<{ exists: boolean }>(
      "select to_regclass('supabase_migrations.schema_migrations') is not null as exists",
    );
    if (!table?.exists) return [];
    const { rows } = await client.query<{ version: string }>(
      'select version from supabase_migrations.schema_migrations',
    );
    return rows.map(({ version }) => version);
  });
}
