import { createDataApi } from '../_shared/data-api.ts';
import { stored } from '../_shared/stored.ts';
import type { LookUp } from './salon-secrets.ts';

/** The booker waits for our answer. */
const DATABASE_TIMEOUT_MS = 5000;

/** Connects to a Data API with a key that may read the secrets of webhooks. */
export function createLookUp(restUrl: string, key: string): LookUp {
  const client = createDataApi(restUrl, key);
  return (salonId) =>
    stored(
      client
        .rpc('webhook_secrets', { p_salon_id: salonId })
        .abortSignal(AbortSignal.timeout(DATABASE_TIMEOUT_MS)),
    );
}
