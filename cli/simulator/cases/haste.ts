import {
  cancelled,
  confirmed,
  created,
  rejected,
  requested,
  rescheduled,
} from '../deliveries/events.ts';
import { GROOMING, TRIMMING } from '../world/services.ts';
import type { Case } from './cases.ts';
import { asTheyArrive, booked, movedToNextDay } from './scene.ts';

/** Long enough for a click, too short for Cal.com to keep the order. */
const SOON_SECONDS = 10;

/** People who act twice within a minute: what they did last may arrive first. */
export const hasteCases: Record<string, Case> = {
  'moved-then-cancelled': {
    summary: 'booked, moved, and cancelled ten seconds later',
    becomes: ['cancelled'],
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const moved = movedToNextDay(booking);
      return asTheyArrive([
        created(booking, scene.stamp('created')),
        rescheduled(moved, scene.stamp('rescheduled')),
        cancelled(moved, scene.stamp('cancelled', SOON_SECONDS)),
      ]);
    },
  },
  'moved-twice': {
    summary: 'booked, moved, and moved again ten seconds later',
    becomes: ['scheduled'],
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const moved = movedToNextDay(booking);
      return asTheyArrive([
        created(booking, scene.stamp('created')),
        rescheduled(moved, scene.stamp('rescheduled')),
        rescheduled(movedToNextDay(moved), scene.stamp('rescheduled', SOON_SECONDS)),
      ]);
    },
  },
  'confirmed-at-once': {
    summary: 'requested, and confirmed ten seconds later: the confirmation arrives first',
    becomes: ['confirmed'],
    play: (scene) => {
      const booking = booked(scene, TRIMMING);
      return asTheyArrive([
        requested(booking, scene.stamp('requested')),
        confirmed(booking, scene.stamp('confirmed', SOON_SECONDS)),
      ]);
    },
  },
  'rejected-at-once': {
    summary: 'requested, and declined ten seconds later: the refusal arrives first',
    becomes: ['cancelled'],
    play: (scene) => {
      const booking = booked(scene, TRIMMING);
      return asTheyArrive([
        requested(booking, scene.stamp('requested')),
        rejected(booking, scene.stamp('rejected', SOON_SECONDS)),
      ]);
    },
  },
};
