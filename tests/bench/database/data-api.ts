import { join } from 'node:path';
import { startPostgrest } from '../../../local/postgrest/server.ts';
import type { StackKeys } from '../../../local/stack/keys.ts';
import type { BenchDatabase, BenchServer } from './server.ts';

/**
 * Starts PostgREST on a database as the local stack does, and returns its address.
 *
 * The calls that are compared do not pass through a gateway: on hosted Supabase it is the same for
 * all of them, and the local one is slower than the rest.
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
