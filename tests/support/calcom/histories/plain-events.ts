import {
  cancelled,
  confirmed,
  created,
  locationUpdated,
  paid,
  paymentInitiated,
  rejected,
  requested,
  rescheduled,
  rescheduleRequested,
} from '../../../../cli/simulator/deliveries/events.ts';
import { GROOMING, LARGE_DOG, TRIMMING } from '../../../../cli/simulator/world/services.ts';
import { store, type StoredBooking } from '../account.ts';
import type { Town } from '../town.ts';

const SERVICES = { booked: GROOMING, asked: TRIMMING, paid: LARGE_DOG };

/** How a booking begins. */
export type Kind = keyof typeof SERVICES;

const BEGINNINGS = {
  booked: { event: 'created', report: created },
  asked: { event: 'requested', report: requested },
  paid: { event: 'other', report: paymentInitiated },
} as const;

/** Books a time, requests one, or books one that is still to be paid. */
export function begin(town: Town, kind: Kind, now: number): StoredBooking {
  const start = town.openingTime(now, 8, 40);
  const booking = town.newBooking(SERVICES[kind], town.newcomer(), start);
  const status = kind === 'booked' ? 'accepted' : 'pending';
  const { event, report } = BEGINNINGS[kind];
  town.send(now, event, (stamp) => report(booking, stamp));
  return store(town.account, booking, { createdAt: now, status });
}

/** The salon confirms or rejects, or the payment arrives. */
export function settle(town: Town, appointment: StoredBooking, kind: Kind, now: number): void {
  if (appointment.status !== 'pending') return;
  const { booking } = appointment;
  appointment.updatedAt = now;
  if (kind === 'asked' && town.random.chance(0.2)) {
    appointment.status = 'rejected';
    return town.send(now, 'rejected', (stamp) => rejected(booking, stamp));
  }
  appointment.status = 'accepted';
  town.send(now, 'confirmed', (stamp) => confirmed(booking, stamp));
  if (kind === 'paid') town.send(now, 'other', (stamp) => paid(booking, stamp));
}

/** The salon changes the place of an appointment. */
export function changeLocation(town: Town, appointment: StoredBooking, now: number): void {
  if (appointment.status !== 'accepted') return;
  const { location } = appointment.booking;
  appointment.booking = { ...appointment.booking, location: town.newAddress() };
  appointment.updatedAt = now;
  town.send(now, 'other', (stamp) => locationUpdated(appointment.booking, location, stamp));
}

/** The host asks the booker for another time. */
export function askForAnotherTime(town: Town, appointment: StoredBooking, now: number): void {
  if (appointment.status !== 'accepted') return;
  cancelFor(appointment, 'Please reschedule. undefined', now);
  town.send(now, 'rescheduleRequested', (stamp) => rescheduleRequested(appointment.booking, stamp));
}

/** A cancelled or rejected booking is rescheduled only if the host asked for it. */
export function move(town: Town, old: StoredBooking, now: number): StoredBooking {
  const asked = old.cancellationReason?.startsWith('Please reschedule') ?? false;
  if (old.status === 'rejected' || old.status === 'cancelled' && !asked) return old;
  const booking = town.movedBooking(old.booking, town.openingTime(now, 8, 40));
  Object.assign(old, { status: 'cancelled', rescheduledTo: booking.uid, updatedAt: now });
  const needsConsent = booking.service.requiresConfirmation;
  const [event, report] = needsConsent
    ? ['requested', requested] as const
    : ['rescheduled', rescheduled] as const;
  town.send(now, event, (stamp) => report(booking, stamp));
  return store(town.account, booking, {
    createdAt: now,
    fromReschedule: old.booking.uid,
    seriesId: old.seriesId,
    status: needsConsent ? 'pending' : 'accepted',
  });
}

/** Moves an appointment through the old API, which sends no webhook. */
export function moveSilently(town: Town, appointment: StoredBooking, now: number): void {
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
  town.send(now, 'cancelled', (stamp) => cancelled(appointment.booking, stamp));
}

function cancelFor(appointment: StoredBooking, cancellationReason: string, now: number): void {
  Object.assign(appointment, { status: 'cancelled', cancellationReason, updatedAt: now });
}
