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

/** A salon as the command needs it. */
export type Salon = { id: string; name: string; timezone: string };

const FUNCTION_PATH = '/functions/v1/calcom-sync';

/** The local stack that runs, or the project that --url and --key name. */
export async function findProject({ url, key }: Options): Promise<Project> {
  if (url === null) {
    const read = await readStackEnv(', or pass --url and --key');
    const apiUrl = read('API_URL');
    return openProject(apiUrl, key ?? read('CRON_SECRET_KEY'));
  }
  if (!URL.canParse(url)) throw new SetupProblem(`--url ${url} is not an address`);
  if (key === null) {
    throw new SetupProblem(
      '--url needs --key, or CRON_SECRET_KEY in the environment: the secret key named cron of the ' +
        'project, under Settings, API keys',
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

/** The salon with this Cal.com username. */
export async function findSalon({ database }: Project, username: string): Promise<Salon> {
  const { data, error } = await database
    .from('salons')
    .select('id, name, timezone')
    .ilike('cal_com_username', username.replaceAll(/[\\%_]/g, '\\$&'))
    .maybeSingle();
  if (error) throw new SetupProblem(`the salons could not be read: ${error.message}`);
  if (data !== null) return data;
  throw new SetupProblem(
    `no salon has the Cal.com username ${username}: set salons.cal_com_username first`,
  );
}

/** Keeps the salon's key to Cal.com's API in Vault. */
export async function keepApiKey(
  { database }: Project,
  salonId: string,
  apiKey: string,
): Promise<void> {
  const { error } = await database.rpc('set_calcom_api_key', {
    p_salon_id: salonId,
    p_api_key: apiKey,
  });
  if (error) throw new SetupProblem(`the API key could not be kept: ${error.message}`);
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
