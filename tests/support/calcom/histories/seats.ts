import { wrapped } from '../../../../cli/simulator/deliveries/delivery.ts';
import {
  created,
  locationUpdated,
  noShowUpdated,
  rescheduled,
  seatCancelled,
} from '../../../../cli/simulator/deliveries/events.ts';
import { cancelledPayload } from '../../../../cli/simulator/deliveries/payloads/cancelled.ts';
import type { Booking } from '../../../../cli/simulator/world/booking.ts';
import { attendee } from '../../../../cli/simulator/world/people.ts';
import { PUPPY_CLASS } from '../../../../cli/simulator/world/services.ts';
import { type Seat, store, type StoredBooking } from '../account.ts';
import { type History, HOUR_MS, LAST_MOMENT_MS, type Town } from '../town.ts';
import { reportEnd } from './last-day.ts';
import { pause } from './plain.ts';

const SLOT_EVENTS = ['take', 'take', 'leave', 'cross', 'away', 'host moves', 'other place'];

type Slot = StoredBooking & { seats: Seat[] };

/**
 * Two slots whose seats are booked, cancelled, and moved between the slots or to another time, until
 * the host moves or cancels a slot, or it takes place.
 */
export function* slotHistory(town: Town, bookedAt: number): History {
  const { random } = town;
  let now = bookedAt;
  yield now;
  const slots = [openSlot(town, now), openSlot(town, now)];
  for (let events = random.between(2, 7); events > 0; events--) {
    yield now += pause(town);
    const slot = random.pick(slots as [Slot, Slot]);
    const [one, other] = slots as [Slot, Slot];
    const elsewhere = slot === one ? other : one;
    const what = random.pick(SLOT_EVENTS);
    if (slot.status !== 'accepted') continue;
    if (what === 'take') takeSeat(town, slot, now);
    if (what === 'leave') leave(town, slot, now);
    if (what === 'cross' && elsewhere.status === 'accepted') cross(town, slot, elsewhere, now);
    if (what === 'away') slots.push(...moveAway(town, slot, now));
    if (what === 'host moves') hostMoves(town, slot, now);
    if (what === 'other place') changePlace(town, slot, now);
  }
  if (random.chance(0.2)) {
    yield now += pause(town);
    hostCancels(town, random.pick(slots as [Slot, ...Slot[]]), now);
  }
  slots.sort((one, other) => one.booking.end.getTime() - other.booking.end.getTime());
  for (const slot of slots) {
    const endsAt = slot.booking.end.getTime();
    if (slot.status !== 'accepted' || endsAt + 6 * HOUR_MS > LAST_MOMENT_MS) continue;
    yield now = Math.max(now, endsAt + random.between(1000, 60_000));
    reportEnd(town, slot, now);
    if (random.chance(0.5)) continue;
    yield now += HOUR_MS;
    markAbsent(town, slot, now);
  }
}

function openSlot(town: Town, now: number): Slot {
  const booker = town.newcomer();
  const booking = town.newBooking(PUPPY_CLASS, booker, town.openingTime(now, 8, 40));
  const seats = [{ seatId: booking.seatId ?? '', booker, absent: false }];
  town.send(now, 'created', (stamp) => created(booking, stamp));
  return Object.assign(store(town.account, booking, { createdAt: now }), { seats });
}

function bookingOf({ booking }: Slot, { seatId, booker }: Seat): Booking {
  return { ...booking, seatId, booker };
}

function takeSeat(town: Town, slot: Slot, now: number): void {
  const seat = { seatId: town.newSeatId(), booker: town.newcomer(), absent: false };
  slot.seats.push(seat);
  town.send(now, 'created', (stamp) => created(bookingOf(slot, seat), stamp));
}

function takeOut(town: Town, slot: Slot): Seat | undefined {
  const index = town.random.between(0, slot.seats.length - 1);
  const [seat] = slot.seats.splice(index, 1);
  if (seat !== undefined) noteLeft(town, slot, seat);
  return seat;
}

function noteLeft({ account }: Town, { booking }: Slot, { seatId }: Seat): void {
  account.leftSeats.add(`${booking.uid}#${seatId}`);
}

/** Cal.com cancels a slot without seats. */
function closeIfEmpty(slot: Slot, now: number): void {
  if (slot.seats.length === 0) Object.assign(slot, { status: 'cancelled', updatedAt: now });
}

function leave(town: Town, slot: Slot, now: number): void {
  const seat = takeOut(town, slot);
  if (seat === undefined) return;
  town.send(now, 'cancelled', (stamp) => seatCancelled(slot.booking, bookingOf(slot, seat), stamp));
  closeIfEmpty(slot, now);
}

/** Moves a seat into an existing slot, where it keeps its id. */
function cross(town: Town, from: Slot, to: Slot, now: number): void {
  const seat = takeOut(town, from);
  if (seat === undefined) return;
  to.seats.push(seat);
  const moved = { ...bookingOf(to, seat), replaced: from.booking };
  town.send(now, 'rescheduled', (stamp) => rescheduled(moved, stamp));
  closeIfEmpty(from, now);
}

/** Moves a seat to another time: a new slot and a new seat id; the API names no predecessor. */
function moveAway(town: Town, from: Slot, now: number): Slot[] {
  const seat = takeOut(town, from);
  if (seat === undefined) return [];
  const start = town.openingTime(now, 8, 40);
  const booking = town.newBooking(PUPPY_CLASS, seat.booker, start);
  const seats = [{ ...seat, seatId: booking.seatId ?? '' }];
  town.send(
    now,
    'rescheduled',
    (stamp) => rescheduled({ ...booking, replaced: from.booking }, stamp),
  );
  closeIfEmpty(from, now);
  return [Object.assign(store(town.account, booking, { createdAt: now }), { seats })];
}

/** The host moves the slot, which keeps its uid. */
function hostMoves(town: Town, slot: Slot, now: number): void {
  const start = town.openingTime(now, 8, 40);
  const lasts = slot.booking.end.getTime() - slot.booking.start.getTime();
  const booking = { ...slot.booking, start: new Date(start), end: new Date(start + lasts) };
  const moved = { ...booking, seatId: null, replaced: slot.booking };
  town.send(now, 'rescheduled', (stamp) => rescheduled(moved, stamp));
  Object.assign(slot, { booking, updatedAt: now });
}

/** The host changes the place of the slot, for every seat. */
function changePlace(town: Town, slot: Slot, now: number): void {
  const { location } = slot.booking;
  const booking = { ...slot.booking, location: town.newAddress() };
  const whole = { ...booking, seatId: null };
  town.send(now, 'other', (stamp) => locationUpdated(whole, location, stamp));
  Object.assign(slot, { booking, updatedAt: now });
}

/** The host cancels the slot, which removes every seat from it. */
function hostCancels(town: Town, slot: Slot, now: number): void {
  if (slot.status !== 'accepted') return;
  const { booking } = slot;
  const payload = {
    ...cancelledPayload(booking, 'Szkolenie odwołane.'),
    attendees: slot.seats.map((seat) => ({
      ...attendee(bookingOf(slot, seat)),
      bookingSeat: { referenceUid: seat.seatId },
    })),
    cancelledBy: booking.host.email,
  };
  town.send(
    now,
    'cancelled',
    (stamp) => wrapped('BOOKING_CANCELLED', booking, 'the host cancels the slot', stamp, payload),
  );
  Object.assign(slot, { status: 'cancelled', updatedAt: now });
  for (const seat of slot.seats.splice(0)) noteLeft(town, slot, seat);
}

function markAbsent(town: Town, slot: Slot, now: number): void {
  const seat = slot.seats[town.random.between(0, slot.seats.length - 1)];
  if (seat === undefined) return;
  seat.absent = true;
  town.send(now, 'other', (stamp) => noShowUpdated(bookingOf(slot, seat), true, stamp));
}
