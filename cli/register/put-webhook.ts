import type { CalcomApi } from '../../shared/calcom/api.ts';
import {
  type CalcomResult,
  type CalcomWebhook,
  type WebhookChange,
  writeWebhook,
} from './webhooks.ts';

/** A webhook, and the triggers that this version of Cal.com does not know. */
export type PutWebhook = { webhook: CalcomWebhook; unknownTriggers: string[] };

/** Every Cal.com with webhooks knows these. */
const OLDEST_TRIGGERS = ['BOOKING_CREATED', 'BOOKING_RESCHEDULED', 'BOOKING_CANCELLED'];

/**
 * Creates or changes a webhook. An older Cal.com refuses all triggers because of one that it does
 * not know, without saying which: there the webhook gets the oldest triggers, then the others one
 * by one.
 */
export async function putWebhook(
  api: CalcomApi,
  id: string | null,
  triggers: readonly string[],
  change: WebhookChange,
): Promise<CalcomResult<PutWebhook>> {
  const whole = await writeWebhook(api, id, { ...change, triggers });
  if (whole.ok) return { ok: true, value: { webhook: whole.value, unknownTriggers: [] } };
  if (whole.code !== 'refused') return whole;

  let last = await writeWebhook(api, id, { ...change, triggers: OLDEST_TRIGGERS });
  if (!last.ok) return last;
  let { value: webhook } = last;
  const unknownTriggers: string[] = [];
  let accepted = OLDEST_TRIGGERS;
  for (const trigger of triggers.filter((name) => !OLDEST_TRIGGERS.includes(name))) {
    last = await writeWebhook(api, webhook.id, { triggers: [...accepted, trigger] });
    if (last.ok) {
      webhook = last.value;
      accepted = [...accepted, trigger];
    } else if (last.code === 'refused') unknownTriggers.push(trigger);
    else return last;
  }
  return { ok: true, value: { webhook, unknownTriggers } };
}
