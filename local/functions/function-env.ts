import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { functionsDir } from '../setup/paths.ts';
import type { StackKeys } from '../stack/keys.ts';

/**
 * The variables that Supabase sets for every function, the webhook secret, and settings with which
 * reminders are printed instead of sent and a call can choose the time.
 */
export function functionEnv(
  apiUrl: string,
  databaseUrl: string,
  keys: StackKeys,
): Record<string, string> {
  return {
    SUPABASE_URL: apiUrl,
    SUPABASE_DB_URL: databaseUrl,
    SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: keys.publishableKey }),
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: keys.secretKey }),
    SUPABASE_ANON_KEY: keys.anonKey,
    SUPABASE_SERVICE_ROLE_KEY: keys.serviceRoleKey,
    CALCOM_WEBHOOK_SECRET: keys.webhookSecret,
    SMS_PROVIDER: 'log',
    SMS_ALLOW_FAKE_CLOCK: 'true',
  };
}

/** The developer's own variables, from the file that `supabase functions serve` reads too. */
export async function developerEnv(): Promise<Record<string, string>> {
  const text = await readFile(join(functionsDir, '.env'), 'utf8').catch(() => '');
  return Object.fromEntries(
    Object.entries(parseEnv(text)).map(([name, value]) => [name, value ?? '']),
  );
}
