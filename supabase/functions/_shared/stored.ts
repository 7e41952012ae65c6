/** What the database answered, or its error code (a SQLSTATE or one of PostgREST). */
export type Stored<Value> = { ok: true; value: Value } | { ok: false; code: string };

type Call = PromiseLike<{ data: unknown; error: { code: string } | null }>;

/**
 * Waits for a call of the Data API. The caller says what it returns, since the generated types know
 * neither which columns may be null nor which words a text is one of. Never throws.
 */
export async function stored<Value>(call: Call): Promise<Stored<Value>> {
  const { data, error } = await call;
  if (error === null) return { ok: true, value: data as Value };
  return { ok: false, code: error.code || 'unreachable' };
}
