import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import type { Json } from '../../../shared/calcom/storable-json.ts';
import type { WebhookAction } from '../../../shared/calcom/webhook-answer.ts';
import { createDataApi } from '../_shared/data-api.ts';

/** The booker waits for our answer, and Cal.com repeats what we answer with 503. */
const DATABASE_TIMEOUT_MS = 5000;

/** One delivery as `upsert_calendar_event` takes it; its comment says what each argument is. */
export type UpsertArguments = {
  p_delivery_key: string;
  p_webhook_type: string;
  p_payload: Json;
  p_booking: CalendarBooking | null;
  p_error: string | null;
  p_salon_id: string | null;
  p_rate_limit: number;
};

/** The generated types know neither the actions nor which columns may be null. */
type UpsertRow = {
  action: WebhookAction | 'invalid';
  event_id: string | null;
  log_id: string;
  reason: string | null;
};

/** What the database did with a delivery, or its error code (a SQLSTATE or one of PostgREST). */
export type UpsertResult = { ok: true; row: UpsertRow } | { ok: false; code: string };

/** Stores one delivery in one database call. Never throws. */
export type Upsert = (delivery: UpsertArguments) => Promise<UpsertResult>;

/** Connects to a Data API, such as `https://<ref>.supabase.co/rest/v1`, with a key that may write. */
export function createUpsert(restUrl: string, key: string): Upsert {
  const client = createDataApi(restUrl, key);

  return async ({ p_error, p_salon_id, ...delivery }) => {
    const { data, error } = await client
      .rpc('upsert_calendar_event', {
        ...delivery,
        ...(p_error === null ? {} : { p_error }),
        ...(p_salon_id === null ? {} : { p_salon_id }),
      })
      .abortSignal(AbortSignal.timeout(DATABASE_TIMEOUT_MS))
      .single()
      .overrideTypes<UpsertRow, { merge: false }>();
    return error === null ? { ok: true, row: data } : { ok: false, code: error.code };
  };
}
