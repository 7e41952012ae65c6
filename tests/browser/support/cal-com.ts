import { expect } from 'vitest';
import type { Delivery } from '../../../cli/simulator/deliveries/delivery.ts';
import { type Reply, send } from '../../../cli/simulator/send.ts';
import { book, type Booking, reschedule } from '../../../cli/simulator/world/booking.ts';
import type { Booker } from '../../../cli/simulator/world/salons.ts';
import { GROOMING } from '../../../cli/simulator/world/services.ts';
import { civilDateAt } from '../../../shared/time/civil-date.ts';
import { instantAt } from '../../../shared/time/wall-time.ts';
import type { TestSalon } from './salon.ts';
import { browserStack } from './stack.ts';

/** A booking at a time of the salon's current day, such as `15:00`. */
export function bookToday(
  { calCom, timeZone }: TestSalon,
  time: string,
  booker: Booker = calCom.bookers.first,
): Booking {
  return book(calCom, GROOMING, booker, todayAt(time, timeZone));
}

/** The booking at another time of the same day, under a new uid. */
export function moveTo(booking: Booking, time: string): Booking {
  return reschedule(booking, todayAt(time, booking.salon.timeZone));
}

/** Sends a delivery as `npm run calcom` does. */
export async function deliver(
  event: (booking: Booking, at: string) => Delivery,
  booking: Booking,
): Promise<Reply> {
  const { webhookUrl, webhookSecret: secret } = browserStack();
  const delivery = event(booking, new Date().toISOString());
  const reply = await send(delivery, { webhookUrl, secret });
  expect(reply.status, reply.text).toBe(200);
  return reply;
}

/** The current date in a zone. */
export function todayIn(timeZone: string): string {
  return civilDateAt(new Date(), timeZone);
}

function todayAt(time: string, timeZone: string): Date {
  return instantAt(`${todayIn(timeZone)}T${time}`, timeZone);
}
