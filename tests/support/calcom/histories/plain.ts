import {
  cancelled,
  confirmed,
  created,
  paid,
  paymentInitiated,
  rejected,
  requested,
  rescheduled,
  rescheduleRequested,
} from '../../../../cli/simulator/deliveries/events.ts';
import { GROOMING, LARGE_DOG, TRIMMING } from '../../../../cli/simulator/world/services.ts';
import { store, type StoredBooking } from '../account.ts';
import { type History, HOUR_MS, type Town } from '../town.ts';
import { lastDay } from './last-day.ts';

const SERVICES = { booked: GROOMING, asked: TRIMMING, paid: LARGE_DOG };

type Kind = keyof typeof SERVICES;

/** The time until the next event of a booking: up to half a day. */
export function pause({ random }: Town): number {
  return random.between(1, 24) * HOUR_MS / 2 + random.between(0, 999);
}

/** The history of a booking with one attendee, from its creation to its end. */
export function* plainHistory(town: Town, bookedAt: number): History {
  const { random } = town;
  const kind = random.pick<Kind>(['booked', 'booked', 'asked', 'paid']);
  let now = bookedAt;
  yield now;
  let appointment = begin(town, kind, now);
  if (kind !== 'booked' && random.chance(0.9)) {
    yield now += pause(town);
    settle(town, appointment, kind, now);
  }
  for (let moves = random.between(-2, 3); moves > 0; moves--) {
    if (random.chance(0.2)) {
      yield now += pause(town);
      askForAnotherTime(town, appointment, now);
    }
    yield now += pause(town);
    appointment = move(town, appointment, now);
    if (kind === 'asked' && random.chance(0.8)) {
      yield now += pause(town);
      settle(town, appointment, kind, now);
    }
  }
  if (random.chance(0.1)) {
    yield now += pause(town);
    moveSilently(town, appointment, now);
  }
  if (random.chance(0.25)) {
    yield now += pause(town);
    cancel(town, appointment, now);
  }
  yield* lastDay(town, appointment, now);
}

function begin(town: Town, kind: Kind, now: number): StoredBooking {
  const start = town.openingTime(now, 8, 40);
  const booking = town.newBooking(SERVICES[kind], town.newcomer(), start);
  const status = kind === 'booked' ? 'accepted' : 'pending';
  const report = { booked: created, asked: requested, paid: paymentInitiated }[kind];
  town.send(now, (at) => report(booking, at));
  return store(town.account, booking, { createdAt: now, status });
}

/** The salon confirms or rejects, or the payment arrives. */
function settle(town: Town, appointment: StoredBooking, kind: Kind, now: number): void {
  if (appointment.status !== 'pending') return;
  const { booking } = appointment;
  appointment.updatedAt = now;
  if (kind === 'asked' && town.random.chance(0.2)) {
    appointment.status = 'rejected';
    return town.send(now, (at) => rejected(booking, at));
  }
  appointment.status = 'accepted';
  town.send(now, (at) => confirmed(booking, at));
  if (kind === 'paid') town.send(now, (at) => paid(booking, at));
}

function askForAnotherTime(town: Town, appointment: StoredBooking, now: number): void {
  if (appointment.status !== 'accepted') return;
  cancelFor(appointment, 'Please reschedule. undefined', now);
  town.send(now, (at) => rescheduleRequested(appointment.booking, at));
}

/** A cancelled or rejected booking is rescheduled only if the host asked for it. */
export function move(town: Town, old: StoredBooking, now: number): StoredBooking {
  const asked = old.cancellationReason?.startsWith('Please reschedule') ?? false;
  if (old.status === 'rejected' || old.status === 'cancelled' && !asked) return old;
  const booking = town.movedBooking(old.booking, town.openingTime(now, 8, 40));
  Object.assign(old, { status: 'cancelled', rescheduledTo: booking.uid, updatedAt: now });
  const needsConsent = booking.service.requiresConfirmation;
  town.send(now, (at) => needsConsent ? requested(booking, at) : rescheduled(booking, at));
  return store(town.account, booking, {
    createdAt: now,
    fromReschedule: old.booking.uid,
    seriesId: old.seriesId,
    status: needsConsent ? 'pending' : 'accepted',
  });
}

/** Through the old API, which sends no webhook. */
function moveSilently(town: Town, appointment: StoredBooking, now: number): void {
  const { booking } = appointment;
  const start = town.openingTime(now, 8, 40);
  const lasts = booking.end.getTime() - booking.start.getTime();
  appointment.booking = { ...booking, start: new Date(start), end: new Date(start + lasts) };
  appointment.updatedAt = now;
}

/** The booker cancels. */
export function cancel(town: Town, appointment: StoredBooking, now: number): void {
  if (appointment.status !== 'accepted' && appointment.status !== 'pending') return;
  cancelFor(appointment, 'Przeprowadzka do innego miasta.', now);
  town.send(now, (at) => cancelled(appointment.booking, at));
}

function cancelFor(appointment: StoredBooking, cancellationReason: string, now: number): void {
  Object.assign(appointment, { status: 'cancelled', cancellationReason, updatedAt: now });
}
