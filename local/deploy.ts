/**
 * `npm run deploy -- --project-ref <ref> [--yes]`: migrations, secret and functions to a hosted
 * project, with the Supabase CLI. Run it again after a failure, and for every new version.
 */
import { parseArgs } from 'node:util';
import { BOOKING_TRIGGERS } from '../shared/calcom/calendar-booking.ts';
import { type Project, runStep } from './deploy/run-step.ts';
import { ensureWebhookSecret, type SecretOrigin } from './deploy/webhook-secret.ts';
import { reportFailure, SetupProblem } from './setup-problem.ts';

const USAGE = 'npm run deploy -- --project-ref <ref> [--yes]';
const PROJECT_REF = /^[a-z]{20}$/;

const WHICH_SECRET: Record<SecretOrigin, string> = {
  given: 'the first in CALCOM_WEBHOOK_SECRET',
  kept: 'as before; to replace it, deploy with CALCOM_WEBHOOK_SECRET=<new>,<old>',
  made: 'the one shown above',
};

async function main(): Promise<void> {
  const project = readProject(process.argv.slice(2));
  await runStep('link', ['--project-ref', project.ref], project);
  // Without --include-seed: the demo salons stay at home.
  await runStep('db push', [`--remote=${project.ref}`], project);
  const origin = await ensureWebhookSecret(project);
  await runStep('functions deploy', ['--use-api', `--remote=${project.ref}`], project);
  console.log(`\n${nextSteps(project, origin)}`);
}

function readProject(args: string[]): Project {
  const { ref, yes } = parse(args);
  if (ref !== undefined && PROJECT_REF.test(ref)) return { ref, yes };
  throw new SetupProblem(
    `usage: ${USAGE}, where <ref> is the 20 letters in https://<ref>.supabase.co`,
  );
}

function parse(args: string[]): { ref: string | undefined; yes: boolean } {
  try {
    const { values } = parseArgs({
      args,
      options: { 'project-ref': { type: 'string' }, yes: { type: 'boolean', default: false } },
    });
    return { ref: values['project-ref'], yes: values.yes };
  } catch {
    return { ref: undefined, yes: false };
  }
}

function nextSteps({ ref }: Project, origin: SecretOrigin): string {
  return `Deployed. Now in Cal.com, under Settings, Developer, Webhooks, New:
  Subscriber URL    https://${ref}.supabase.co/functions/v1/calcom-webhook
  Event triggers    ${BOOKING_TRIGGERS.join('\n                    ')}
  Secret            ${WHICH_SECRET[origin]}
  Payload template  default (leave "Custom" off)
Press "Ping test" there: it answers 200 when address and secret are right.
Each salon needs its Cal.com username in salons.cal_com_username.
A salon can have a webhook and a secret of its own instead, with SUPABASE_SECRET_KEY and its
CALCOM_API_KEY in the environment:
  npm run calcom:register -- --salon <cal.com username> --url https://${ref}.supabase.co`;
}

try {
  await main();
} catch (failure) {
  reportFailure(failure);
  process.exitCode = 1;
}
