/** Looks a variable of the environment up. */
export type Environment = (name: string) => string | undefined;

/** The project a function belongs to, or the variable that is missing. */
export type SupabaseProject =
  | { ok: true; supabaseUrl: string; supabaseKey: string }
  | { ok: false; missing: string };

/**
 * Reads where the project is and a key that may write, both of which Supabase sets itself.
 * `SUPABASE_SECRET_KEYS` is a JSON object of named keys; projects from before it have
 * `SUPABASE_SERVICE_ROLE_KEY`.
 */
export function readSupabaseProject(env: Environment): SupabaseProject {
  const supabaseUrl = env('SUPABASE_URL') ?? '';
  if (!URL.canParse(supabaseUrl)) return { ok: false, missing: 'SUPABASE_URL' };

  const supabaseKey = namedKey(env('SUPABASE_SECRET_KEYS'), 'default') ??
    env('SUPABASE_SERVICE_ROLE_KEY');
  if (!supabaseKey) return { ok: false, missing: 'SUPABASE_SECRET_KEYS' };

  return { ok: true, supabaseUrl, supabaseKey };
}

/** One key of `SUPABASE_SECRET_KEYS` or `SUPABASE_PUBLISHABLE_KEYS`. */
export function namedKey(namedKeys: string | undefined, name: string): string | undefined {
  if (!namedKeys) return undefined;
  try {
    const keys: unknown = JSON.parse(namedKeys);
    if (typeof keys !== 'object' || keys === null) return undefined;
    const key: unknown = new Map(Object.entries(keys)).get(name);
    return typeof key === 'string' ? key : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The variable of the platform without which nobody can be let in: the keys called `cron` and
 * `default` are what `withSupabase` compares with and connects with. Null when all are there.
 */
export function missingPlatformVariable(env: Environment): string | null {
  const project = readSupabaseProject(env);
  if (!project.ok) return project.missing;
  if (!namedKey(env('SUPABASE_SECRET_KEYS'), 'cron')) return 'SUPABASE_SECRET_KEYS';
  if (!namedKey(env('SUPABASE_PUBLISHABLE_KEYS'), 'default')) return 'SUPABASE_PUBLISHABLE_KEYS';
  return null;
}
