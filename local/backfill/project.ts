import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '../../shared/database.types.ts';
import { SetupProblem } from '../setup-problem.ts';
import { readStackEnv } from '../stack-env.ts';
import type { Options } from './options.ts';

/** A project whose salons are backfilled. */
export type Project = {
  functionUrl: string;
  /** The secret key named `cron`: opens the function and, as any secret key, the database. */
  key: string;
  database: SupabaseClient<Database>;
};

const FUNCTION_PATH = '/functions/v1/calcom-sync';

/** The local stack that runs, or the project that --url names. */
export async function findProject({ url, key }: Options): Promise<Project> {
  if (url === null) {
    const read = await readStackEnv(', or pass --url https://<ref>.supabase.co');
    return openProject(read('API_URL'), read('CRON_SECRET_KEY'));
  }
  if (!URL.canParse(url)) throw new SetupProblem(`--url ${url} is not an address`);
  if (key === null) {
    throw new SetupProblem(
      '--url needs CRON_SECRET_KEY in the environment: the secret key named cron of the project, ' +
        'under Settings, API keys',
    );
  }
  return openProject(new URL(url).origin, key);
}

function openProject(apiUrl: string, key: string): Project {
  const auth = { persistSession: false, autoRefreshToken: false };
  return {
    functionUrl: apiUrl + FUNCTION_PATH,
    key,
    database: createClient<Database>(apiUrl, key, { auth }),
  };
}

/** How far the backfill has come; null before Cal.com said how many bookings there are. */
export async function readProgress(
  { database }: Project,
  salonId: string,
): Promise<{ done: number; total: number } | null> {
  const { data } = await database
    .from('calcom_sync_state')
    .select('scan_done, scan_total')
    .eq('salon_id', salonId)
    .maybeSingle();
  const total = data?.scan_total ?? null;
  return total === null ? null : { done: data?.scan_done ?? 0, total };
}
