import type { WebhookAction, WebhookErrorCode } from '../../../shared/calcom/webhook-answer.ts';

/** What a request came to, for the answer and for the log alike. */
export type Outcome = Success | Refusal;

/** The delivery is kept. */
export type Success = {
  ok: true;
  action: WebhookAction;
  eventId: string | null;
  logId: string;
  reason: string | null;
  trigger: string;
  bookingUid: string | null;
  salonId?: string | null;
};

/** The request is refused; what else is known depends on how far it got. */
export type Refusal = {
  ok: false;
  code: WebhookErrorCode;
  /** For the log only: the variable to set, a code of the database, the class of an exception. */
  cause?: string;
  trigger?: string;
  paths?: string[];
  logId?: string;
  retryAfterSeconds?: number;
  /** Whose webhook it says to come from, which only a right signature proves. */
  salonId?: string | null;
};

/** A refusal with what is known about it. */
export function refuse(code: WebhookErrorCode, known: Omit<Refusal, 'ok' | 'code'> = {}): Refusal {
  return { ok: false, code, ...known };
}
