import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { withClient } from '../../postgres/client.ts';
import { createAttemptLimiter } from './attempt-limiter.ts';
import type { AuthDeps } from './deps.ts';
import { handleAuth } from './handler.ts';

/** The part of Supabase Auth that the dashboard uses. */
export interface AuthService {
  /** Answers a request whose path begins after `/auth/v1`; `address` is the client's. */
  answer(request: Request, path: string, address: string): Promise<Response>;
  stop(): Promise<void>;
}

/** The database of the users, and the secret of their tokens. */
export interface AuthServiceOptions {
  /** The database, as the superuser. */
  databaseUrl: string;
  jwtSecret: string;
  apiUrl: string;
}

const POOL_SIZE = 2;

/**
 * Signs in the users of auth.users by e-mail and password, in place of Supabase Auth (GoTrue), with
 * its requests, answers and error codes. Sessions are rows, so they outlive a restart.
 */
export async function startAuth(options: AuthServiceOptions): Promise<AuthService> {
  const { databaseUrl, jwtSecret, apiUrl } = options;
  const tables = await readFile(new URL('sessions.sql', import.meta.url), 'utf8');
  await withClient(databaseUrl, (client) => client.query(tables));
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: POOL_SIZE,
    allowExitOnIdle: true,
  });
  // An idle connection ends with Postgres, which is not a failure of this service.
  pool.on('error', () => {});
  const deps: AuthDeps = {
    transaction: (work) => inTransaction(pool, work),
    jwtSecret,
    issuer: `${apiUrl}/auth/v1`,
    limiter: createAttemptLimiter(),
    nowMs: Date.now,
  };
  return {
    answer: (request, path, address) => handleAuth(request, path, address, deps),
    stop: () => pool.end(),
  };
}

async function inTransaction<T>(
  pool: pg.Pool,
  work: (database: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (failure) {
    await client.query('rollback').catch(() => {});
    throw failure;
  } finally {
    client.release();
  }
}
