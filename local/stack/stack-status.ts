import { chmod, writeFile } from 'node:fs/promises';
import { SECRET_FILE_MODE } from './key-store.ts';
import type { StackKeys } from './keys.ts';

/** Everything a client needs to use the running stack, under the names of `supabase status`. */
export type StackStatus = Record<(typeof LABELS)[number][0], string>;

const LABELS = [
  ['API_URL', 'API URL'],
  ['FUNCTIONS_URL', 'Functions URL'],
  ['DB_URL', 'DB URL'],
  ['DASHBOARD_URL', 'Dashboard'],
  ['PUBLISHABLE_KEY', 'Publishable key'],
  ['SECRET_KEY', 'Secret key'],
  ['ANON_KEY', 'Anon key'],
  ['SERVICE_ROLE_KEY', 'Service role key'],
  ['JWT_SECRET', 'JWT secret'],
  ['CALCOM_WEBHOOK_SECRET', 'Cal.com webhook secret'],
] as const;

const LABEL_WIDTH = Math.max(...LABELS.map(([, label]) => label.length));

/** Gathers the status; `webhookSecret` is the one that the functions use. */
export function stackStatus(
  apiUrl: string,
  databaseUrl: string,
  keys: StackKeys,
  webhookSecret: string,
  dashboardUrl: string,
): StackStatus {
  return {
    API_URL: apiUrl,
    FUNCTIONS_URL: `${apiUrl}/functions/v1`,
    DB_URL: databaseUrl,
    DASHBOARD_URL: dashboardUrl,
    PUBLISHABLE_KEY: keys.publishableKey,
    SECRET_KEY: keys.secretKey,
    ANON_KEY: keys.anonKey,
    SERVICE_ROLE_KEY: keys.serviceRoleKey,
    JWT_SECRET: keys.jwtSecret,
    CALCOM_WEBHOOK_SECRET: webhookSecret,
  };
}

/** The status as a table to read. */
export function formatStatus(status: StackStatus): string {
  return LABELS.map(([name, label]) => `${label.padStart(LABEL_WIDTH)}: ${status[name]}`).join(
    '\n',
  );
}

/** Writes the status for scripts, as `supabase status -o env` prints it. */
export async function writeStackEnv(file: string, status: StackStatus): Promise<void> {
  const lines = LABELS.map(([name]) => `${name}=${JSON.stringify(status[name])}\n`);
  await writeFile(file, lines.join(''));
  await chmod(file, SECRET_FILE_MODE);
}
