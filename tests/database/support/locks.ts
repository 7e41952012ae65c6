import type { Session } from './sessions.ts';

/** How many advisory locks a session holds. */
export async function advisoryLocksOf(session: Session): Promise<number> {
  const { rows } = await session.query(
    `select count(*)::int as held from pg_locks
     where locktype = 'advisory' and pid = pg_backend_pid()`,
  );
  return rows[0].held;
}
