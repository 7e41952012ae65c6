import type { Delivery } from '../deliveries/delivery.ts';
import {
  cancelled,
  confirmed,
  created,
  paid,
  paymentInitiated,
  rejected,
  requested,
  rescheduled,
  rescheduleRequested,
} from '../deliveries/events.ts';
import { book, type Booking } from '../world/booking.ts';
import { GROOMING, LARGE_DOG, TRIMMING } from '../world/services.ts';
import type { Case } from './cases.ts';
import { booked, movedToNextDay, type Scene } from './scene.ts';

/** One case for each trigger of a booking, with the deliveries that come before it. */
export const bookingCases: Record<string, Case> = {
  created: {
    summary: "booked from BarkBook's link, which names the client and the pet",
    play: (scene) => [created(booked(scene, GROOMING), scene.tick())],
  },
  'phone-only': {
    summary: 'booked on the public page by someone who leaves only a phone number',
    play: ({ salon, start, tick }) => [
      created(book(salon, GROOMING, salon.bookers.phoneOnly, start), tick()),
    ],
  },
  requested: {
    summary: 'requested; the salon has not answered yet',
    play: (scene) => [requested(booked(scene, TRIMMING), scene.tick())],
  },
  confirmed: {
    summary: 'requested, and the salon confirms',
    play: (scene) => confirmedRequest(booked(scene, TRIMMING), scene),
  },
  rejected: {
    summary: 'requested, and the salon declines',
    play: (scene) => {
      const booking = booked(scene, TRIMMING);
      return [requested(booking, scene.tick()), rejected(booking, scene.tick())];
    },
  },
  rescheduled: {
    summary: 'booked, then moved to the next day under a new uid',
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const moved = movedToNextDay(booking);
      return [created(booking, scene.tick()), rescheduled(moved, scene.tick())];
    },
  },
  'rescheduled-with-confirmation': {
    summary: 'confirmed, then a move to the next day is requested and confirmed',
    play: (scene) => {
      const booking = booked(scene, TRIMMING);
      const moved = movedToNextDay(booking);
      return [...confirmedRequest(booking, scene), ...confirmedRequest(moved, scene)];
    },
  },
  cancelled: {
    summary: 'booked, then cancelled by the booker',
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      return [created(booking, scene.tick()), cancelled(booking, scene.tick())];
    },
  },
  'request-reschedule': {
    summary: 'booked, then cancelled by the host, who asks the booker for another time',
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      return [created(booking, scene.tick()), rescheduleRequested(booking, scene.tick())];
    },
  },
  'payment-initiated': {
    summary: 'booked with a deposit that is not paid yet',
    play: (scene) => [paymentInitiated(booked(scene, LARGE_DOG), scene.tick())],
  },
  paid: {
    summary: 'booked with a deposit, then paid',
    play: (scene) => {
      const booking = booked(scene, LARGE_DOG);
      return [
        paymentInitiated(booking, scene.tick()),
        confirmed(booking, scene.tick()),
        paid(booking, scene.tick()),
      ];
    },
  },
};

function confirmedRequest(booking: Booking, { tick }: Scene): Delivery[] {
  return [requested(booking, tick()), confirmed(booking, tick())];
}
