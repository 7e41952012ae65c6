import { endedFlat, noShowUpdated, passed } from '../../../../cli/simulator/deliveries/events.ts';
import type { StoredBooking } from '../account.ts';
import { HOUR_MS, LAST_MOMENT_MS, type Life, type Town } from '../town.ts';

const MINUTE_MS = 60_000;

/**
 * Cal.com notices within a minute that an appointment has ended; the salon may note that nobody came, and
 * that they did after all.
 */
export function* lastDay(town: Town, appointment: StoredBooking, settledAt: number): Life {
  const { random } = town;
  const endsAt = appointment.booking.end.getTime();
  if (appointment.status !== 'accepted' || endsAt + 6 * HOUR_MS > LAST_MOMENT_MS) return;
  let now = Math.max(endsAt, settledAt) + random.between(1000, MINUTE_MS);
  yield now;
  sayThatItEnded(town, appointment, now);
  if (!random.chance(0.2)) return;
  yield now += HOUR_MS;
  mark(town, appointment, true, now);
  if (!random.chance(0.3)) return;
  yield now += HOUR_MS;
  mark(town, appointment, false, now);
}

/** In the form of an older or of a newer server. */
export function sayThatItEnded(town: Town, { booking, createdAt }: StoredBooking, now: number) {
  const madeAt = new Date(createdAt).toISOString();
  const old = town.random.chance(0.5);
  town.send(
    now,
    (at) => old ? endedFlat(booking, madeAt) : passed('MEETING_ENDED', booking, madeAt, at),
  );
}

function mark(town: Town, appointment: StoredBooking, absent: boolean, now: number): void {
  appointment.absent = absent;
  town.send(now, (at) => noShowUpdated(appointment.booking, absent, at));
}
