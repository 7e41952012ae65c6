/**
 * `npm run test:mutation`: plants small mistakes in the project, one at a time, and says which of
 * them no test notices.
 *
 * Exits with 1 if one survives that `survivors.json` does not explain, or one is undecided.
 */
import { writeFile } from 'node:fs/promises';
import { runMain } from '../../cli/command/run-main.ts';
import { listMutants, runMutants } from './mutation.ts';
import { readOptions, USAGE } from './options.ts';
import { lineOf, summaryOf } from './report.ts';

await runMain(USAGE, async (args) => {
  const options = readOptions(args);
  if (options.list) {
    for (const mutant of await listMutants(options)) console.log(lineOf(mutant));
    return;
  }
  const results = await runMutants(options, (result) => console.log(lineOf(result)));
  const summary = summaryOf(results);
  console.log(`\n${JSON.stringify(summary)}`);
  if (options.json !== null) {
    await writeFile(
      options.json,
      JSON.stringify({ seed: options.seed, summary, results }, null, 2),
    );
  }
  if (summary.survived + summary.undecided > 0) process.exitCode = 1;
});
