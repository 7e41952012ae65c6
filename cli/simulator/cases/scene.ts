import { daysAfter, minutesAfter } from '../../../shared/time/wall-time.ts';
import { book, type Booking, reschedule, type Service } from '../world/booking.ts';
import type { Salon } from '../world/salons.ts';

/** Long enough for the deliveries of any case, a minute apart. */
const LEAD_MINUTES = 30;

/** The salon and the time of a case. */
export type Scene = {
  salon: Salon;
  /** When the first booking of the case begins. */
  start: Date;
  tick: Tick;
};

/**
 * The time of the next delivery, ISO with milliseconds: later than every earlier one, not before
 * `earliest` if that has passed, and never in the future.
 */
export type Tick = (earliest?: Date) => string;

/** Sets a scene whose bookings are made shortly before now, or shortly before they begin. */
export function setScene(salon: Salon, start: Date, now: Date): Scene {
  let last = minutesAfter(start < now ? start : now, -LEAD_MINUTES);
  return {
    salon,
    start,
    tick: (earliest = last) => {
      const next = minutesAfter(last, 1);
      last = earliest > next && earliest <= now ? earliest : next;
      return last.toISOString();
    },
  };
}

/** A booking by the salon's first booker at the time of the scene. */
export function booked({ salon, start }: Scene, service: Service): Booking {
  return book(salon, service, salon.bookers.first, start);
}

/** The booking that replaces it a day later, at the same time of day. */
export function movedToNextDay(booking: Booking): Booking {
  return reschedule(booking, daysAfter(booking.start, 1, booking.salon.timeZone));
}
