import { join } from 'node:path';
import { startPostgrest } from '../../local/postgrest/server.ts';
import type { StackKeys } from '../../local/stack/keys.ts';
import type { BenchDatabase, BenchServer } from './server.ts';

/**
 * Starts PostgREST on a database as the local stack does, and returns its address.
 *
 * The gateway is left out everywhere: on hosted Supabase it stands before all that are compared
 * here alike, and the one of the local stack is slower than the rest.
 */
export async function startDataApi(
  server: BenchServer,
  database: BenchDatabase,
  keys: StackKeys,
): Promise<string> {
  const { url, process } = await startPostgrest({
    databaseUrl: database.url('authenticator'),
    jwtSecret: keys.jwtSecret,
    logFile: join(server.dir, `postgrest-${database.name}.log`),
  });
  server.stopFirst(process.stop);
  return url;
}
