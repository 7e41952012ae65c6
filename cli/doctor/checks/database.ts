import type { Target } from '../../target/target.ts';
import { type Check, failed, passed } from '../check.ts';

/** Whether SQL can be run as postgres. A hosted project that is not used is paused. */
export const database: Check = {
  name: 'database',
  async run(target) {
    const paused = await statusProblem(target);
    if (paused !== null) {
      return failed(
        `the project is ${paused}`,
        `open https://supabase.com/dashboard/project/${target.management?.ref}, and restore it if ` +
          'it is paused',
      );
    }
    const [row] = await target.database.rows<{ role: string; version: string }>(
      "select current_user::text as role, current_setting('server_version') as version",
    );
    return row?.role === 'postgres'
      ? passed(`Postgres ${row.version}`)
      : failed(`connected as ${row?.role}`, 'pass the address of role postgres in --db-url');
  },
};

async function statusProblem({ management }: Target): Promise<string | null> {
  if (management === null) return null;
  const { status } = await management.project();
  return status === 'ACTIVE_HEALTHY' ? null : status;
}
