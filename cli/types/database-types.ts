import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../local/processes/run-command.ts';
import { denoBinary } from '../../local/setup/binaries.ts';
import { projectRoot } from '../../local/setup/paths.ts';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { remote, supabaseCommand, supabaseEnv } from '../../local/setup/supabase-cli.ts';
import type { ScratchDatabase } from '../project/scratch-database.ts';

/** The generated types that shared code and functions use. */
export const DATABASE_TYPES = join(projectRoot, 'shared', 'database.types.ts');

const HEADING = '// Generated from the migrations by `npm run types`; not edited by hand.\n';

/** The output of `supabase gen types`, formatted so that a change is easy to read. */
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

/** The committed file; empty when there is none. */
export async function committedDatabaseTypes(): Promise<string> {
  return await readFile(DATABASE_TYPES, 'utf8').catch(() => '');
}
