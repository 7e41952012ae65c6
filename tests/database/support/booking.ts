import { createHash, randomUUID } from 'node:crypto';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import type { TestDatabase } from '../../support/database.ts';

/** What `upsert_calendar_event` answers. */
export type UpsertAnswer = {
  action: string;
  event_id: string | null;
  log_id: string;
  reason: string | null;
};

/** A plain booking of the salon of `createSalon`; say only what the test is about. */
export function booking(overrides: Partial<CalendarBooking> = {}): CalendarBooking {
  return {
    trigger: 'BOOKING_CREATED',
    uid: 'uid-0',
    rescheduleUid: null,
    seated: false,
    seatId: null,
    wholeSlot: false,
    occurredAt: '2026-09-01T10:00:00.000Z',
    organizerUsername: 'psi-styl',
    clientId: null,
    petId: null,
    startTime: '2026-09-15T08:00:00.000Z',
    endTime: '2026-09-15T09:00:00.000Z',
    title: 'Strzyżenie',
    description: null,
    location: null,
    meetingUrl: null,
    attendeeEmail: null,
    attendeePhone: null,
    icalUid: null,
    cancellationReason: null,
    awaitingConfirmation: false,
    recurring: false,
    attendees: [],
    ...overrides,
  };
}

/** How a delivery came. */
export type DeliveryOptions = {
  deliveryKey?: string;
  payload?: unknown;
  /** The salon with whose own secret it was signed. */
  salonId?: string;
  rateLimit?: number;
};

/** Hands a booking to the database as the function does, on a connection of its own. */
export async function deliver(
  database: TestDatabase,
  delivered: CalendarBooking,
  options: DeliveryOptions = {},
): Promise<UpsertAnswer> {
  return await database.as('service_role', null, async (client) => {
    const { rows } = await client.query<UpsertAnswer>(UPSERT, upsertArguments(delivered, options));
    const [answer] = rows;
    if (answer === undefined) throw new Error('upsert_calendar_event gave no row');
    return answer;
  });
}

/** The call itself, for tests that hold the transaction open. */
export const UPSERT = `select * from public.upsert_calendar_event(
  $1, $2, $3, $4, p_salon_id => $5, p_rate_limit => $6)`;

/** The arguments of {@link UPSERT}; equal bookings get the same delivery key. */
export function upsertArguments(
  delivered: CalendarBooking,
  { deliveryKey, payload, salonId, rateLimit }: DeliveryOptions = {},
): (string | number | null)[] {
  const text = JSON.stringify(delivered);
  return [
    deliveryKey ?? createHash('sha256').update(text).digest('hex'),
    delivered.trigger,
    JSON.stringify(payload ?? { triggerEvent: delivered.trigger }),
    text,
    salonId ?? null,
    rateLimit ?? null,
  ];
}

/** Ids of a salon that tests deliver to. */
export type TestSalon = { id: string; ownerId: string };

/** A salon with an owner; its Cal.com username is `psi-styl` unless told. */
export async function createSalon(
  database: TestDatabase,
  { username = 'psi-styl' as string | null, timezone = 'Europe/Warsaw' } = {},
): Promise<TestSalon> {
  const salon = { id: randomUUID(), ownerId: randomUUID() };
  await database.query('insert into auth.users (id, email) values ($1, $2)', [
    salon.ownerId,
    `${salon.ownerId}@barkbook.example`,
  ]);
  await database.query(
    `insert into public.salons (id, user_id, name, cal_com_username, timezone)
     values ($1, $2, 'Salon', $3, $4)`,
    [salon.id, salon.ownerId, username, timezone],
  );
  return salon;
}

/** A client of a salon with one pet. */
export async function createClient(
  database: TestDatabase,
  salonId: string,
  { phone = '+48501220314', email = 'zofia@poczta.example' as string | null, pets = 1 } = {},
): Promise<{ id: string; petIds: string[] }> {
  const id = randomUUID();
  const petIds = Array.from({ length: pets }, () => randomUUID());
  await database.query(
    `insert into public.clients (id, salon_id, name, surname, phone_number, email)
     values ($1, $2, 'Zofia', 'Kaczmarek', $3, $4)`,
    [id, salonId, phone, email],
  );
  for (const petId of petIds) {
    await database.query(
      `insert into public.pets (id, salon_id, name) values ($1, $2, 'Fiona')`,
      [petId, salonId],
    );
    await database.query(
      'insert into public.client_pets (client_id, pet_id) values ($1, $2)',
      [id, petId],
    );
  }
  return { id, petIds };
}
