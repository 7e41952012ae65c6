/**
 * `npm run backfill -- --salon <cal.com username> --from <day>`: imports all bookings of a salon
 * that begin on that day or later. After an interruption, the same command resumes where it left
 * off.
 */
import { runMain } from '../command/run-main.ts';
import { openCalcomApi } from '../register/account.ts';
import { openProject } from '../project/project.ts';
import { findSalon } from '../project/salons.ts';
import { createVault } from '../project/vault.ts';
import { wallTimeOf } from '../../shared/time/wall-time.ts';
import { readFrom, readOptions, USAGE } from './options.ts';
import { startProgressBar } from './progress.ts';
import { describeCounts, isComplete } from './report.ts';
import { runBackfill } from './run.ts';

await runMain(USAGE, async (args) => {
  const options = readOptions(args, process.env);
  const project = await openProject(options.url);
  const salon = await findSalon(options.salon, project.database);
  const from = readFrom(options.from, salon.timezone);
  if (options.apiKey !== null) {
    await openCalcomApi(salon, options.apiKey);
    await createVault(project.database, salon.id).storeApiKey(options.apiKey);
  }

  console.log(`${salon.name}: bookings from ${wallTimeOf(from, salon.timezone)} on`);
  const bar = startProgressBar();
  const counts = await runBackfill(project, salon, from, bar).finally(bar.stop);
  console.log(describeCounts(counts, options.salon));
  if (!isComplete(counts)) process.exitCode = 1;
});
