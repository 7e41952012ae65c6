import type { Enums } from '../../../shared/database.types.ts';
import type { LookupResult, SendResult } from './providers/provider.ts';

/** The provider was not reached or was busy, which does not count as an attempt. */
const UNREACHED: readonly string[] = ['connection_refused', 'http_429'];

/** The outcome of a dispatch or a look-up, as arguments of `sms_settle`. */
export type Outcome = {
  p_outcome: Enums<'sms_attempt_outcome'>;
  p_code?: string;
  p_provider_message_id?: string;
  p_retry_after_seconds?: number;
  p_opt_out?: boolean;
};

/** What a provider's answer means for the message. */
export function outcomeOfSend(result: SendResult): Outcome {
  switch (result.kind) {
    case 'accepted':
      return accepted(result.providerMessageId);
    case 'permanent':
      return { p_outcome: 'permanent', p_code: result.code, p_opt_out: result.optOut };
    case 'transient':
      return {
        p_outcome: UNREACHED.includes(result.code) ? 'unreached' : 'transient',
        p_code: result.code,
        ...(result.retryAfterSeconds === null
          ? {}
          : { p_retry_after_seconds: result.retryAfterSeconds }),
      };
    case 'account':
    case 'ambiguous':
      return { p_outcome: result.kind, p_code: result.code };
  }
}

/** What a look-up means for the message: one that is found was accepted. */
export function outcomeOfLookup(result: LookupResult): Outcome {
  switch (result.kind) {
    case 'found':
      return accepted(result.providerMessageId);
    case 'not_found':
      return { p_outcome: 'not_found' };
    case 'unavailable':
      return { p_outcome: 'unavailable', p_code: result.code };
  }
}

function accepted(id: string | null): Outcome {
  return { p_outcome: 'accepted', ...(id === null ? {} : { p_provider_message_id: id }) };
}
