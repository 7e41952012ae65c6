import { BOOKING_TRIGGERS } from '../../shared/calcom/calendar-booking.ts';
import type { SecretOrigin } from './webhook-secret.ts';

const WHICH_SECRET: Record<SecretOrigin, string> = {
  given: 'the first in CALCOM_WEBHOOK_SECRET',
  kept: 'as before; to replace it, deploy with CALCOM_WEBHOOK_SECRET=<new>,<old>',
  made: 'the one shown above',
};

/** What to enter in Cal.com after a deployment. */
export function describeNextSteps(ref: string, origin: SecretOrigin): string {
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
