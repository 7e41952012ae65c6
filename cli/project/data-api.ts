import {
  createClient,
  type PostgrestSingleResponse,
  type SupabaseClient,
} from '@supabase/supabase-js';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import type { Database } from '../../shared/database.types.ts';

/** A project's database through its Data API. */
export type DataApi = SupabaseClient<Database>;

/** Connects with a secret key, which sees all salons. */
export function connect(apiUrl: string, secretKey: string): DataApi {
  const auth = { persistSession: false, autoRefreshToken: false };
  return createClient<Database>(apiUrl, secretKey, { auth });
}

/** Connects as a signed-in user, who sees what row-level security lets them see. */
export function connectAsUser(
  apiUrl: string,
  publishableKey: string,
  accessToken: () => Promise<string>,
): DataApi {
  return createClient<Database>(apiUrl, publishableKey, { accessToken });
}

/** Waits for a query and returns its rows; throws a SetupProblem when it fails. */
export async function rowsOf<Rows>(
  query: PromiseLike<PostgrestSingleResponse<Rows>>,
): Promise<Rows> {
  const { data, error } = await query;
  if (error === null) return data;
  throw new SetupProblem(`the database could not be read: ${error.message}`);
}
