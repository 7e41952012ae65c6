import type { Enums } from '../../../shared/database.types.ts';
import { isUuid } from '../../../shared/text/uuid.ts';
import type { RequestLog } from '../_shared/handle-request.ts';
import { codeOnly, matching } from '../_shared/log.ts';
import type { Refusal as AnyRefusal } from '../_shared/refusal.ts';
import type { WebhookAction, WebhookErrorCode } from './answer.ts';

/** The result of a request, for both the answer and the log. */
export type Outcome = Success | Refusal;

/** The delivery is stored. */
export type Success = {
  ok: true;
  action: WebhookAction;
  eventId: string | null;
  logId: string;
  reason: Enums<'delivery_reason'> | null;
  trigger: string;
  bookingUid: string | null;
  salonId?: string | null;
};

/** The request is refused; the other members depend on how far it got. */
export type Refusal = AnyRefusal<WebhookErrorCode> & {
  trigger?: string;
  paths?: string[];
  logId?: string;
  retryAfterSeconds?: number;
  /** The salon in the request's address, which only a valid signature proves. */
  salonId?: string | null;
};

/** Trigger names of Cal.com; anything else could be personal data. */
const TRIGGER_PATTERN = /^\w{1,100}$/;

/** Ids mix letters and digits, unlike names and phone numbers. */
const OPAQUE_ID_PATTERN = /^(?=.*[A-Za-z])(?=.*\d)[\w-]{1,64}$/;

/** Every value has a narrow form, so that no personal data from a body or exception is logged. */
export const WEBHOOK_LOG: RequestLog<Outcome> = {
  subject: 'webhook',
  success: ({ reason }) => ({ msg: 'webhook processed', code: codeOnly(reason) }),
  fields: (outcome) => ({
    trigger: outcome.trigger === undefined ? null : triggerName(outcome.trigger),
    salon_id: isUuid(outcome.salonId ?? '') ? (outcome.salonId ?? null) : null,
    booking_uid: outcome.ok ? matching(OPAQUE_ID_PATTERN, outcome.bookingUid) : null,
    action: outcome.ok ? outcome.action : null,
    log_id: outcome.logId ?? null,
  }),
};

function triggerName(trigger: string): string {
  return matching(TRIGGER_PATTERN, trigger) ?? 'unknown';
}
