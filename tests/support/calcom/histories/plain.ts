import { type History, HOUR_MS, type Town } from '../town.ts';
import { lastDay } from './last-day.ts';
import {
  askForAnotherTime,
  begin,
  cancel,
  changeLocation,
  type Kind,
  move,
  moveSilently,
  settle,
} from './plain-events.ts';

const HURRY_MS = [3000, 15_000] as const;

/** How many bookings are moved without a delivery. */
const SILENT_SHARE = 0.1;

/** The time until the next event of a booking: up to half a day. */
export function pause({ random }: Town): number {
  return random.between(1, 24) * HOUR_MS / 2 + random.between(0, 999);
}

/**
 * The same, or a few seconds: too short for stamps and deliveries to keep their order. Only for
 * events that happen once to a uid, because others have no order but that of their stamps.
 */
function pauseOrHurry(town: Town): number {
  return town.random.chance(0.4) ? town.random.between(...HURRY_MS) : pause(town);
}

/** The history of a booking with one attendee, from its creation to its end. */
export function plainHistory(town: Town, bookedAt: number): History {
  return history(town, bookedAt, SILENT_SHARE);
}

/** The same without changes that Cal.com does not report. */
export function reportedHistory(town: Town, bookedAt: number): History {
  return history(town, bookedAt, 0);
}

function* history(town: Town, bookedAt: number, silentShare: number): History {
  const { random } = town;
  const kind = random.pick<Kind>(['booked', 'booked', 'asked', 'paid']);
  let now = bookedAt;
  yield now;
  let appointment = begin(town, kind, now);
  if (kind !== 'booked' && random.chance(0.9)) {
    yield now += pauseOrHurry(town);
    settle(town, appointment, kind, now);
  }
  for (let moves = random.between(-2, 3); moves > 0; moves--) {
    if (random.chance(0.2)) {
      yield now += pauseOrHurry(town);
      askForAnotherTime(town, appointment, now);
    }
    if (random.chance(0.15)) {
      yield now += pause(town);
      changeLocation(town, appointment, now);
    }
    yield now += pauseOrHurry(town);
    appointment = move(town, appointment, now);
    if (kind === 'asked' && random.chance(0.8)) {
      yield now += pauseOrHurry(town);
      settle(town, appointment, kind, now);
    }
  }
  if (random.chance(0.1)) {
    yield now += pause(town);
    changeLocation(town, appointment, now);
  }
  if (random.chance(silentShare)) {
    yield now += pause(town);
    moveSilently(town, appointment, now);
  }
  if (random.chance(0.25)) {
    yield now += pauseOrHurry(town);
    cancel(town, appointment, now);
  }
  yield* lastDay(town, appointment, now);
}
