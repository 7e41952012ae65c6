import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { denoBinary } from './binaries.ts';
import { projectRoot } from './paths.ts';
import { runCommand } from './run-command.ts';
import type { ScratchDatabase } from './scratch-database.ts';
import { SetupProblem } from './setup-problem.ts';
import { remote, supabaseCommand, supabaseEnv } from './supabase-cli.ts';

/** The generated file that shared code and functions are typed with. */
export const DATABASE_TYPES = join(projectRoot, 'shared', 'database.types.ts');

const HEADING = '// Generated from the migrations by `npm run types`; not edited by hand.\n';

/** What `supabase gen types` says of the schema, formatted so that a change can be read. */
export async function generateDatabaseTypes(database: ScratchDatabase): Promise<string> {
  const generated = await runCommand(
    supabaseCommand('gen', 'types', remote(database.url), '--schema', 'public'),
    { env: supabaseEnv(database.homeDir) },
  );
  if (!generated.ok) throw new SetupProblem(`supabase gen types failed: ${generated.output}`);
  const formatted = await runCommand(
    [denoBinary(), 'fmt', '--single-quote', '--line-width', '100', '--ext', 'ts', '-'],
    { input: HEADING + generated.stdout },
  );
  if (!formatted.ok) throw new SetupProblem(`deno fmt failed: ${formatted.output}`);
  return formatted.stdout;
}

/** What is committed; empty when nothing is yet. */
export async function committedDatabaseTypes(): Promise<string> {
  return await readFile(DATABASE_TYPES, 'utf8').catch(() => '');
}
