import type { Json } from '../../../shared/database.types.ts';
import type { DataApi } from '../_shared/data-api.ts';
import { callFunction, databaseResult } from '../_shared/rpc.ts';
import type { CalcomStore } from './appointment-actions.ts';

const DATABASE_TIMEOUT_MS = 5000;

/** Reads and stores with a client that may. */
export function createCalcomStore(client: DataApi): CalcomStore {
  return {
    account: async (salonId) => {
      const key = await callFunction(
        client,
        'calcom_api_key',
        { p_salon_id: salonId },
        DATABASE_TIMEOUT_MS,
      );
      if (!key.ok) return key;
      const salon = await databaseResult(
        client.from('salons').select('cal_com_username').eq('id', salonId)
          .abortSignal(AbortSignal.timeout(DATABASE_TIMEOUT_MS)),
      );
      if (!salon.ok) return salon;
      const username = salon.value[0]?.cal_com_username ?? null;
      return { ok: true, value: { apiKey: key.value, username } };
    },
    sync: (salonId, snapshots) =>
      callFunction(
        client,
        'sync_bookings',
        { p_salon_id: salonId, p_snapshots: snapshots satisfies Json[] },
        DATABASE_TIMEOUT_MS,
      ),
  };
}
