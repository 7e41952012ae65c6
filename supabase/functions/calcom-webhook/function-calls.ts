import { ownMember } from '../../../shared/json/records.ts';
import type { DataApiClient } from '../_shared/rpc.ts';
import type { SupabaseProject } from '../_shared/supabase-project.ts';

const NO_CONTENT = 204;

/**
 * Calls functions of a project's database, with a key that can write. It does what postgrest-js does
 * for the other functions, without building a query for each delivery and loading its code at each
 * start: see docs/benchmarks.md.
 */
export function createFunctionCalls({ supabaseUrl, supabaseKey }: SupabaseProject): DataApiClient {
  return connectFunctionCalls(new URL('/rest/v1', supabaseUrl).href, supabaseKey);
}

/** The same through PostgREST itself, at an address without a trailing slash. */
export function connectFunctionCalls(restUrl: string, key: string): DataApiClient {
  const headers = {
    apikey: key,
    authorization: `Bearer ${key}`,
    'content-type': 'application/json',
  };
  return {
    rpc: (name, args) =>
      callOf(`${restUrl}/rpc/${name}${argumentNames(args)}`, headers, JSON.stringify(args)),
  };
}

/** With the names in the address, PostgREST passes the body to Postgres without parsing it. */
function argumentNames(args: object): string {
  const names = Object.keys(args);
  return names.length === 0 ? '' : `?columns=${names.join(',')}`;
}

function callOf(
  url: string,
  headers: Record<string, string>,
  body: string,
): ReturnType<DataApiClient['rpc']> {
  return {
    setHeader: (name, value) => callOf(url, { ...headers, [name]: value }, body),
    abortSignal: (signal) => send(url, { method: 'POST', headers, body, signal }),
  };
}

/** The answer of PostgREST. The code of an error is empty if the answer has none, or never came. */
async function send(url: string, init: RequestInit) {
  try {
    const response = await fetch(url, init);
    const body: unknown = response.status === NO_CONTENT ? null : await response.json();
    if (response.ok) return { data: body, error: null };
    const code = ownMember(body, 'code');
    return { data: null, error: { code: typeof code === 'string' ? code : '' } };
  } catch {
    return { data: null, error: { code: '' } };
  }
}
