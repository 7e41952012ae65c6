import { randomUUID } from 'node:crypto';
import { created, requested } from '../../../cli/simulator/deliveries/events.ts';
import type { Service } from '../../../cli/simulator/world/booking.ts';
import { GROOMING } from '../../../cli/simulator/world/services.ts';
import type { AppointmentsAnswer } from '../../../supabase/functions/appointments/answer.ts';
import { createClient } from '../../database/support/salons.ts';
import { type Seat, store, type StoredBooking } from '../../support/calcom/account.ts';
import { openDocument } from '../../support/calcom/document.ts';
import { type CalcomServer, startCalcomServer } from '../../support/calcom/server.ts';
import { deliverBySql } from '../../support/calcom/sql-receiver.ts';
import { createTown, DAY_MS, HOUR_MS, type Town } from '../../support/calcom/town.ts';
import { createKeyedSalon } from './calcom-sync.ts';
import { type Env, type FunctionStack, type Reply, startFunctionStack } from './function-stack.ts';

/** `appointments`, beside a Cal.com of two salons, of which the first has members and a client. */
export type Appointments = FunctionStack & {
  calcom: CalcomServer;
  town: Town;
  salonId: string;
  ownerId: string;
  staffId: string;
  /** The owner of the other salon. */
  outsiderId: string;
  otherSalonId: string;
  clientId: string;
  petId: string;
  /** Calls the function through the gateway, as a page does; null is nobody. */
  call(userId: string | null, body: object): Promise<Reply<AppointmentsAnswer>>;
  /** Makes a booking in Cal.com that the calendar has, and returns its appointment. */
  book(options?: BookOptions): Promise<{ eventId: string; stored: StoredBooking }>;
  /** What the page shows of an appointment. */
  appointment(eventId: string): Promise<Record<string, unknown> | undefined>;
};

/** A booking in Cal.com; by default a plain one, from now on in so many hours. */
type BookOptions = { service?: Service; inHours?: number; seats?: number };

/** How long Cal.com may take; more than any request on a busy machine does. */
export const CALCOM_TIMEOUT_MS = 1500;

/** The next full hour of tomorrow, so that no two bookings of a test overlap by chance. */
const TOMORROW_MS = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + DAY_MS;

/** Starts the function; `env` adds variables. */
export async function startAppointments(env: Env = {}): Promise<Appointments> {
  // Not while the first request of a test waits.
  await openDocument();
  const [town, otherTown] = [createTown(1, 'psi-styl'), createTown(2, 'inny-salon')];
  const calcom = await startCalcomServer([town.account, otherTown.account]);
  const stack = await startFunctionStack('appointments', {
    CALCOM_API_URL: calcom.url,
    CALCOM_REQUEST_TIMEOUT_MS: String(CALCOM_TIMEOUT_MS),
    ...env,
  });
  const { database, api } = stack;
  const salonId = await createKeyedSalon(database, town.account);
  const otherSalonId = await createKeyedSalon(database, otherTown.account);
  const staffId = randomUUID();
  await database.query('insert into auth.users (id, email) values ($1, $2)', [
    staffId,
    'personel@barkbook.example',
  ]);
  await database.query(
    `insert into salon_members (salon_id, user_id, role) values ($1, $2, 'staff')`,
    [salonId, staffId],
  );
  const owners = await database.query('select id, user_id from salons');
  const ownerOf = (id: string) => String(owners.find((salon) => salon['id'] === id)?.['user_id']);
  const client = await createClient(database, salonId);

  return {
    ...stack,
    get running() {
      return stack.running;
    },
    calcom,
    town,
    salonId,
    otherSalonId,
    ownerId: ownerOf(salonId),
    staffId,
    outsiderId: ownerOf(otherSalonId),
    clientId: client.id,
    petId: client.petIds[0] ?? '',
    call: async (userId, body) => {
      const token = userId === null ? api.anonKey : await api.userToken(userId);
      const response = await fetch(`${api.url}/functions/v1/appointments`, {
        method: 'POST',
        headers: { apikey: api.publishableKey, authorization: `Bearer ${token}` },
        body: JSON.stringify({ requestKey: randomUUID(), ...body }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: JSON.parse(text),
      };
    },
    book: (options = {}) => book(stack, town, options),
    appointment: async (eventId) => {
      const [row] = await database.query(
        `select cal_com_event_id as uid, status, start_time as start, cancellation_reason as reason
         from appointments where id = $1`,
        [eventId],
      );
      return row;
    },
    stop: async () => {
      await stack.stop();
      await calcom.stop();
    },
  };
}

async function book(
  { database }: FunctionStack,
  town: Town,
  { service = GROOMING, inHours = 0, seats = 0 }: BookOptions,
) {
  const startMs = TOMORROW_MS + inHours * HOUR_MS;
  const booking = town.newBooking(service, town.newcomer(), startMs);
  const bookedMs = Date.now() - 2 * DAY_MS;
  const stored = store(town.account, booking, { createdAt: bookedMs });
  const stamp = new Date(bookedMs).toISOString();
  if (service.seats === null) {
    stored.status = service.requiresConfirmation ? 'pending' : 'accepted';
    const event = service.requiresConfirmation ? requested : created;
    await deliverBySql(database, event(booking, stamp));
  } else {
    stored.seats = Array.from({ length: seats }, (): Seat => ({
      seatId: town.newSeatId(),
      booker: town.newcomer(),
      absent: false,
    }));
    for (const { seatId, booker } of stored.seats) {
      await deliverBySql(database, created({ ...booking, seatId, booker }, stamp));
    }
  }
  const [row] = await database.query<{ id: string }>(
    'select id from calendar_events where cal_com_event_id like $1 order by cal_com_event_id = $2 desc',
    [`${booking.uid}%`, `${booking.uid}#${stored.seats?.[0]?.seatId}`],
  );
  return { eventId: row?.id ?? '', stored };
}
