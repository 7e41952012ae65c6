import { ownMember, parseRecord } from '../../../shared/json/records.ts';
import type { Configured, Environment } from './variables.ts';

/** Where the project of a function is, and a key that may write. */
export type SupabaseProject = { supabaseUrl: string; supabaseKey: string };

/**
 * Reads the project, which Supabase itself sets. `SUPABASE_SECRET_KEYS` is a JSON object of named
 * keys; projects from before it have `SUPABASE_SERVICE_ROLE_KEY`.
 */
export function readSupabaseProject(env: Environment): Configured<SupabaseProject> {
  const supabaseUrl = env('SUPABASE_URL') ?? '';
  if (!URL.canParse(supabaseUrl)) return { ok: false, variable: 'SUPABASE_URL' };

  const supabaseKey = namedKey(env('SUPABASE_SECRET_KEYS'), 'default') ??
    env('SUPABASE_SERVICE_ROLE_KEY');
  if (!supabaseKey) return { ok: false, variable: 'SUPABASE_SECRET_KEYS' };

  return { ok: true, value: { supabaseUrl, supabaseKey } };
}

/** One key of `SUPABASE_SECRET_KEYS` or `SUPABASE_PUBLISHABLE_KEYS`. */
export function namedKey(namedKeys: string | undefined, name: string): string | undefined {
  const key = ownMember(parseRecord(namedKeys ?? ''), name);
  return typeof key === 'string' ? key : undefined;
}

/**
 * The first variable of the platform that is missing, or null: `withSupabase` compares the caller's key
 * with the one called `cron` and connects with the ones called `default`.
 */
export function missingPlatformVariable(env: Environment): string | null {
  const project = readSupabaseProject(env);
  if (!project.ok) return project.variable;
  if (!namedKey(env('SUPABASE_SECRET_KEYS'), 'cron')) return 'SUPABASE_SECRET_KEYS';
  if (!namedKey(env('SUPABASE_PUBLISHABLE_KEYS'), 'default')) return 'SUPABASE_PUBLISHABLE_KEYS';
  return null;
}
