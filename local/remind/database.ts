import {
  createClient,
  type PostgrestSingleResponse,
  type SupabaseClient,
} from '@supabase/supabase-js';
import type { Database } from '../../shared/database.types.ts';
import { SetupProblem } from '../setup-problem.ts';
import type { StackEnv } from '../stack-env.ts';

/** The local database, all salons of it. */
export type StackDatabase = SupabaseClient<Database>;

/** Opens the database with the secret key: runs and messages are of several salons. */
export function openDatabase(stack: StackEnv): StackDatabase {
  return createClient<Database>(stack('API_URL'), stack('SECRET_KEY'));
}

/** Waits for a query; throws a SetupProblem when there are no rows to be had. */
export async function rowsOf<Rows>(
  query: PromiseLike<PostgrestSingleResponse<Rows>>,
): Promise<Rows> {
  const { data, error } = await query;
  if (error === null) return data;
  throw new SetupProblem(`the database could not be read: ${error.message}`);
}
