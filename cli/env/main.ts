/**
 * `npm run env -- --supabase`: after `supabase start`, writes what the functions need that the CLI
 * does not give them, and lets this project's commands use that stack instead of `npm start`.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { functionsDir, localPaths } from '../../local/setup/paths.ts';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { refuseIfRunning } from '../../local/stack/stack-lock.ts';
import { writeStackEnv } from '../../local/stack/stack-status.ts';
import { parseOptions } from '../command/options.ts';
import { runMain } from '../command/run-main.ts';
import { completeFunctionsEnv } from './functions-env.ts';
import { describe } from './report.ts';
import { readSupabaseStatus } from './supabase-status.ts';

const USAGE = 'npm run env -- --supabase';

await runMain(USAGE, async (args) => {
  const options = { supabase: { type: 'boolean', default: false } } as const;
  const { supabase } = parseOptions({ args, options }, USAGE).values;
  if (!supabase) throw new SetupProblem(`usage: ${USAGE}`);
  const paths = localPaths();
  await refuseIfRunning(paths.lock, ', since commands can use one stack only');

  const status = await readSupabaseStatus();
  await mkdir(paths.dir, { recursive: true });
  const { added, webhookSecret } = await completeFunctionsEnv(join(functionsDir, '.env'));
  await writeStackEnv(paths.stackEnv, { ...status, CALCOM_WEBHOOK_SECRET: webhookSecret });
  console.log(describe(status.API_URL, added));
});
