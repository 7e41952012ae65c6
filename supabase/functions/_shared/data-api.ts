import { PostgrestClient } from '@supabase/postgrest-js';
import type { Database } from '../../../shared/database.types.ts';

/** A project's Data API. Smaller than supabase-js and therefore sooner ready. */
export type DataApi = PostgrestClient<Database>;

/** The address of a project's Data API. */
export function restUrl(supabaseUrl: string): string {
  return new URL('/rest/v1', supabaseUrl).href;
}

/** Connects to a Data API, such as `https://<ref>.supabase.co/rest/v1`, with a key that may write. */
export function createDataApi(restUrl: string, key: string): DataApi {
  return new PostgrestClient<Database>(restUrl, {
    headers: { apikey: key, authorization: `Bearer ${key}` },
  });
}
