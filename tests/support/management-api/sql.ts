import pg from 'pg';
import type { Answer } from './routes.ts';

const { builtins } = pg.types;
const TIMES: readonly number[] = [builtins.DATE, builtins.TIMESTAMP, builtins.TIMESTAMPTZ];

/** Runs SQL on a database and answers as `POST /database/query` does. */
export async function runQuery(
  databaseUrl: string,
  { query, parameters }: { query: string; parameters?: unknown[] },
): Promise<Answer> {
  const client = new pg.Client({ connectionString: databaseUrl, types: { getTypeParser } });
  await client.connect();
  try {
    const result: pg.QueryResult | pg.QueryResult[] = parameters === undefined
      ? await client.query(query)
      : await client.query(query, parameters);
    return { status: 201, body: (Array.isArray(result) ? result.at(-1) : result)?.rows ?? [] };
  } catch (failure) {
    if (!(failure instanceof pg.DatabaseError)) throw failure;
    const { code, message } = failure;
    return {
      status: 400,
      body: { message: `Failed to run sql query: ERROR:  ${code}: ${message}\n` },
    };
  } finally {
    await client.end();
  }
}

/** As postgres-meta, which runs the query: times as text, bigint as a number. */
function getTypeParser(type: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (TIMES.includes(type)) return (text) => text;
  if (type === builtins.INT8) return Number;
  return pg.types.getTypeParser(type, format ?? 'text');
}
