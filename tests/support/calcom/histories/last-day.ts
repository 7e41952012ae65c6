import { endedFlat, noShowUpdated, passed } from '../../../../cli/simulator/deliveries/events.ts';
import type { StoredBooking } from '../account.ts';
import { type History, HOUR_MS, LAST_MOMENT_MS, type Town } from '../town.ts';

const MINUTE_MS = 60_000;

/**
 * Cal.com reports the end of an appointment within a minute. The salon may mark a no-show and take it
 * back.
 */
export function* lastDay(town: Town, appointment: StoredBooking, settledAt: number): History {
  const { random } = town;
  const endsAt = appointment.booking.end.getTime();
  if (appointment.status !== 'accepted' || endsAt + 6 * HOUR_MS > LAST_MOMENT_MS) return;
  let now = Math.max(endsAt, settledAt) + random.between(1000, MINUTE_MS);
  yield now;
  reportEnd(town, appointment, now);
  if (!random.chance(0.2)) return;
  yield now += HOUR_MS;
  reportNoShow(town, appointment, true, now);
  if (!random.chance(0.3)) return;
  yield now += HOUR_MS;
  reportNoShow(town, appointment, false, now);
}

/** Reports the end in the format of an older or a newer server. */
export function reportEnd(
  town: Town,
  { booking, asMade, createdAt }: StoredBooking,
  now: number,
): void {
  const madeAt = new Date(createdAt).toISOString();
  const old = town.random.chance(0.5);
  const ended = { ...booking, host: asMade.host, location: asMade.location };
  town.send(
    now,
    'other',
    (stamp) => old ? endedFlat(ended, madeAt) : passed('MEETING_ENDED', booking, madeAt, stamp),
  );
}

function reportNoShow(town: Town, appointment: StoredBooking, absent: boolean, now: number): void {
  appointment.absent = absent;
  town.send(now, 'other', (stamp) => noShowUpdated(appointment.booking, absent, stamp));
}
