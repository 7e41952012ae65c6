import { created, reassigned } from '../../../../cli/simulator/deliveries/events.ts';
import { GROOMING } from '../../../../cli/simulator/world/services.ts';
import { store, type StoredBooking } from '../account.ts';
import { DAY_MS, type History, type Town } from '../town.ts';
import { lastDay } from './last-day.ts';
import { pause } from './plain.ts';
import { cancel, move } from './plain-events.ts';

/** Long enough for a poll: until the salon knows a booking, it is the colleague's. */
const SEEN_MS = 4 * DAY_MS;

/** A booking that goes to a colleague, who may hand it back, and that may be moved or cancelled. */
export function* teamHistory(town: Town, bookedAt: number): History {
  const { random } = town;
  let now = bookedAt;
  yield now;
  const booking = town.newBooking(GROOMING, town.newcomer(), town.openingTime(now, 12, 40));
  town.send(now, 'created', (stamp) => created(booking, stamp));
  let appointment = store(town.account, booking, { createdAt: now });

  yield now += SEEN_MS + pause(town);
  handOver(town, appointment, now);
  if (random.chance(0.4)) {
    yield now += pause(town);
    appointment = move(town, appointment, now);
  }
  if (random.chance(0.3)) {
    yield now += pause(town);
    handOver(town, appointment, now);
  }
  if (random.chance(0.2)) {
    yield now += pause(town);
    cancel(town, appointment, now);
  }
  yield* lastDay(town, appointment, now);
}

function handOver(town: Town, appointment: StoredBooking, now: number): void {
  if (appointment.status !== 'accepted') return;
  const { host: previous, salon } = appointment.booking;
  const host = previous === salon.host ? salon.colleague : salon.host;
  appointment.booking = { ...appointment.booking, host };
  appointment.updatedAt = now;
  town.send(now, 'other', (stamp) => reassigned(appointment.booking, previous, stamp));
}
