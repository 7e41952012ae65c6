import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import { parseDelivery } from '../../../shared/calcom/parse-delivery.ts';
import { ownMember } from '../../../shared/json/records.ts';
import type { Tables } from '../../../shared/database.types.ts';
import type { DataApi } from '../_shared/data-api.ts';
import { callForRow, type DatabaseResult, databaseResult } from '../_shared/rpc.ts';

/** How many deliveries could be parsed this time, and how many still could not. */
export type Reparsed = { read: number; unreadable: number };

type InvalidDelivery = Pick<
  Tables<'webhook_logs'>,
  'delivery_key' | 'webhook_type' | 'payload' | 'created_at'
>;

const DATABASE_TIMEOUT_MS = 15_000;
const PAGE_DELIVERIES = 200;

/**
 * Parses the deliveries again that an older parser refused, and applies those that are now usable
 * under their original key. Stops at the first failure of the database; the next call resumes.
 * Never throws.
 */
export async function reparse(client: DataApi): Promise<DatabaseResult<Reparsed>> {
  const counts: Reparsed = { read: 0, unreadable: 0 };
  let after = '-infinity';
  while (true) {
    const page = await databaseResult(
      client.from('webhook_logs').select('delivery_key, webhook_type, payload, created_at')
        .eq('action', 'invalid').is('booking', null).not('delivery_key', 'is', null)
        .gt('created_at', after).order('created_at').limit(PAGE_DELIVERIES)
        .abortSignal(AbortSignal.timeout(DATABASE_TIMEOUT_MS)),
    );
    if (!page.ok) return page;
    for (const delivery of page.value) {
      const booking = parseAgain(delivery);
      if (booking === null) {
        counts.unreadable += 1;
        continue;
      }
      const applied = await apply(client, delivery, booking);
      if (!applied.ok) return applied;
      counts.read += 1;
    }
    const last = page.value.at(-1);
    if (last === undefined || page.value.length < PAGE_DELIVERIES) {
      return { ok: true, value: counts };
    }
    after = last.created_at;
  }
}

function parseAgain({ payload, webhook_type }: InvalidDelivery): CalendarBooking | null {
  // A body that was not JSON is stored as text.
  const raw = ownMember(payload, 'raw');
  const delivery = parseDelivery(typeof raw === 'string' ? raw : JSON.stringify(payload));
  return delivery.kind === 'booking' && delivery.trigger === webhook_type ? delivery.booking : null;
}

async function apply(
  client: DataApi,
  { delivery_key, webhook_type, payload }: InvalidDelivery,
  booking: CalendarBooking,
): Promise<DatabaseResult<unknown>> {
  if (delivery_key === null) return { ok: true, value: null };
  return await callForRow(
    client,
    'upsert_calendar_event',
    {
      p_delivery_key: delivery_key,
      p_webhook_type: webhook_type,
      p_payload: payload,
      p_booking: booking,
    },
    DATABASE_TIMEOUT_MS,
  );
}
