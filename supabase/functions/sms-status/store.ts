import type { Receipt } from '../../../shared/sms/receipt.ts';
import { createDataApi } from '../_shared/data-api.ts';
import { type Stored, stored } from '../_shared/stored.ts';
import type { GatewayName } from './outcome.ts';

/** Twilio waits 15 seconds for an answer. */
const DATABASE_TIMEOUT_MS = 5000;

/** Notes what gateways report, each report in one database call. Nothing here throws. */
export type Store = {
  applyReceipts(
    gateway: GatewayName,
    receipts: Receipt[],
  ): Promise<Stored<{ applied: number; unknown: number }>>;
  /** Returns for how many salons that is new. */
  recordOptOut(phone: string, gateway: GatewayName): Promise<Stored<number>>;
  /** Returns for how many salons that is new. */
  withdrawOptOut(phone: string, gateway: GatewayName): Promise<Stored<number>>;
};

/** Connects to a Data API, such as `https://<ref>.supabase.co/rest/v1`, with a key that may write. */
export function createStore(restUrl: string, key: string): Store {
  const client = createDataApi(restUrl, key);
  const timeout = () => AbortSignal.timeout(DATABASE_TIMEOUT_MS);

  return {
    applyReceipts: (gateway, receipts) =>
      stored(
        client.rpc('sms_apply_receipts', { p_provider: gateway, p_receipts: receipts })
          .abortSignal(timeout()).single(),
      ),
    recordOptOut: (phone, gateway) =>
      stored(
        client.rpc('sms_record_opt_out', { p_phone: phone, p_source: gateway })
          .abortSignal(timeout()),
      ),
    withdrawOptOut: (phone, gateway) =>
      stored(
        client.rpc('sms_withdraw_opt_out', { p_phone: phone, p_source: gateway })
          .abortSignal(timeout()),
      ),
  };
}
