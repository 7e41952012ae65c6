/** A statement that would change all rows of a table. */
export type UnfilteredWrite = 'UPDATE' | 'DELETE';

const STATEMENTS: Readonly<Record<string, UnfilteredWrite>> = { PATCH: 'UPDATE', DELETE: 'DELETE' };

/**
 * Parameters of PostgREST that filter nothing, and the key. Hosted PostgREST ignores a limit on a
 * change since version 13; the local one is older.
 */
const NO_FILTERS: readonly string[] = ['select', 'columns', 'order', 'limit', 'offset', 'apikey'];

/**
 * The statement without WHERE that PostgREST would make of a request; null if it would make none.
 * Stands in for safeupdate, which hosted Supabase loads for the Data API and Postgres from npm does
 * not have.
 */
export function unfilteredWrite(method: string | undefined, url: URL): UnfilteredWrite | null {
  const statement = STATEMENTS[method ?? ''] ?? null;
  return [...url.searchParams.keys()].every((name) => NO_FILTERS.includes(name)) ? statement : null;
}
