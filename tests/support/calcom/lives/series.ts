import { cancelled, created } from '../../../../cli/simulator/deliveries/events.ts';
import { NAIL_CLIPPING } from '../../../../cli/simulator/world/services.ts';
import { store, type StoredBooking } from '../account.ts';
import { DAY_MS, type Life, type Town } from '../town.ts';
import { lastDay } from './last-day.ts';
import { cancel, move, pause } from './plain.ts';

/**
 * Three visits in a row, each a booking of its own. One may be moved, one given up; cancelling all
 * that remain sends a single event.
 */
export function* seriesLife(town: Town, bornAt: number): Life {
  const { random } = town;
  let now = bornAt;
  yield now;
  const seriesId = random.id(22);
  const booker = town.newcomer();
  const start = town.openingTime(now, 8, 20);
  const visits = [0, 7, 14].map((days) => {
    const booking = town.newBooking(NAIL_CLIPPING, booker, start + days * DAY_MS);
    town.send(now, (at) => created(booking, at));
    return store(town.account, booking, { createdAt: now, seriesId });
  });

  if (random.chance(0.3)) {
    yield now += pause(town);
    visits[1] = move(town, visits[1] as StoredBooking, now);
  }
  if (random.chance(0.3)) {
    yield now += pause(town);
    cancel(town, visits[2] as StoredBooking, now);
  }
  if (random.chance(0.4)) {
    yield now += pause(town);
    cancelAll(town, visits, now);
  }
  visits.sort((one, other) => one.booking.end.getTime() - other.booking.end.getTime());
  for (const visit of visits) {
    yield* lastDay(town, visit, now);
    now = Math.max(now, visit.booking.end.getTime());
  }
}

function cancelAll(town: Town, visits: StoredBooking[], now: number): void {
  const remaining = visits.filter(({ status }) => status === 'accepted');
  for (const visit of remaining) {
    Object.assign(visit, { status: 'cancelled', cancellationReason: 'Wyjazd.', updatedAt: now });
  }
  const [first] = remaining;
  if (first !== undefined) town.send(now, (at) => cancelled(first.booking, at));
}
