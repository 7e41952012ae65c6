import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import type { Json } from '../../../shared/json/storable-json.ts';
import {
  callForRow,
  callFunction,
  type DataApiClient,
  type DatabaseResult,
  type FunctionRow,
} from '../_shared/rpc.ts';
import type { SalonSender } from './verify.ts';

/** Short, since the booker waits for our answer; Cal.com repeats deliveries answered with 503. */
const DATABASE_TIMEOUT_MS = 5000;

/** The arguments of `upsert_calendar_event`, which its comment describes. */
export type UpsertArguments = {
  p_delivery_key: string;
  p_webhook_type: string;
  p_payload: NonNullable<Json>;
  p_booking: CalendarBooking | null;
  p_error: string | null;
  p_rate_limit: number;
};

/** What came of a delivery; `refused`, without a log, if the salon's secret was revoked. */
export type Stored = FunctionRow<'upsert_salon_delivery'>;

/** Stores one delivery in one database call; `sender` is null for the shared webhook. Never throws. */
export type Upsert = (
  delivery: UpsertArguments,
  sender: SalonSender | null,
) => Promise<DatabaseResult<Stored>>;

/** Reads the secrets of a salon's own webhook; none for an unknown salon. Never throws. */
export type LookUpSecrets = (salonId: string) => Promise<DatabaseResult<readonly string[]>>;

/** Lists the salons whose own webhook has a secret. Never throws. */
export type ListSalons = () => Promise<DatabaseResult<readonly string[]>>;

/** Stores deliveries with a client that can write. */
export function createUpsert(client: DataApiClient): Upsert {
  return async (delivery, sender) => {
    if (sender !== null) {
      const args = { ...delivery, p_salon_id: sender.salonId, p_secret_hash: sender.secretHash };
      return await callForRow(client, 'upsert_salon_delivery', args, DATABASE_TIMEOUT_MS);
    }
    return await callForRow(client, 'upsert_calendar_event', delivery, DATABASE_TIMEOUT_MS);
  };
}

/** Reads secrets with a client that is allowed to. */
export function createSecretLookUp(client: DataApiClient): LookUpSecrets {
  return (salonId) =>
    callFunction(client, 'webhook_secrets', { p_salon_id: salonId }, DATABASE_TIMEOUT_MS);
}

/** Lists salons with a client that is allowed to. */
export function createSalonList(client: DataApiClient): ListSalons {
  return () => callFunction(client, 'salons_with_webhook', {}, DATABASE_TIMEOUT_MS);
}
