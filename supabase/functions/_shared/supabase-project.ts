import { ownMember, parseRecord } from '../../../shared/json/records.ts';
import type { Configured, Environment } from './variables.ts';

/** The project of a function, and a key that can write. */
export type SupabaseProject = { supabaseUrl: string; supabaseKey: string };

/**
 * Reads the project from the variables that Supabase sets. `SUPABASE_SECRET_KEYS` is a JSON object
 * of named keys; older projects have `SUPABASE_SERVICE_ROLE_KEY`.
 */
export function readSupabaseProject(env: Environment): Configured<SupabaseProject> {
  const supabaseUrl = env('SUPABASE_URL') ?? '';
  if (!URL.canParse(supabaseUrl)) return { ok: false, variable: 'SUPABASE_URL' };

  const supabaseKey = namedKey(env('SUPABASE_SECRET_KEYS'), 'default') ||
    env('SUPABASE_SERVICE_ROLE_KEY');
  if (!supabaseKey) return { ok: false, variable: 'SUPABASE_SECRET_KEYS' };

  return { ok: true, value: { supabaseUrl, supabaseKey } };
}

/** All secret keys of the project: the named ones, and the one of older projects. */
export function readSecretKeys(env: Environment): string[] {
  const named = Object.values(parseRecord(env('SUPABASE_SECRET_KEYS') ?? '') ?? {});
  return [...named, env('SUPABASE_SERVICE_ROLE_KEY')]
    .filter((key) => typeof key === 'string')
    .filter((key) => key !== '');
}

function namedKey(namedKeys: string | undefined, name: string): string | undefined {
  const key = ownMember(parseRecord(namedKeys ?? ''), name);
  return typeof key === 'string' ? key : undefined;
}
