import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '../../shared/database.types.ts';
import { SetupProblem } from '../setup-problem.ts';
import { readStackEnv } from '../stack-env.ts';
import type { Options } from './options.ts';

/** The project whose salons get webhooks. */
export type Project = {
  /** All salons of it, with the secret key. */
  database: SupabaseClient<Database>;
  /** Where Cal.com reaches the functions. */
  functionsUrl: string;
};

/** The local stack that runs, or the project that --url names. */
export async function openProject({ url, functionsUrl }: Options): Promise<Project> {
  if (url === null) {
    const read = await readStackEnv(', or pass --url https://<ref>.supabase.co');
    return {
      database: connect(read('API_URL'), read('SECRET_KEY')),
      functionsUrl: trimmed(functionsUrl ?? read('FUNCTIONS_URL')),
    };
  }
  const key = process.env.SUPABASE_SECRET_KEY;
  if (!key) {
    throw new SetupProblem(
      '--url needs SUPABASE_SECRET_KEY in the environment: a secret key of the project, from ' +
        'Settings, API keys',
    );
  }
  const { origin } = new URL(url);
  return {
    database: connect(origin, key),
    functionsUrl: trimmed(functionsUrl ?? `${origin}/functions/v1`),
  };
}

function connect(url: string, key: string): SupabaseClient<Database> {
  return createClient<Database>(url, key, { auth: { persistSession: false } });
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '');
}
