/**
 * `npm run backfill -- --salon <cal.com username> --from <day>`: takes over all bookings of a salon
 * that begin from that day on. Run it again after an interruption: it goes on where it stopped.
 */
import { readFrom, readOptions } from './backfill/options.ts';
import { startProgressBar } from './backfill/progress-bar.ts';
import { findProject } from './backfill/project.ts';
import { runBackfill } from './backfill/run.ts';
import type { Counts } from '../supabase/functions/calcom-sync/tally.ts';
import { findSalon } from './register/salons.ts';
import { createVault } from './register/vault.ts';
import { reportFailure } from './setup-problem.ts';
import { wallTimeOf } from './wall-time.ts';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  const project = await findProject(options);
  const salon = await findSalon(options.salon, project.database);
  const from = readFrom(options.from, salon.timezone);
  if (options.apiKey !== null) {
    await createVault(project.database, salon.id).keepApiKey(options.apiKey);
  }

  console.log(`${salon.name}: bookings from ${wallTimeOf(from, salon.timezone)} on`);
  const bar = startProgressBar();
  const counts = await runBackfill(project, salon, from, bar).finally(bar.stop);
  console.log(describe(counts, options.salon));
}

function describe(counts: Counts, username: string): string {
  const { seen, foreign, unreadable, applied, unchanged, stale, deferred, failed } = counts;
  if (seen > 0 && foreign === seen) {
    return `None of ${seen} bookings is hosted by ${username}: check salons.cal_com_username.`;
  }
  const rest = Object.entries({ foreign, unreadable, stale, deferred, failed })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `, ${name} ${count}`);
  const advice = deferred + failed > 0 ? '\nSee webhook_logs.error_message for what to do.' : '';
  return `Done: taken over ${applied}, already there ${unchanged}${rest.join('')}.${advice}`;
}

try {
  await main();
} catch (failure) {
  reportFailure(failure);
  process.exitCode = 1;
}
