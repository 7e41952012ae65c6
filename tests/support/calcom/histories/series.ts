import { cancelled, created } from '../../../../cli/simulator/deliveries/events.ts';
import { NAIL_CLIPPING } from '../../../../cli/simulator/world/services.ts';
import { store, type StoredBooking } from '../account.ts';
import { DAY_MS, type History, type Town } from '../town.ts';
import { lastDay } from './last-day.ts';
import { pause } from './plain.ts';
import { cancel, move } from './plain-events.ts';

/**
 * Three occurrences of a series, each a booking of its own. One may be moved, one cancelled;
 * cancelling one and those that follow sends a single delivery.
 */
export function* seriesHistory(town: Town, bookedAt: number): History {
  const { random } = town;
  let now = bookedAt;
  yield now;
  const seriesId = random.id(22);
  const booker = town.newcomer();
  const start = town.openingTime(now, 8, 20);
  const appointments = [0, 7, 14].map((days) => {
    const booking = town.newBooking(NAIL_CLIPPING, booker, start + days * DAY_MS);
    town.send(now, 'created', (stamp) => created(booking, stamp));
    return store(town.account, booking, { createdAt: now, seriesId });
  });

  if (random.chance(0.3)) {
    yield now += pause(town);
    appointments[1] = move(town, appointments[1] as StoredBooking, now);
  }
  if (random.chance(0.3)) {
    yield now += pause(town);
    cancel(town, appointments[2] as StoredBooking, now);
  }
  if (random.chance(0.4)) {
    yield now += pause(town);
    cancelFollowing(town, appointments, now);
  }
  appointments.sort((one, other) => one.booking.end.getTime() - other.booking.end.getTime());
  for (const appointment of appointments) {
    yield* lastDay(town, appointment, now);
    now = Math.max(now, appointment.booking.end.getTime());
  }
}

function cancelFollowing(town: Town, appointments: StoredBooking[], now: number): void {
  const first = town.random.pick(appointments);
  if (first.status !== 'accepted') return;
  const following = appointments.filter(({ status, booking }) =>
    status === 'accepted' && booking.start >= first.booking.start
  );
  for (const appointment of following) {
    Object.assign(appointment, {
      status: 'cancelled',
      cancellationReason: 'Wyjazd.',
      updatedAt: now,
    });
  }
  town.send(now, 'cancelled', (stamp) => cancelled(first.booking, stamp));
}
