import type { DataApi } from '../_shared/data-api.ts';
import { callForRow, callFunction, type DatabaseResult } from '../_shared/rpc.ts';
import type { Enums } from '../../../shared/database.types.ts';
import type { ProviderName } from './outcome.ts';
import type { Receipt } from './receipt.ts';
import type { Reply } from './reply.ts';

/** Twilio waits 15 seconds for an answer. */
const DATABASE_TIMEOUT_MS = 5000;

/** Stores what providers report, each report in one database call. Nothing here throws. */
export type Store = {
  applyReceipts(
    provider: ProviderName,
    receipts: Receipt[],
  ): Promise<DatabaseResult<{ applied: number; unknown: number }>>;
  /** Returns for how many salons that is new. */
  recordOptOut(phone: string, provider: ProviderName): Promise<DatabaseResult<number>>;
  /** Returns for how many salons that is new. */
  withdrawOptOut(phone: string, provider: ProviderName): Promise<DatabaseResult<number>>;
  /** Applies an answer, once however often it is reported. */
  receiveReply(
    provider: ProviderName,
    reply: Extract<Reply, { kind: 'reply' }>,
  ): Promise<DatabaseResult<Enums<'sms_reply_outcome'>>>;
};

/** Stores reports with a client that may write. */
export function createStore(client: DataApi): Store {
  return {
    applyReceipts: (provider, receipts) =>
      callForRow(
        client,
        'sms_apply_receipts',
        { p_provider: provider, p_receipts: receipts },
        DATABASE_TIMEOUT_MS,
      ),
    recordOptOut: (phone, provider) =>
      callFunction(
        client,
        'sms_record_opt_out',
        { p_phone: phone, p_source: provider },
        DATABASE_TIMEOUT_MS,
      ),
    withdrawOptOut: (phone, provider) =>
      callFunction(
        client,
        'sms_withdraw_opt_out',
        { p_phone: phone, p_source: provider },
        DATABASE_TIMEOUT_MS,
      ),
    receiveReply: (provider, { replyId, phone, body, response }) =>
      callFunction(
        client,
        'sms_receive_reply',
        {
          p_provider: provider,
          p_reply_id: replyId,
          p_phone: phone,
          p_body: body,
          p_response: response,
        },
        DATABASE_TIMEOUT_MS,
      ),
  };
}
