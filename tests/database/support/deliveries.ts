import { createHash } from 'node:crypto';
import type { CalendarBooking } from '../../../shared/calcom/calendar-booking.ts';
import type { TestDatabase } from '../../support/database.ts';

/** What `upsert_calendar_event` answers. */
export type UpsertAnswer = {
  action: string;
  event_id: string | null;
  log_id: string;
  reason: string | null;
};

/** A plain booking at the salon of `createSalon`; override only what the test is about. */
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
    hostUsername: 'psi-styl',
    hostName: null,
    clientId: null,
    petId: null,
    startTime: '2026-09-15T08:00:00.000Z',
    endTime: '2026-09-15T09:00:00.000Z',
    title: 'Strzyżenie',
    description: null,
    location: null,
    meetingUrl: null,
    attendeeName: null,
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

/** When it happened: this hour of 2 September 2026, the day after `booking()` was made. */
export const at = (hour: number) => ({
  occurredAt: `2026-09-02T${String(hour).padStart(2, '0')}:00:00.000Z`,
});

/** How a delivery arrived. */
export type DeliveryOptions = {
  deliveryKey?: string;
  payload?: unknown;
  /** The salon whose own webhook sent it. */
  salonId?: string;
  rateLimit?: number;
};

/** Delivers a booking as `calcom-webhook` does, in a transaction of its own. */
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

/** The statement itself, for tests that keep its transaction open. */
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
