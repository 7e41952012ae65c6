import { createHash } from 'node:crypto';
import type { Target } from '../../target/target.ts';
import { counted } from '../../command/counted.ts';
import { type Check, failed, listed, passed, unjudged } from '../check.ts';
import { targetOptions } from '../next.ts';

/** A secret, or several of which one is enough. */
type Required = string | readonly string[];

/** See docs/configuration.md. */
const REQUIRED_BY_PROVIDER: Record<string, readonly Required[]> = {
  smsapi: ['SMSAPI_TOKEN'],
  twilio: [
    'TWILIO_ACCOUNT_SID',
    'TWILIO_AUTH_TOKEN',
    ['TWILIO_MESSAGING_SERVICE_SID', 'TWILIO_FROM'],
  ],
};

/** Whether every function has the secrets without which it answers 500. */
export const functionSecrets: Check = {
  name: 'function secrets',
  needs: 'database',
  async run(target) {
    if (target.management === null) {
      return unjudged('only a hosted project shows which it has');
    }
    const secrets = new Map(
      (await target.management.secrets()).map(({ name, value }) => [name, value]),
    );
    const needs = await readNeeds(target);
    const missing = [
      ...(secrets.has('SMS_PROVIDER') || needs.reminders ? missingForSms(secrets) : []),
      ...(needs.webhook ? lacks(secrets, ['CALCOM_WEBHOOK_SECRET']) : []),
    ];
    if (missing.length === 0) return passed(counted(secrets.size, 'secret'));
    return failed(
      `missing: ${listed(missing)}`,
      `npx supabase secrets set NAME=value${targetOptions(target).replace(' --', '')}`,
    );
  },
};

function missingForSms(secrets: ReadonlyMap<string, string>): string[] {
  const digest = secrets.get('SMS_PROVIDER');
  if (digest === undefined) return ['SMS_PROVIDER'];
  if (digest === digestOf('log')) return ['SMS_PROVIDER that sends (log prints only)'];
  const name = Object.keys(REQUIRED_BY_PROVIDER).find((known) => digestOf(known) === digest);
  if (name === undefined) return ['SMS_PROVIDER that is smsapi or twilio'];
  const receipts = secrets.has('SMS_CALLBACK_PUBLIC_URL') && name === 'smsapi'
    ? ['SMSAPI_CALLBACK_SECRET']
    : [];
  return lacks(secrets, [...(REQUIRED_BY_PROVIDER[name] ?? []), ...receipts]);
}

function lacks(secrets: ReadonlyMap<string, string>, required: readonly Required[]): string[] {
  return required
    .map((names) => [names].flat())
    .filter((names) => !names.some((name) => secrets.has(name)))
    .map((names) => names.join(' or '));
}

/** The Management API shows the SHA-256 of a value in its place. */
function digestOf(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}

/** Whether a salon reminds, and whether one depends on the shared secret of the webhook. */
async function readNeeds({ database }: Target): Promise<{ reminders: boolean; webhook: boolean }> {
  const [row] = await database.rows<{ reminders: boolean; webhook: boolean }>(
    `select exists (select from public.sms_settings s where s.enabled) as reminders,
       exists (
         select from public.salons s
         where s.cal_com_username is not null
           and not private.has_salon_secret('webhook_secret', s.id)
       ) as webhook`,
  );
  return row ?? { reminders: true, webhook: true };
}
