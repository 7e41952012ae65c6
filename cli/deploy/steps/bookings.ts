import { SetupProblem } from '../../../local/setup/setup-problem.ts';
import { readFrom } from '../../backfill/options.ts';
import { startProgressBar } from '../../backfill/progress.ts';
import { describeCounts } from '../../backfill/report.ts';
import { runBackfill } from '../../backfill/run.ts';
import type { AdminDatabase } from '../../target/admin-database.ts';
import type { Step } from '../deployment.ts';
import { type KeyedSalon, openData, salonsWithKey } from '../salons-with-key.ts';

const DEFAULT_DAYS = 30;
const MS_PER_DAY = 86_400_000;

/**
 * Imports the bookings of each salon that has never been scanned as a whole. Later ones come by
 * webhook and sync, so a deployment reads nothing twice.
 */
export const bookings: Step = {
  name: 'bookings',
  async run(deployment) {
    const { target, situation, options, terminal } = deployment;
    if (situation.isPreview) return 'none in a preview';
    const database = await openData(deployment);
    const salons = await withoutScan(await salonsWithKey(deployment, database), target.database);
    if (salons.length === 0) return 'nothing to import';
    const project = { functionsUrl: target.functionsUrl, key: await target.secretKey(), database };
    let failed = 0;
    for (const salon of salons) {
      const from = firstDay(options.importFrom, salon.timezone);
      const bar = startProgressBar();
      try {
        const counts = await runBackfill(project, salon, from, bar).finally(bar.stop);
        terminal.say(`    ${salon.username}: ${describeCounts(counts, salon.username)}`);
      } catch (failure) {
        if (!(failure instanceof SetupProblem)) throw failure;
        failed += 1;
        terminal.say(`    ${salon.username}: ${failure.message}`);
      }
    }
    return `${salons.length - failed} of ${salons.length} salons imported`;
  },
};

function firstDay(importFrom: string | undefined, timeZone: string): Date {
  return importFrom === undefined
    ? new Date(Date.now() - DEFAULT_DAYS * MS_PER_DAY)
    : readFrom(importFrom, timeZone);
}

async function withoutScan(
  salons: readonly KeyedSalon[],
  database: AdminDatabase,
): Promise<KeyedSalon[]> {
  const scanned = await database.rows<{ id: string }>(
    'select c.salon_id::text as id from public.calcom_sync_state c where c.last_scan_at is not null',
  );
  const ids = new Set(scanned.map(({ id }) => id));
  return salons.filter(({ id }) => !ids.has(id));
}
