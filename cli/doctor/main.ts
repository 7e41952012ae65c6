/**
 * `npm run doctor`: checks a deployment, or the local stack, and says what to do about each
 * problem. Exit code 0: nothing is wrong; 1: something is; 2: it could not be checked.
 */
import { runMain } from '../command/run-main.ts';
import { openTarget } from '../target/target.ts';
import { readOptions, USAGE } from './options.ts';
import { describeFindings, isWell } from './report.ts';
import { runDoctor } from './run-doctor.ts';

const NOT_CHECKED = 2;

await runMain(USAGE, async (args) => {
  const options = readOptions(args);
  const target = await openTarget(options.target);
  const findings = await runDoctor(target);
  const ok = isWell(findings);
  console.log(
    options.json
      ? JSON.stringify({ ok, target: target.name, findings }, null, 2)
      : describeFindings(target.name, findings),
  );
  // A check that was given up may still wait for its answer.
  process.exit(ok ? 0 : 1);
}, NOT_CHECKED);
