/**
 * `npm run deploy -- --project-ref <ref> [--yes]`: deploys the migrations, the webhook secret and
 * the functions to a hosted project, with the Supabase CLI. Run it again after a failure, and for
 * every new version.
 */
import { runMain } from '../command/run-main.ts';
import { readOptions, USAGE } from './options.ts';
import { describeNextSteps } from './report.ts';
import { runStep } from './run-step.ts';
import { ensureWebhookSecret } from './webhook-secret.ts';

await runMain(USAGE, async (args) => {
  const project = readOptions(args);
  await runStep('link', ['--project-ref', project.ref], project);
  // Without --include-seed: a hosted project gets no demo salons.
  await runStep('db push', [`--remote=${project.ref}`], project);
  const origin = await ensureWebhookSecret(project);
  await runStep('functions deploy', ['--use-api', `--remote=${project.ref}`], project);
  console.log(`\n${describeNextSteps(project.ref, origin)}`);
});
