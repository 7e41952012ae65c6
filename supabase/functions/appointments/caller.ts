import { PostgrestClient } from '@supabase/postgrest-js';
import { ownMember, parseRecord } from '../../../shared/json/records.ts';
import type { Database } from '../../../shared/database.types.ts';
import { isUuid } from '../../../shared/text/uuid.ts';
import type { FunctionRow } from '../_shared/rpc.ts';

/** An appointment as its salon's members see it. */
export type Appointment = {
  salonId: string;
  clientId: string | null;
  calcomId: string;
  startTime: string;
  endTime: string;
  /** The salon's Cal.com username. */
  host: string | null;
};

/** Where a salon is booked, and for whom. */
export type BookingContact = FunctionRow<'booking_contact'>;

/** What the caller may see; null if it does not exist for them. */
export type Seen<Value> =
  | { ok: true; value: { userId: string; seen: Value } | null }
  | { ok: false; code: 'unauthorized' }
  | { ok: false; code: 'database_unavailable'; cause: string };

/** Reads as the caller, so that the Data API judges the token, and the policies what it may see. */
export type Caller = {
  appointment(eventId: string): Promise<Seen<Appointment>>;
  bookingContact(
    salonId: string,
    clientId: string | null,
    petId: string | null,
  ): Promise<Seen<BookingContact>>;
};

const DATABASE_TIMEOUT_MS = 10_000;

type Answer<Row> = PromiseLike<
  { data: Row[] | null; error: { code?: string } | null; status: number }
>;

/** The caller of a request. Nothing here throws. */
export function createCaller(supabaseUrl: string, headers: Headers): Caller {
  const authorization = headers.get('authorization') ?? '';
  const client = new PostgrestClient<Database>(new URL('/rest/v1', supabaseUrl).href, {
    headers: { apikey: headers.get('apikey') ?? '', authorization },
  });
  const userId = subjectOf(authorization);
  const first = async <Row, Value>(
    answer: Answer<Row>,
    read: (row: Row) => Value,
  ): Promise<Seen<Value>> => {
    const { data, error, status } = await answer;
    if (status === 401 || status === 403) return { ok: false, code: 'unauthorized' };
    if (error !== null || data === null) {
      return { ok: false, code: 'database_unavailable', cause: error?.code || 'unreachable' };
    }
    // A secret key sees everything, but nobody acts with it.
    if (userId === null) return { ok: false, code: 'unauthorized' };
    const [row] = data;
    return { ok: true, value: row === undefined ? null : { userId, seen: read(row) } };
  };
  return {
    appointment: (eventId) =>
      first(
        client.from('calendar_events')
          .select(
            'salon_id, client_id, cal_com_event_id, start_time, end_time, ' +
              'salons!inner(cal_com_username)',
          )
          .eq('id', eventId)
          .abortSignal(AbortSignal.timeout(DATABASE_TIMEOUT_MS))
          .overrideTypes<AppointmentRow[], { merge: false }>(),
        (row) => ({
          salonId: row.salon_id,
          clientId: row.client_id,
          calcomId: row.cal_com_event_id,
          startTime: row.start_time,
          endTime: row.end_time,
          host: row.salons.cal_com_username,
        }),
      ),
    bookingContact: (salonId, clientId, petId) =>
      first<BookingContact, BookingContact>(
        client.rpc('booking_contact', {
          p_salon_id: salonId,
          ...(clientId === null ? {} : { p_client_id: clientId }),
          ...(petId === null ? {} : { p_pet_id: petId }),
        }).abortSignal(AbortSignal.timeout(DATABASE_TIMEOUT_MS)),
        (row) => row,
      ),
  };
}

type AppointmentRow = {
  salon_id: string;
  client_id: string | null;
  cal_com_event_id: string;
  start_time: string;
  end_time: string;
  salons: { cal_com_username: string | null };
};

/** The user of an access token, whose signature the Data API checks. */
function subjectOf(authorization: string): string | null {
  const payload = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/i.exec(authorization)?.[1] ?? '';
  const base64 = payload.replaceAll('-', '+').replaceAll('_', '/');
  try {
    const subject = ownMember(parseRecord(atob(base64)), 'sub');
    return typeof subject === 'string' && isUuid(subject) ? subject : null;
  } catch {
    return null;
  }
}
