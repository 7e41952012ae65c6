import type { Enums } from '../../../shared/database.types.ts';

/** What a provider reports about an SMS some time after it was accepted. */
export type Receipt = {
  /** `sms_messages.id`, when the report names it. */
  messageId: string | null;
  /** The provider's id; a receipt has at least one of the two. */
  providerMessageId: string | null;
  /** `sent`: the provider has it. Null: the report changes nothing. */
  status:
    | Extract<Enums<'sms_message_status'>, 'sent' | 'delivered' | 'undelivered' | 'failed'>
    | null;
  /** The provider's own word or number for it, safe to log. */
  providerStatus: string;
  /** Why it did not arrive, as the provider's number. */
  code: string | null;
  /** When it happened, in ISO UTC, if the report says. */
  at: string | null;
};
