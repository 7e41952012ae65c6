import { ownMember, parseRecord } from '../../shared/json/records.ts';
import { SIGNATURE_HEADER, signBody } from '../../shared/calcom/signature.ts';
import { post } from '../project/post.ts';
import type { Delivery } from './deliveries/delivery.ts';
import type { Webhook } from './target.ts';

/** The version of a webhook that was created without one; 2026-07-27 only adds calendar files. */
const WEBHOOK_VERSION = '2021-10-20';

const ADVICE = 'is the function running, and is the address right?';

/** What the webhook answered, and the headers of the request. */
export type Reply = {
  headers: Record<string, string>;
  status: number;
  text: string;
  /** The row of calendar_events that the answer names. */
  eventId: string | null;
};

/** Posts a delivery as Cal.com does. */
export async function send(delivery: Delivery, webhook: Webhook): Promise<Reply> {
  const secret = delivery.forged ? `not ${webhook.secret}` : webhook.secret;
  const headers = {
    'content-type': 'application/json',
    'x-cal-webhook-version': WEBHOOK_VERSION,
    [SIGNATURE_HEADER]: await signBody(new TextEncoder().encode(delivery.body), secret),
  };
  const response = await post(webhook.webhookUrl, { headers, body: delivery.body }, ADVICE);
  const text = await response.text();
  return { headers, status: response.status, text, eventId: readEventId(text) };
}

function readEventId(answer: string): string | null {
  const eventId = ownMember(parseRecord(answer), 'eventId');
  return typeof eventId === 'string' ? eventId : null;
}
