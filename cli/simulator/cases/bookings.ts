import type { Delivery } from '../deliveries/delivery.ts';
import {
  cancelled,
  confirmed,
  created,
  locationUpdated,
  paid,
  paymentInitiated,
  reassigned,
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
    becomes: ['scheduled'],
    play: (scene) => [created(booked(scene, GROOMING), scene.stamp('created'))],
  },
  'phone-only': {
    summary: 'booked on the public page by someone who leaves only a phone number',
    becomes: ['scheduled'],
    play: ({ salon, start, stamp }) => [
      created(book(salon, GROOMING, salon.bookers.phoneOnly, start), stamp('created')),
    ],
  },
  requested: {
    summary: 'requested; the salon has not answered yet',
    becomes: ['pending'],
    play: (scene) => [requested(booked(scene, TRIMMING), scene.stamp('requested'))],
  },
  confirmed: {
    summary: 'requested, and the salon confirms',
    becomes: ['confirmed'],
    play: (scene) => confirmedRequest(booked(scene, TRIMMING), scene),
  },
  rejected: {
    summary: 'requested, and the salon declines',
    becomes: ['cancelled'],
    play: (scene) => {
      const booking = booked(scene, TRIMMING);
      return [
        requested(booking, scene.stamp('requested')),
        rejected(booking, scene.stamp('rejected')),
      ];
    },
  },
  rescheduled: {
    summary: 'booked, then moved to the next day under a new uid',
    becomes: ['scheduled'],
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const moved = movedToNextDay(booking);
      return [
        created(booking, scene.stamp('created')),
        rescheduled(moved, scene.stamp('rescheduled')),
      ];
    },
  },
  'rescheduled-with-confirmation': {
    summary: 'confirmed, then a move to the next day is requested and confirmed',
    becomes: ['confirmed'],
    play: (scene) => {
      const booking = booked(scene, TRIMMING);
      const moved = movedToNextDay(booking);
      return [...confirmedRequest(booking, scene), ...confirmedRequest(moved, scene)];
    },
  },
  cancelled: {
    summary: 'booked, then cancelled by the booker',
    becomes: ['cancelled'],
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      return [
        created(booking, scene.stamp('created')),
        cancelled(booking, scene.stamp('cancelled')),
      ];
    },
  },
  'request-reschedule': {
    summary: 'booked, then cancelled by the host, who asks the booker for another time',
    becomes: ['cancelled'],
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      return [
        created(booking, scene.stamp('created')),
        rescheduleRequested(booking, scene.stamp('rescheduleRequested')),
      ];
    },
  },
  'location-updated': {
    summary: 'booked, then the salon changes the place',
    becomes: ['scheduled'],
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const elsewhere = { ...booking, location: 'ul. Karmelicka 3, 31-133 Kraków' };
      return [
        created(booking, scene.stamp('created')),
        locationUpdated(elsewhere, booking.location, scene.stamp('other')),
      ];
    },
  },
  reassigned: {
    summary: 'booked, then given to another groomer of the salon',
    becomes: ['scheduled'],
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const reassignedTo = { ...booking, host: scene.salon.colleague };
      return [
        created(booking, scene.stamp('created')),
        reassigned(reassignedTo, booking.host, scene.stamp('other')),
      ];
    },
  },
  'payment-initiated': {
    summary: 'booked with a deposit that is not paid yet',
    becomes: ['pending'],
    play: (scene) => [paymentInitiated(booked(scene, LARGE_DOG), scene.stamp('other'))],
  },
  paid: {
    summary: 'booked with a deposit, then paid',
    becomes: ['confirmed'],
    play: (scene) => {
      const booking = booked(scene, LARGE_DOG);
      return [
        paymentInitiated(booking, scene.stamp('other')),
        confirmed(booking, scene.stamp('confirmed')),
        paid(booking, scene.stamp('other')),
      ];
    },
  },
};

function confirmedRequest(booking: Booking, { stamp }: Scene): Delivery[] {
  return [requested(booking, stamp('requested')), confirmed(booking, stamp('confirmed'))];
}
