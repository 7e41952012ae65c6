import type { ParseErrorCode } from './parse-delivery.ts';
import type { SignatureErrorCode } from './signature.ts';

/** What became of a delivery that is kept. */
export type WebhookAction = 'applied' | 'duplicate' | 'stale' | 'deferred' | 'ignored';

/** Why `calcom-webhook` refuses a request; each code has one HTTP status. */
export type WebhookErrorCode =
  | SignatureErrorCode
  | ParseErrorCode
  | 'method_not_allowed'
  | 'payload_too_large'
  | 'too_many_refusals'
  | 'server_misconfigured'
  | 'database_unavailable'
  | 'internal_error';

/**
 * The JSON `calcom-webhook` answers with. `duration` is in milliseconds, `logId` points into
 * `webhook_logs`, `reason` says why a delivery was deferred, `paths` which members were unusable.
 */
export type WebhookAnswer =
  | {
    ok: true;
    action: WebhookAction;
    eventId: string | null;
    logId: string;
    duration: number;
    reason?: string;
  }
  | {
    ok: false;
    code: WebhookErrorCode;
    error: string;
    hint: string;
    paths?: string[];
    logId?: string;
  };
