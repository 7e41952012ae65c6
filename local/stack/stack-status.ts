import { chmod, writeFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { SECRET_FILE_MODE } from './key-store.ts';
import type { StackKeys } from './keys.ts';

/** Everything a client needs to use the running stack, under the names of `supabase status`. */
export type StackStatus = {
  API_URL: string;
  FUNCTIONS_URL: string;
  DB_URL: string;
  DASHBOARD_URL: string;
  PUBLISHABLE_KEY: string;
  SECRET_KEY: string;
  ANON_KEY: string;
  SERVICE_ROLE_KEY: string;
  JWT_SECRET: string;
  CALCOM_WEBHOOK_SECRET: string;
};

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

/** What a person needs first. Keys are only in `file`. */
export function describeStack(
  { DASHBOARD_URL, API_URL, DB_URL }: StackStatus,
  file: string,
): string {
  return `
Dashboard  ${DASHBOARD_URL}
           sign in as katarzyna@barkbook.example (owner) or ola@barkbook.example (staff),
           password barkbook-demo
API        ${API_URL}
Database   ${DB_URL}
Keys       ${file.startsWith(process.cwd() + sep) ? relative('', file) : file}

Try: npm run calcom -- created --at today
`;
}

/** Writes the status for commands and scripts, as `supabase status -o env` prints it. */
export async function writeStackEnv(
  file: string,
  status: Readonly<Record<string, string>>,
): Promise<void> {
  const lines = Object.entries(status).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`);
  // Before the keys are in it: the mode below is that of a new file only.
  await chmod(file, SECRET_FILE_MODE).catch(() => {});
  await writeFile(file, lines.join(''), { mode: SECRET_FILE_MODE });
}
