import { readVariable } from '../command/options.ts';
import { checkoutVersion } from '../target/checkout.ts';
import type { Deployment } from './deployment.ts';
import { ALERT_VARIABLES } from './steps/alerts.ts';
import { planAuth } from './steps/sign-in.ts';

/** What a deployment will change, for the operator to confirm. Names of secrets, never values. */
export async function describePlan(deployment: Deployment): Promise<string> {
  const { target, situation, answers } = deployment;
  const { newSalon, hostUsername } = answers;
  const salon = hostUsername === null ? 'as it is' : `gets the Cal.com username ${hostUsername}`;
  const rows: [string, string][] = [
    ['database', describeMigrations(deployment)],
    ['extensions', 'pg_cron and pg_net'],
    ['secrets', describeSecrets(deployment)],
    ['functions', 'those of this checkout'],
    ['schedules', situation.isPreview ? 'none' : 'all jobs, with a new worker secret'],
    ['alerts', describeAlerts(deployment)],
    ['sign-in', planAuth(deployment).says.join(', ') || 'as it is'],
    ['salon', newSalon === null ? salon : `${newSalon.name}, owned by ${newSalon.ownerEmail}`],
    [
      'Cal.com',
      situation.isPreview ? 'nothing' : 'a webhook, and bookings, of each salon with a key',
    ],
    ['dashboard', `built for ${target.apiUrl}`],
  ];
  const kind = situation.isPreview ? ', a preview: no SMS, no jobs, nothing in Cal.com' : '';
  return [
    `Version ${await checkoutVersion()} to ${target.name}${kind}`,
    ...rows.map(([what, change]) => `  ${what.padEnd(11)} ${change}`),
  ].join('\n');
}

function describeAlerts({ situation, answers: { env } }: Deployment): string {
  if (situation.isPreview) return 'none';
  const given = ALERT_VARIABLES.filter((name) => readVariable(name, env) !== null);
  return given.length === 0 ? 'as they are' : `with the new ${given.join(', ')}`;
}

function describeMigrations({ situation: { pending, applied } }: Deployment): string {
  if (pending.length === 0) return 'up to date';
  const others = applied.length === 0 ? '' : `; ${applied.length} are applied, and stay`;
  return `migrations to apply: ${pending.map(({ name }) => name).join(', ')}${others}`;
}

function describeSecrets({ newSecrets: { values }, situation }: Deployment): string {
  const removed = situation.isPreview && situation.secrets.has('SMS_PROVIDER')
    ? ['SMS_PROVIDER is removed']
    : [];
  return [Object.keys(values).sort().join(', ') || 'as they are', ...removed].join('; ');
}
