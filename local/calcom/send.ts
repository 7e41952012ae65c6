import { ownMember } from '../../shared/calcom/records.ts';
import { SIGNATURE_HEADER, signBody } from '../../shared/calcom/signature.ts';
import { post } from '../post.ts';
import type { Delivery } from './delivery.ts';
import type { Target } from './target.ts';

/** The one version of webhooks that Cal.com has. */
const WEBHOOK_VERSION = '2021-10-20';

const ADVICE = 'is it running, and is the address right?';

/** What the webhook answered, and the headers of what it had been sent. */
export type Reply = {
  headers: Record<string, string>;
  status: number;
  text: string;
  /** The row of calendar_events that the answer names. */
  eventId: string | null;
};

/** Posts a delivery as Cal.com does. */
export async function send(delivery: Delivery, target: Target): Promise<Reply> {
  const secret = delivery.forged ? `not ${target.secret}` : target.secret;
  const headers = {
    'content-type': 'application/json',
    'x-cal-webhook-version': WEBHOOK_VERSION,
    [SIGNATURE_HEADER]: await signBody(new TextEncoder().encode(delivery.body), secret),
  };
  const response = await post(target.webhookUrl, { headers, body: delivery.body }, ADVICE);
  const text = await response.text();
  return { headers, status: response.status, text, eventId: readEventId(text) };
}

function readEventId(answer: string): string | null {
  try {
    const eventId = ownMember(JSON.parse(answer), 'eventId');
    return typeof eventId === 'string' ? eventId : null;
  } catch {
    return null;
  }
}
