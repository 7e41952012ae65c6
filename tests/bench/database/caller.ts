import pg from 'pg';
import type { Call } from '../deliveries/calls.ts';
import type { BenchDatabase } from './server.ts';

/** A connection that stores deliveries directly, with the same rights as through the Data API. */
export type Caller = {
  /** Stores one. Fails unless it is applied at once. */
  deliver(call: Call): Promise<void>;
  close(): Promise<void>;
};

/** The schema of the function that stores deliveries. */
export type RpcSchema = 'public' | 'minimal';

/** Connects. The statement is prepared, as PostgREST prepares its statements. */
export async function openCaller(
  database: BenchDatabase,
  schema: RpcSchema = 'public',
): Promise<Caller> {
  const client = new pg.Client({ connectionString: database.url('authenticator') });
  await client.connect();
  await client.query('set role service_role');
  const statement = {
    name: 'deliver',
    text: `select action from ${schema}.upsert_calendar_event($1, $2, $3, $4)`,
  };
  return {
    deliver: async (call) => {
      const { rows: [row] } = await client.query<{ action: string }>({
        ...statement,
        values: [...call],
      });
      if (row?.action !== 'applied') throw new Error(`A ${call[1]} was ${row?.action}`);
    },
    close: () => client.end(),
  };
}

/** Opens that many connections. */
export async function openCallers(
  database: BenchDatabase,
  count: number,
  schema: RpcSchema = 'public',
): Promise<Caller[]> {
  return await Promise.all(Array.from({ length: count }, () => openCaller(database, schema)));
}
