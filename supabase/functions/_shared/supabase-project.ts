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

  const supabaseKey = namedKey(env('SUPABASE_SECRET_KEYS'), 'default') ??
    env('SUPABASE_SERVICE_ROLE_KEY');
  if (!supabaseKey) return { ok: false, variable: 'SUPABASE_SECRET_KEYS' };

  return { ok: true, value: { supabaseUrl, supabaseKey } };
}

/** A named key of `SUPABASE_SECRET_KEYS` or `SUPABASE_PUBLISHABLE_KEYS`. */
export function namedKey(namedKeys: string | undefined, name: string): string | undefined {
  const key = ownMember(parseRecord(namedKeys ?? ''), name);
  return typeof key === 'string' ? key : undefined;
}

/**
 * The first missing variable of the platform, or null. `withSupabase` compares the caller's key
 * with the key named `cron` and connects with the keys named `default`.
 */
export function missingPlatformVariable(env: Environment): string | null {
  const project = readSupabaseProject(env);
  if (!project.ok) return project.variable;
  if (!namedKey(env('SUPABASE_SECRET_KEYS'), 'cron')) return 'SUPABASE_SECRET_KEYS';
  if (!namedKey(env('SUPABASE_PUBLISHABLE_KEYS'), 'default')) return 'SUPABASE_PUBLISHABLE_KEYS';
  return null;
}
