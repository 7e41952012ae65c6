import { randomUUID } from 'node:crypto';
import { minutesAfter } from '../../../shared/time/wall-time.ts';
import { ownMember } from '../../../shared/json/records.ts';
import { reschedule } from '../../../cli/simulator/world/booking.ts';
import { emailOf } from '../../../cli/simulator/world/people.ts';
import { type CalcomAccount, type Seat, store, type StoredBooking } from './account.ts';
import { bookingOutput } from './booking-output.ts';
import { badRequest } from './bookings-route.ts';
import type { RouteAnswer } from './server.ts';

/** Changes a booking; `body` was checked. */
export type Change = (
  stored: StoredBooking,
  body: unknown,
  context: { account: CalcomAccount; now: number },
) => RouteAnswer;

/** `POST /v2/bookings/{bookingUid}/…`, with the refusals of calcom/cal.com apps/api/v2. */
export const CHANGES: Readonly<Record<string, Change>> = {
  cancel: (stored, body, { account, now }) => {
    if (stored.status === 'cancelled') {
      return badRequest('This booking has already been cancelled.');
    }
    const reason = ownMember(body, 'cancellationReason');
    if (typeof reason !== 'string' || reason === '') {
      return badRequest('Cancellation reason is required when you are the host');
    }
    const seatUid = ownMember(body, 'seatUid');
    if (seatUid !== undefined) return leave(stored, seatUid, { account, now });
    Object.assign(stored, { status: 'cancelled', cancellationReason: reason, updatedAt: now });
    return answer(stored);
  },
  reschedule: (stored, body, { account, now }) => {
    const startMs = Date.parse(String(ownMember(body, 'start')));
    if (stored.status === 'cancelled') {
      return badRequest(`Can't reschedule booking with uid=${stored.booking.uid}`);
    }
    const seatUid = ownMember(body, 'seatUid');
    if (seatUid !== undefined) return moveSeat(stored, seatUid, startMs, { account, now });
    const taken = refusalOf(account, startMs, stored, now);
    if (taken !== null) return taken;
    const moved = store(account, reschedule(stored.booking, new Date(startMs)), {
      createdAt: now,
      fromReschedule: stored.booking.uid,
      metadata: stored.metadata,
    });
    const { uid } = moved.booking;
    Object.assign(stored, { status: 'cancelled', rescheduledTo: uid, updatedAt: now });
    return answer(moved, 201);
  },
  'mark-absent': (stored, body, { now }) => {
    if (stored.booking.start.getTime() > now) {
      return badRequest('Bookings can only be marked as absent after their start time has passed.');
    }
    const [attendee] = ownMember(body, 'attendees') as { email: string; absent: boolean }[];
    const seat = stored.seats?.find(({ booker }) => emailOf(booker) === attendee?.email);
    const isBooker = emailOf(stored.booking.booker) === attendee?.email;
    if (seat === undefined && !isBooker) return notFound('attendee');
    Object.assign(seat ?? stored, { absent: attendee?.absent });
    return answer(stored);
  },
  confirm: (stored, _, { now }) => {
    if (stored.status !== 'pending') return badRequest('Booking is already confirmed');
    Object.assign(stored, { status: 'accepted', updatedAt: now });
    return answer(stored);
  },
  decline: (stored, _, { now }) => {
    if (stored.status !== 'pending') return badRequest('Only pending bookings can be declined');
    Object.assign(stored, { status: 'rejected', updatedAt: now });
    return answer(stored);
  },
};

type Context = { account: CalcomAccount; now: number };

function leave(stored: StoredBooking, seatUid: unknown, { account, now }: Context): RouteAnswer {
  const seat = stored.seats?.find(({ seatId }) => seatId === seatUid);
  if (stored.seats === null || seat === undefined) return notFound('seat');
  stored.seats.splice(stored.seats.indexOf(seat), 1);
  account.leftSeats.add(`${stored.booking.uid}#${seat.seatId}`);
  if (stored.seats.length === 0) Object.assign(stored, { status: 'cancelled', updatedAt: now });
  return answer(stored);
}

/** Into the slot at that time, where the seat keeps its id, or into a new one, where it gets another. */
function moveSeat(
  stored: StoredBooking,
  seatUid: unknown,
  startMs: number,
  { account, now }: Context,
): RouteAnswer {
  const seat = stored.seats?.find(({ seatId }) => seatId === seatUid);
  if (stored.seats === null || seat === undefined) return notFound('seat');
  const { service } = stored.booking;
  const there = account.bookings.find(({ booking, status }) =>
    status === 'accepted' && booking.service.id === service.id &&
    booking.start.getTime() === startMs
  );
  if (there?.seats?.length === service.seats) return conflict();
  const taken = there === undefined ? refusalOf(account, startMs, stored, now) : null;
  if (taken !== null) return taken;
  stored.seats.splice(stored.seats.indexOf(seat), 1);
  if (stored.seats.length === 0) Object.assign(stored, { status: 'cancelled', updatedAt: now });
  const slot = there ?? store(account, reschedule(stored.booking, new Date(startMs)), {
    createdAt: now,
    fromReschedule: stored.booking.uid,
    seats: [],
  });
  const moved = there === undefined ? { ...seat, seatId: randomUUID() } : seat;
  slot.seats?.push(moved);
  return answer(slot, 201, moved);
}

/** Why nothing can be booked at a time; null if it can. */
export function refusalOf(
  account: CalcomAccount,
  startMs: number,
  { booking }: Pick<StoredBooking, 'booking'>,
  now: number,
): RouteAnswer | null {
  if (startMs < now) return badRequest('Attempting to book a meeting in the past.');
  const endMs = minutesAfter(new Date(startMs), booking.service.minutes).getTime();
  const isTaken = account.bookings.some(({ booking: other, status }) =>
    status === 'accepted' && other.uid !== booking.uid &&
    other.start.getTime() < endMs && other.end.getTime() > startMs
  );
  return isTaken
    ? badRequest('User either already has booking at this time or is not available')
    : null;
}

/** A booking as the answer to a change; a seat is named beside it. */
export function answer(stored: StoredBooking, status = 200, seat?: Seat): RouteAnswer {
  const named = seat === undefined ? {} : { seatUid: seat.seatId };
  return { status, body: { status: 'success', data: { ...bookingOutput(stored), ...named } } };
}

/** What Cal.com answers if it does not have something. */
export function notFound(what: string): RouteAnswer {
  const error = { code: 'NotFoundException', message: `${what} was not found in the database` };
  return { status: 404, body: { status: 'error', error } };
}

function conflict(): RouteAnswer {
  const error = {
    code: 'ConflictException',
    message: 'No more seats left at this seated booking.',
  };
  return { status: 409, body: { status: 'error', error } };
}
