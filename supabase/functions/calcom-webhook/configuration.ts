import { parseSecrets } from '../../../shared/calcom/signature.ts';

/** What the function needs from its environment, or the variable that is missing there. */
export type Configuration =
  | { ok: true; secrets: string[]; supabaseUrl: string; supabaseKey: string }
  | { ok: false; missing: string };

/**
 * Reads the environment. `SUPABASE_SECRET_KEYS` is a JSON object of named keys; projects from
 * before it have `SUPABASE_SERVICE_ROLE_KEY`. Supabase sets these and `SUPABASE_URL` itself.
 */
export function readConfiguration(env: (name: string) => string | undefined): Configuration {
  const secrets = parseSecrets(env('CALCOM_WEBHOOK_SECRET'));
  if (secrets.length === 0) return { ok: false, missing: 'CALCOM_WEBHOOK_SECRET' };

  const supabaseUrl = env('SUPABASE_URL') ?? '';
  if (!URL.canParse(supabaseUrl)) return { ok: false, missing: 'SUPABASE_URL' };

  const supabaseKey = defaultKey(env('SUPABASE_SECRET_KEYS')) ?? env('SUPABASE_SERVICE_ROLE_KEY');
  if (!supabaseKey) return { ok: false, missing: 'SUPABASE_SECRET_KEYS' };

  return { ok: true, secrets, supabaseUrl, supabaseKey };
}

function defaultKey(namedKeys: string | undefined): string | undefined {
  if (!namedKeys) return undefined;
  try {
    const keys: unknown = JSON.parse(namedKeys);
    const hasDefault = typeof keys === 'object' && keys !== null && 'default' in keys;
    return hasDefault && typeof keys.default === 'string' ? keys.default : undefined;
  } catch {
    return undefined;
  }
}
