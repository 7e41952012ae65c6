import { LOOPBACK } from '../setup/ports.ts';

/** Password of every role that may log in, the same as in a `supabase start` stack. */
export const PASSWORD = 'postgres';

/** The superuser that hosted Supabase keeps for itself. */
export const SUPERUSER = 'supabase_admin';

/** The address of a database for one of the roles that may log in. */
export function databaseUrl(port: number, role: string, database = 'postgres'): string {
  return `postgresql://${role}:${PASSWORD}@${LOOPBACK}:${port}/${database}`;
}
