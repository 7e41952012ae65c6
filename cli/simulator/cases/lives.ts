import { cancelled, created, endedFlat, rescheduled } from '../deliveries/events.ts';
import { GROOMING } from '../world/services.ts';
import type { Case } from './cases.ts';
import { booked, movedToNextDay } from './scene.ts';

/** Bookings from beginning to end. */
export const lifeCases: Record<string, Case> = {
  life: {
    summary: 'booked, moved to the next day under a new uid, ended',
    becomes: ['completed'],
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const moved = movedToNextDay(booking);
      const firstStamp = scene.stamp('created');
      const move = scene.next();
      return [
        created(booking, firstStamp),
        rescheduled(moved, move.stamp('rescheduled')),
        endedFlat(moved, move.time),
      ];
    },
  },
  'life-cancelled': {
    summary: 'booked, moved twice, cancelled by the booker',
    becomes: ['cancelled'],
    play: (scene) => {
      const booking = booked(scene, GROOMING);
      const moved = movedToNextDay(booking);
      const movedAgain = movedToNextDay(moved);
      return [
        created(booking, scene.stamp('created')),
        rescheduled(moved, scene.stamp('rescheduled')),
        rescheduled(movedAgain, scene.stamp('rescheduled')),
        cancelled(movedAgain, scene.stamp('cancelled')),
      ];
    },
  },
};
