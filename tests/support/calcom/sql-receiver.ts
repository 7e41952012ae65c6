import type pg from 'pg';
import type { Delivery } from '../../../cli/simulator/deliveries/delivery.ts';
import { deliveryKey } from '../../../supabase/functions/calcom-webhook/delivery-key.ts';
import { parseDelivery } from '../../../shared/calcom/parse-delivery.ts';
import { run } from '../../../supabase/functions/calcom-sync/run.ts';
import type { LeasedSalon, Store } from '../../../supabase/functions/calcom-sync/store.ts';
import type { Counts } from '../../../supabase/functions/calcom-sync/counts.ts';
import type { TestDatabase } from '../database.ts';

/** Hands a delivery to the database as `calcom-webhook` does, without HTTP in between. */
export async function deliverBySql(database: TestDatabase, { body }: Delivery): Promise<void> {
  const parsed = parseDelivery(body);
  if (parsed.kind !== 'booking') throw new Error(`not a booking: ${body.slice(0, 80)}`);
  const key = await deliveryKey(new TextEncoder().encode(body));
  const values = [
    key,
    parsed.trigger,
    JSON.stringify(parsed.payload),
    JSON.stringify(parsed.booking),
  ];
  await call(database, 'select * from public.upsert_calendar_event($1, $2, $3, $4)', values);
}

/** Syncs one salon with the function's own code, without HTTP to the database. */
export async function syncBySql(
  database: TestDatabase,
  apiUrl: string,
  salonId: string,
  from: string | null = null,
): Promise<Counts> {
  const { salons, counts, code } = await run({ salonId, from }, {
    store: createSqlStore(database),
    apiUrl,
    requestTimeoutMs: 15_000,
    fetch,
    runBudgetMs: 600_000,
    runLimit: 1_000_000,
    concurrency: 1,
    elapsedMs: () => performance.now(),
  });
  const [salon] = salons;
  if (salon?.error !== null || !salon.done) {
    throw new Error(`the sync failed: ${code ?? salon?.error}`);
  }
  return counts;
}

/** The database's side of a run, over SQL. */
export function createSqlStore(database: TestDatabase): Store {
  async function one<Value>(text: string, values: unknown[]) {
    const [row] = await call<{ value: Value }>(database, `select ${text} as value`, values);
    if (row === undefined) throw new Error(`no row from ${text}`);
    return { ok: true as const, value: row.value };
  }
  return {
    lease: async (salonId, from) => {
      const [row] = await call<{ salon: LeasedSalon }>(
        database,
        'select to_jsonb(c) as salon from public.calcom_sync_claim($1, $2) c',
        [salonId ?? null, from ?? null],
      );
      return { ok: true, value: row?.salon ?? null };
    },
    apiKey: (salonId) => one('public.calcom_api_key($1)', [salonId]),
    knownUids: async (salonId, uids) => {
      const text = `select u.booking_uid from public.calendar_event_uids u
        join public.calendar_events e on e.id = u.event_id
        where e.salon_id = $1 and u.booking_uid = any ($2)`;
      const rows = await call<{ booking_uid: string }>(database, text, [salonId, uids]);
      return { ok: true, value: rows.map((row) => row.booking_uid) };
    },
    sync: async (salonId, snapshots) => {
      const text = 'select action, code, snapshots::int from public.sync_bookings($1, $2)';
      return { ok: true, value: await call(database, text, [salonId, JSON.stringify(snapshots)]) };
    },
    saveProgress: ({ salon_id, lease_token }, progress) =>
      one('public.calcom_sync_save_progress($1, $2, $3)', [salon_id, lease_token, progress]),
    release: ({ salon_id, lease_token }, counts, { error, retryAfterSeconds }) =>
      one('public.calcom_sync_release($1, $2, $3, $4, $5)', [
        salon_id,
        lease_token,
        counts,
        error,
        retryAfterSeconds,
      ]),
  };
}

async function call<Row extends pg.QueryResultRow>(
  database: TestDatabase,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  return await database.as('service_role', null, async (client) => {
    const { rows } = await client.query<Row>(text, values);
    return rows;
  });
}
