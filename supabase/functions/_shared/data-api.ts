import { PostgrestClient } from '@supabase/postgrest-js';
import type { Database } from '../../../shared/database.types.ts';
import type { SupabaseProject } from './supabase-project.ts';

/** A project's Data API. Smaller than supabase-js and therefore sooner ready. */
export type DataApi = PostgrestClient<Database>;

/** Connects to the Data API of a project with a key that may write. */
export function createDataApi({ supabaseUrl, supabaseKey }: SupabaseProject): DataApi {
  return new PostgrestClient<Database>(new URL('/rest/v1', supabaseUrl).href, {
    headers: { apikey: supabaseKey, authorization: `Bearer ${supabaseKey}` },
  });
}
