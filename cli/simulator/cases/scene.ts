import { randomInt } from 'node:crypto';
import { daysAfter, minutesAfter } from '../../../shared/time/wall-time.ts';
import type { Delivery } from '../deliveries/delivery.ts';
import { type LateEvent, stampOf } from '../deliveries/lateness.ts';
import { book, type Booking, reschedule, type Service } from '../world/booking.ts';
import type { Salon } from '../world/salons.ts';

/** Long enough for the events of any case, a minute apart. */
const LEAD_MINUTES = 30;

const SECOND_MS = 1000;
const MINUTE_SECONDS = 60;

/** The salon and the time of a case. */
export type Scene = {
  salon: Salon;
  /** When the first booking of the case begins. */
  start: Date;
  /** The moment of the next event: so many seconds after the last one, by default a minute. */
  next: (afterSeconds?: number) => Moment;
  /** The `createdAt` of a delivery about the next event. */
  stamp: (event: LateEvent, afterSeconds?: number) => string;
  /** The moment of the next event, which is this time if it has come and is later than the last. */
  nextAt: (time: Date) => Moment;
};

/** A moment that is never in the future. Times are ISO with milliseconds. */
export type Moment = {
  time: string;
  /** The `createdAt` of a delivery about what happened then. */
  stamp: (event: LateEvent) => string;
};

/**
 * Sets a scene whose bookings are made shortly before now, or shortly before they begin. Nobody
 * waits for a late stamp: everything happened long enough ago for its stamp to be in the past.
 */
export function setScene(salon: Salon, start: Date, now: Date): Scene {
  const latest = minutesAfter(now, -1);
  let last = minutesAfter(start < now ? start : now, -LEAD_MINUTES);
  const next = (afterSeconds = MINUTE_SECONDS) => {
    last = new Date(last.getTime() + afterSeconds * SECOND_MS);
    return momentAt(last);
  };
  return {
    salon,
    start,
    next,
    stamp: (event, afterSeconds) => next(afterSeconds).stamp(event),
    nextAt: (time) => {
      if (time <= minutesAfter(last, 1) || time > latest) return next();
      last = time;
      return momentAt(last);
    },
  };
}

function momentAt(time: Date): Moment {
  const between = (least: number, most: number) => randomInt(least, most + 1);
  return {
    time: time.toISOString(),
    stamp: (event) => new Date(stampOf(event, time.getTime(), between)).toISOString(),
  };
}

/** The deliveries in the order in which they arrive, if people act faster than Cal.com stamps. */
export function asTheyArrive(deliveries: readonly Delivery[]): Delivery[] {
  const stampMs = ({ createdAt }: Delivery) => Date.parse(createdAt ?? '');
  return deliveries.toSorted((one, other) => stampMs(one) - stampMs(other));
}

/** A booking by the salon's first booker at the time of the scene. */
export function booked({ salon, start }: Scene, service: Service): Booking {
  return book(salon, service, salon.bookers.first, start);
}

/** The booking that replaces it a day later, at the same time of day. */
export function movedToNextDay(booking: Booking): Booking {
  return reschedule(booking, daysAfter(booking.start, 1, booking.salon.timeZone));
}
