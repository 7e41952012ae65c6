import { parseEnv } from 'node:util';
import { runCommand } from '../../local/processes/run-command.ts';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { supabaseCommand } from '../../local/setup/supabase-cli.ts';

/** What `supabase status -o env` names, as far as this project's commands use it. */
const NAMES = [
  'API_URL',
  'DB_URL',
  'PUBLISHABLE_KEY',
  'SECRET_KEY',
  'ANON_KEY',
  'SERVICE_ROLE_KEY',
  'JWT_SECRET',
] as const;

/** The addresses and keys of the stack that `supabase start` runs. */
export type SupabaseStatus = Record<(typeof NAMES)[number] | 'FUNCTIONS_URL', string>;

const ADVICE = 'run npx supabase start first, from this folder';

/**
 * Asks the Supabase CLI; `command` replaces it in tests. Throws a SetupProblem if the stack does not
 * run, or the CLI is too old to name all of it.
 */
export async function readSupabaseStatus(
  command = supabaseCommand('status', '-o', 'env'),
): Promise<SupabaseStatus> {
  const { ok, stdout, output } = await runCommand(command);
  if (!ok) {
    const [line = 'no answer'] = output.trim().split('\n');
    throw new SetupProblem(`supabase status failed (${line}): ${ADVICE}`);
  }
  const values = parseEnv(stdout);
  const missing = NAMES.filter((name) => !values[name]);
  if (missing.length > 0) {
    throw new SetupProblem(`supabase status does not name ${missing.join(', ')}: ${ADVICE}`);
  }
  const read = (name: string) => values[name] ?? '';
  return {
    API_URL: read('API_URL'),
    FUNCTIONS_URL: `${read('API_URL')}/functions/v1`,
    DB_URL: read('DB_URL'),
    PUBLISHABLE_KEY: read('PUBLISHABLE_KEY'),
    SECRET_KEY: read('SECRET_KEY'),
    ANON_KEY: read('ANON_KEY'),
    SERVICE_ROLE_KEY: read('SERVICE_ROLE_KEY'),
    JWT_SECRET: read('JWT_SECRET'),
  };
}
