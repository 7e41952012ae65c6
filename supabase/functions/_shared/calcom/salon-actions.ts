import type { Enums } from '../../../../shared/database.types.ts';
import type { DataApi } from '../data-api.ts';
import {
  callForRow,
  callFunction,
  type DatabaseResult,
  databaseResult,
  type FunctionRow,
} from '../rpc.ts';
import {
  type ActionErrorCode,
  type ActionResult,
  type ActionSettings,
  type BookingActions,
  type BookingCommand,
  type BookingRef,
  createBookingActions,
  type Done,
} from './booking-actions.ts';
import { showBookings } from './show-bookings.ts';

/** What a member of a salon does in Cal.com. */
export type SalonAction = {
  salonId: string;
  /** The salon's Cal.com username; null shows nothing before the webhook comes. */
  host: string | null;
  /** How it is recorded in `salon_activity`. */
  action: Enums<'salon_action'>;
  /** The member. */
  actorId: string;
  /** A repeated key gets the first result, and nothing is done again. */
  requestKey: string;
  /** Null for a new booking. */
  eventId: string | null;
  clientId: string | null;
  command: BookingCommand;
};

/**
 * Why an action was not done: by Cal.com, or before it was asked.
 *
 * - `key_missing`: the salon has no API key
 * - `request_key_reused`: with another action
 * - `in_progress`: the same request has not ended yet
 */
export type SalonActionErrorCode =
  | ActionErrorCode
  | 'key_missing'
  | 'request_key_reused'
  | 'in_progress'
  | 'database_unavailable';

/**
 * What came of an action. `isShown`: the calendar had it when it was done; otherwise the webhook brings
 * it.
 */
export type SalonActionResult =
  | { ok: true; eventId: string | null; isShown: boolean }
  | {
    ok: false;
    code: SalonActionErrorCode;
    retryAfterSeconds?: number | null;
    /** For the log: a code of the database. */
    cause?: string;
  };

type Started = FunctionRow<'start_salon_action'>;

const DATABASE_TIMEOUT_MS = 10_000;

/** How long a repeated request waits for the first one. */
const WAITS_MS = [250, 500, 1000, 2000, 3000, 4000];

const KNOWN_CODES: ReadonlySet<string> = new Set<ActionErrorCode>([
  'key_refused',
  'booking_not_found',
  'slot_taken',
  'refused',
  'rate_limited',
  'calcom_unreachable',
]);

/** Reads the salon's key to Cal.com; null if it has none. Never throws. */
export function readApiKey(
  client: DataApi,
  salonId: string,
): Promise<DatabaseResult<string | null>> {
  return callFunction(client, 'calcom_api_key', { p_salon_id: salonId }, DATABASE_TIMEOUT_MS);
}

/** Acts in Cal.com once for each request key, records it, and shows the result. Never throws. */
export async function actForSalon(
  client: DataApi,
  settings: ActionSettings,
  asked: SalonAction,
): Promise<SalonActionResult> {
  const key = await readApiKey(client, asked.salonId);
  if (!key.ok) return { ok: false, code: 'database_unavailable', cause: key.code };
  if (key.value === null) return { ok: false, code: 'key_missing' };
  const begun = await begin(client, asked);
  if (!begun.ok) return { ok: false, code: 'database_unavailable', cause: begun.code };
  const started = begun.value;
  if (started.is_new || started.is_abandoned) {
    const actions = createBookingActions(key.value, settings);
    return await finish(client, asked, started, await act(actions, asked.command, started));
  }
  return earlierResult(asked, started);
}

function act(
  actions: BookingActions,
  command: BookingCommand,
  { is_new }: Started,
): Promise<ActionResult<Done>> {
  return is_new ? actions.perform(command) : actions.lookFor(command);
}

/** Records the beginning; waits for the result of the same request if that is still going on. */
async function begin(client: DataApi, asked: SalonAction): Promise<DatabaseResult<Started>> {
  const { salonId, requestKey, action, actorId, eventId, clientId } = asked;
  const start = () =>
    callForRow(client, 'start_salon_action', {
      p_salon_id: salonId,
      p_request_key: requestKey,
      p_action: action,
      p_actor_id: actorId,
      p_event_id: eventId,
      p_client_id: clientId,
    }, DATABASE_TIMEOUT_MS);
  let started = await start();
  for (const ms of WAITS_MS) {
    if (!started.ok || started.value.is_new || started.value.is_abandoned) break;
    if (started.value.outcome !== 'pending') break;
    await new Promise((resolve) => setTimeout(resolve, ms));
    started = await start();
  }
  return started;
}

function earlierResult(asked: SalonAction, started: Started): SalonActionResult {
  const { action, event_id, client_id, outcome, error_code, is_shown } = started;
  // An appointment may have got a client since, and a new booking its appointment.
  const isSame = action === asked.action &&
    (asked.eventId === null ? client_id === asked.clientId : event_id === asked.eventId);
  if (!isSame) return { ok: false, code: 'request_key_reused' };
  if (outcome === 'pending') return { ok: false, code: 'in_progress' };
  if (outcome === 'done') return { ok: true, eventId: event_id, isShown: is_shown ?? false };
  const known = KNOWN_CODES.has(error_code ?? '') ? error_code as ActionErrorCode : 'refused';
  return { ok: false, code: known };
}

async function finish(
  client: DataApi,
  asked: SalonAction,
  { id }: Started,
  result: ActionResult<Done>,
): Promise<SalonActionResult> {
  const record = (error: string | null, eventId: string | null, isShown: boolean | null) =>
    callFunction(client, 'finish_salon_action', {
      p_id: id,
      p_error_code: error,
      p_event_id: eventId,
      p_is_shown: isShown,
    }, DATABASE_TIMEOUT_MS);
  if (!result.ok) {
    await record(result.code, null, null);
    return result;
  }
  const isNew = asked.eventId === null;
  const isShown = await showBookings(client, { ...asked, isNew }, result.value);
  const eventId = asked.eventId ?? await findEvent(client, asked.salonId, result.value.ref);
  await record(null, eventId, isShown);
  return { ok: true, eventId, isShown };
}

/** The appointment of a new booking; null if the calendar does not have it yet. */
async function findEvent(
  client: DataApi,
  salonId: string,
  { uid, seatUid }: BookingRef,
): Promise<string | null> {
  const found = await databaseResult(
    client.from('calendar_event_uids').select('event_id, calendar_events!inner()')
      .eq('calendar_events.salon_id', salonId).eq('booking_uid', uid)
      .eq('seat_id', seatUid ?? '')
      .abortSignal(AbortSignal.timeout(DATABASE_TIMEOUT_MS)),
  );
  return found.ok ? found.value[0]?.event_id ?? null : null;
}
