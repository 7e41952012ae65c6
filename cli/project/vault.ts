import type { PostgrestSingleResponse } from '@supabase/supabase-js';
import { type DataApi, rowsOf } from './data-api.ts';

/** The secrets of one salon in Vault. They are never printed. */
export type Vault = {
  apiKey(): Promise<string | null>;
  storeApiKey(key: string): Promise<void>;
  /** The newest secret of the webhook; null when there is none. */
  webhookSecret(): Promise<string | null>;
  /** Accepts one more secret; returns the one to give to Cal.com. */
  stage(secret: string): Promise<string>;
  /** Cal.com has the newest secret: older ones are accepted for another 24 hours. */
  confirm(): Promise<void>;
  /** The webhook is gone: its secrets are accepted for another 24 hours. */
  retire(): Promise<void>;
  /** A secret leaked: none is accepted any more. */
  revoke(): Promise<void>;
};

/** Opens the part of Vault that belongs to a salon. */
export function createVault(database: DataApi, salonId: string): Vault {
  const salon = { p_salon_id: salonId };
  const done = async (call: PromiseLike<PostgrestSingleResponse<unknown>>): Promise<void> => {
    await rowsOf(call);
  };
  return {
    // The generated types do not know that there may be none.
    apiKey: async () => await rowsOf(database.rpc('calcom_api_key', salon)) as string | null,
    storeApiKey: (key) => done(database.rpc('set_calcom_api_key', { ...salon, p_api_key: key })),
    webhookSecret: async () => (await rowsOf(database.rpc('webhook_secrets', salon)))[0] ?? null,
    stage: (secret) => rowsOf(database.rpc('stage_webhook_secret', { ...salon, p_secret: secret })),
    confirm: () => done(database.rpc('confirm_webhook_secret', salon)),
    retire: () => done(database.rpc('retire_webhook_secret', salon)),
    revoke: () => done(database.rpc('revoke_webhook_secrets', salon)),
  };
}
