/**
 * `npm run uninstall`: takes away jobs, webhooks at Cal.com, functions, function secrets and Vault
 * entries, and with --delete-tables our tables. It never touches what an app's own migrations made.
 */
import { runMain } from '../command/run-main.ts';
import { openTerminal } from '../deploy/terminal.ts';
import { openTarget } from '../target/target.ts';
import { isAgreed } from './confirmation.ts';
import { readOptions, USAGE } from './options.ts';
import { readPlan } from './plan.ts';
import { describePlan } from './report.ts';
import { uninstall } from './uninstall.ts';

await runMain(USAGE, async (args) => {
  const options = readOptions(args);
  const target = await openTarget(options.target);
  const terminal = openTerminal();
  const plan = await readPlan(target);
  terminal.say(describePlan(target, plan, options));
  if (!await isAgreed(target, options, terminal)) return terminal.say('Nothing was changed.');
  await uninstall(target, plan, options, terminal.say);
  terminal.say('Uninstalled. Running this again is harmless.');
});
