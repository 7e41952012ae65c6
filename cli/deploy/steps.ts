import type { Deployment, Step } from './deployment.ts';
import { alerts } from './steps/alerts.ts';
import { bookings } from './steps/bookings.ts';
import { constraints } from './steps/constraints.ts';
import { dashboard } from './steps/dashboard.ts';
import { doctor } from './steps/doctor.ts';
import { extensions } from './steps/extensions.ts';
import { functions } from './steps/functions.ts';
import { migrations } from './steps/migrations.ts';
import { salon } from './steps/salon.ts';
import { schedules } from './steps/schedules.ts';
import { secrets } from './steps/secrets.ts';
import { signIn } from './steps/sign-in.ts';
import { webhooks } from './steps/webhooks.ts';

/** The steps in their order: functions find their schema and secrets, jobs find their functions. */
export const STEPS: readonly Step[] = [
  ...[migrations, constraints, extensions, secrets, functions, schedules],
  ...[alerts, signIn, salon, webhooks, bookings, dashboard, doctor],
];

/** Runs all steps, each with one line about its result. Stops at the first that fails. */
export async function runSteps(deployment: Deployment): Promise<void> {
  const { terminal } = deployment;
  for (const [index, { name, run }] of STEPS.entries()) {
    const place = `[${String(index + 1).padStart(2)}/${STEPS.length}]`;
    const result = await run(deployment);
    terminal.say(`${place} ${name.padEnd(11)} ${result}`);
  }
}
