import { utcOffsetMinutes } from '../../../shared/time/wall-time.ts';
import type { Booking } from '../world/booking.ts';
import { type Delivery, wrapped } from './delivery.ts';
import { freshPayload } from './payloads/fresh.ts';

/** The "Ping test" of a webhook in Cal.com: invented people and no uid. */
export function ping(at: string): Delivery {
  const timeZone = 'Europe/London';
  const london = {
    timeZone,
    language: { locale: 'en' },
    utcOffset: utcOffsetMinutes(new Date(at), timeZone),
  };
  const payload = {
    type: 'Test',
    title: 'Test trigger event',
    description: '',
    startTime: at,
    endTime: at,
    attendees: [{ email: 'jdoe@example.com', name: 'John Doe', ...london }],
    organizer: { name: 'Cal', email: 'no-reply@cal.com', ...london },
  };
  return wrapped('PING', null, 'someone presses "Ping test" in Cal.com', at, payload);
}

/** A trigger that Cal.com added after this project was written. */
export function unknownTrigger(booking: Booking, at: string): Delivery {
  const about = 'a trigger that only newer versions of Cal.com know';
  return wrapped('BOOKING_WENT_WELL', booking, about, at, freshPayload(booking, 'ACCEPTED'));
}

/** The same delivery from a sender who does not know the secret. */
export function forged(delivery: Delivery): Delivery {
  const about = `${delivery.about}, signed with another secret`;
  return { ...delivery, about, forged: true, expectedStatus: 401 };
}

/** The same delivery, cut off before it was signed. */
export function truncated(delivery: Delivery): Delivery {
  const body = delivery.body.slice(0, delivery.body.length / 2);
  return { ...delivery, about: `${delivery.about}, cut off`, body, expectedStatus: 400 };
}

/** The same bytes once more. */
export function repeated(delivery: Delivery): Delivery {
  return { ...delivery, about: 'the same bytes once more' };
}
