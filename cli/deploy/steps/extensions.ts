import { SetupProblem } from '../../../local/setup/setup-problem.ts';
import { DatabaseProblem } from '../../target/admin-database.ts';
import type { Step } from '../deployment.ts';

/** What the jobs need, and how to tell that it is there. */
const EXTENSIONS = [
  { name: 'pg_cron', options: '', isThere: "to_regclass('cron.job') is not null" },
  // Its objects are in `net`; without a schema the Security Advisor finds it in `public`.
  {
    name: 'pg_net',
    options: ' with schema extensions',
    isThere: "to_regnamespace('net') is not null",
  },
];

/** Creates pg_cron and pg_net, and lets members use Realtime, which may be newer than our schema. */
export const extensions: Step = {
  name: 'extensions',
  async run({ target: { database } }) {
    for (const { name, options, isThere } of EXTENSIONS) {
      const [row] = await database.rows<{ there: boolean }>(`select ${isThere} as there`);
      if (row?.there) continue;
      try {
        await database.rows(`create extension if not exists ${name}${options}`);
      } catch (failure) {
        if (!(failure instanceof DatabaseProblem)) throw failure;
        throw new SetupProblem(
          `${name} cannot be created: ${failure.message}; enable it under Integrations in the ` +
            'dashboard of Supabase, or as the superuser of a self-hosted database',
        );
      }
    }
    const [row] = await database.rows<{ realtime: string }>(
      'select private.setup_realtime() as realtime',
    );
    return `pg_cron, pg_net; Realtime: ${row?.realtime}`;
  },
};
