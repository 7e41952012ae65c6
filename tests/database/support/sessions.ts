import pg from 'pg';
import { expect } from 'vitest';
import type { TestDatabase } from '../../support/database.ts';

/** A session whose transaction stays open until the test commits it. */
export interface Session {
  query(text: string, values?: unknown[]): Promise<pg.QueryResult>;
  /** Resolves once the session waits for a lock that another one holds. */
  isBlocked(): Promise<void>;
  commit(): Promise<void>;
  /** Disconnects without a commit, as a process that crashes does. */
  crash(): Promise<void>;
}

const openClients = new Set<pg.Client>();

/** Opens a session that acts as a role; as the owner of the schema unless told. */
export async function openSession(database: TestDatabase, role?: string): Promise<Session> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  openClients.add(client);
  await client.query('begin');
  if (role !== undefined) await client.query(`set local role ${role}`);
  const { rows: [session] } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');

  async function waitsForLock(): Promise<boolean> {
    const [activity] = await database.query<{ waits: boolean }>(
      `select wait_event_type is not distinct from 'Lock' as waits
       from pg_stat_activity where pid = $1`,
      [session?.pid],
    );
    return activity?.waits ?? false;
  }

  async function disconnect(): Promise<void> {
    openClients.delete(client);
    await client.end();
  }

  return {
    query: (text, values) => client.query(text, values),
    isBlocked: async () => {
      await expect.poll(waitsForLock, { timeout: 5_000, interval: 20 }).toBe(true);
    },
    commit: async () => {
      await client.query('commit');
      await disconnect();
    },
    crash: disconnect,
  };
}

/** Ends the sessions that a failed test left open, which would block the next one. */
export async function closeSessions(): Promise<void> {
  await Promise.all([...openClients].map((client) => client.end()));
  openClients.clear();
}
