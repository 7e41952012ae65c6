import { PostgrestClient } from '@supabase/postgrest-js';
import type { Database } from '../../../shared/database.types.ts';
import type { SupabaseProject } from './supabase-project.ts';

/** A project's Data API. Its client is smaller than supabase-js and loads faster. */
export type DataApi = PostgrestClient<Database>;

/** Connects to a project's Data API with a key that can write. */
export function createDataApi({ supabaseUrl, supabaseKey }: SupabaseProject): DataApi {
  return new PostgrestClient<Database>(new URL('/rest/v1', supabaseUrl).href, {
    headers: { apikey: supabaseKey, authorization: `Bearer ${supabaseKey}` },
  });
}
