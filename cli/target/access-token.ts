import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { readVariable } from '../command/options.ts';

/**
 * The operator's access token for the Management API: SUPABASE_ACCESS_TOKEN, or else the one that
 * `supabase login` left in a file, as it does without a keyring. Throws a SetupProblem if there is
 * neither.
 */
export async function readAccessToken(env: NodeJS.ProcessEnv): Promise<string> {
  const given = readVariable('SUPABASE_ACCESS_TOKEN', env);
  if (given !== null) return given;
  const home = readVariable('SUPABASE_HOME', env) ?? join(homedir(), '.supabase');
  const stored = await readFile(join(home, 'access-token'), 'utf8').catch(() => '');
  if (stored.trim() !== '') return stored.trim();
  throw new SetupProblem(
    'no access token: make one at https://supabase.com/dashboard/account/tokens and put it into ' +
      'SUPABASE_ACCESS_TOKEN',
  );
}
