import { join } from 'node:path';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { openTarget, type Target } from '../target/target.ts';
import { gatherAnswers } from './answers.ts';
import { requireDashboardDir } from './dashboard-dir.ts';
import { planSecrets } from './function-secrets.ts';
import { type Options, readOptions } from './options.ts';
import { describePlan } from './plan.ts';
import { refuseOlderCheckout } from './refuse-older.ts';
import { hostedSecrets, secretsFile, type SecretStore } from './secret-store.ts';
import { readSituation } from './situation.ts';
import { runSteps } from './steps.ts';
import type { Terminal } from './terminal.ts';

/**
 * Deploys as the command line says. Until the plan is confirmed it only reads; throws a SetupProblem
 * that says what to do.
 */
export async function deploy(
  args: string[],
  terminal: Terminal,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const options = readOptions(args);
  if (options.dashboardDir !== undefined) await requireDashboardDir(options.dashboardDir);
  const target = await openTarget(options.target, env);
  const secrets = openSecrets(target, options);
  const situation = await readSituation(target, secrets, options.preview);
  await refuseOlderCheckout(target, situation);
  const answers = await gatherAnswers(options, situation, terminal, env);
  const siteUrl = answers.siteUrl ?? situation.auth?.siteUrl ?? null;
  const newSecrets = planSecrets(answers.env, situation, target.functionsUrl, siteUrl);
  const deployment = { target, options, situation, answers, secrets, newSecrets, terminal };
  terminal.say(await describePlan(deployment));
  if (!options.yes && !await terminal.confirm('Deploy?')) {
    throw new SetupProblem('nothing was changed');
  }
  await runSteps(deployment);
}

function openSecrets({ management }: Target, { functionsDir = '' }: Options): SecretStore {
  return management === null ? secretsFile(join(functionsDir, '.env')) : hostedSecrets(management);
}
